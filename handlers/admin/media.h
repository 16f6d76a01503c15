// What the media pages share: who may change a file, how one is told of, why one is not taken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/form.h"
#include "handlers/admin/visit.h"
#include "handlers/frame.h"
#include "journal/home.h"
#include "journal/media_store.h"

namespace daybook::handlers::admin {

inline constexpr std::size_t kAltMax = 1000, kMediaTitleMax = 200, kCaptionMax = 5000;

// Editors all of them, authors what they uploaded.
bool MayChange(const journal::Person& person, const journal::Media& media);

journal::Home HomeOf(const sql::Db& db);

// The address of the smallest copy that is good enough for a list; of the file itself without any.
text::SafeUrl ThumbOf(const Links& links, const journal::Media& media);
// "1.4 MB"
std::string BytesText(const templates::Words& words, std::int64_t bytes);
// A sentence for whoever sent the file.
std::string RefusalText(const templates::Words& words, const journal::Settings& settings,
                        const journal::Stored& stored, std::string_view name);
// What an entry in Markdown takes to show it or link to it.
std::string MarkdownFor(const journal::Media& media);
// "/media/2026/a%20b.jpg": as it stands in an entry.
std::string AddressOf(const journal::Media& media);

// The library with what could not be taken said beside the form (then the answer is 422).
fcgi::Response LibraryPage(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                           const journal::MediaFilter& asked, std::int64_t number,
                           const std::vector<std::string>& refused, std::string_view notice);
// One file's page. `wrong`: what is said beside which field; it has what was typed.
struct MediaTyped {
  std::string title, alt, caption;
  std::string wrong_title, wrong_alt, wrong_caption, wrong_file;
  [[nodiscard]] bool IsWrong() const {
    return !(wrong_title + wrong_alt + wrong_caption + wrong_file).empty();
  }
};
fcgi::Response MediaItem(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                         const journal::Media& media, const MediaTyped& typed,
                         std::string_view notice, std::string_view alert);

// A file of a form as it is stored from.
journal::UploadedFile UploadOf(const fcgi::Request& request, const fcgi::FormFile& file);

}  // namespace daybook::handlers::admin
