// Files below public/media as rows: who they are, who uses them, what is still to be done with
// them. How their bytes get there is media_store.h; the job that turns pictures upright and makes
// them smaller is work/picture.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

struct Settings;

// Numbers are stored.
enum class MediaState {
  kNew = 0,       // the job has not been there yet
  kDone = 1,      // it is upright, and there are smaller ones where they help
  kDamaged = 2,   // it cannot be decoded, or only a part of it
  kTooLarge = 3,  // it would take too much memory or time; it is shown as it is
  kMoves = 4,     // smaller copies would stand still; it is shown as it is
};

struct Media {
  Id id = 0;
  std::string path;  // below public/media
  std::string mime;
  std::int64_t bytes = 0;
  std::int64_t width = 0, height = 0;  // pixels as shown; 0: none, or not known
  std::string title, alt, caption;
  Seconds created_at = 0;
  std::int64_t edition = 0;  // grows when the bytes are replaced
  int orientation = 1;       // EXIF: how the stored pixels are to be turned
  std::vector<int> widths;   // of the smaller pictures, ascending
  MediaState state = MediaState::kNew;
  std::string digest;
  std::int64_t uses = 0;  // entries
  Id author = 0;          // who uploaded it; 0: it was imported

  [[nodiscard]] bool IsPicture() const { return mime.starts_with("image/"); }
};

[[nodiscard]] std::optional<Media> FindMedia(sql::Tx& tx, Id id);
[[nodiscard]] std::optional<Media> FindMediaByPath(sql::Tx& tx, std::string_view path);
[[nodiscard]] std::optional<Media> FindMediaByDigest(sql::Tx& tx, std::string_view digest);

struct MediaFilter {
  std::string words;         // in path, title, alt or caption; empty: all
  bool without_alt = false;  // pictures that nobody has described
  int limit = 40, offset = 0;
};
// Newest first.
[[nodiscard]] std::vector<Media> ListMedia(sql::Tx& tx, const MediaFilter& filter);
[[nodiscard]] std::int64_t CountMedia(sql::Tx& tx, const MediaFilter& filter);

// No public change: what entries say of a picture stands in the entries.
bool DescribeMedia(sql::Tx& tx, Id id, std::string_view title, std::string_view alt,
                   std::string_view caption);

struct MediaUse {
  Id entry = 0;
  std::string title;
  EntryStatus status = EntryStatus::kDraft;
  EntryKind kind = EntryKind::kEntry;
  std::string path;  // empty: no address yet
};
[[nodiscard]] std::vector<MediaUse> UsesOfMedia(sql::Tx& tx, std::string_view path, int limit);
// What entries show or link to and the library does not know; whether it is there says the disk.
struct UnknownMedia {
  std::string path;
  Id entry = 0;            // one that uses it
  std::string entry_path;  // may be empty
};
[[nodiscard]] std::vector<UnknownMedia> UnknownMediaOf(sql::Tx& tx);
// What an entry uses from now on.
void PutMediaUse(sql::Tx& tx, Id entry, const std::vector<std::string>& paths);
// Renders entries with an id above `after` that use the file again, at most `limit`; gives the last
// one done, 0 when none was left. A public change.
Id RenderUsersAgain(sql::Tx& tx, const Settings& settings, std::string_view path, Id after,
                    int limit);

// Whether the job has something to do with a file of this type.
[[nodiscard]] bool HasSmaller(std::string_view mime);
// Asks for it then.
void WantSmaller(sql::Tx& tx, Id id, std::string_view mime, Seconds now);

// Widths that are made of a picture so wide, ascending.
[[nodiscard]] std::vector<int> WidthsFor(std::int64_t width);
// Where the smaller one lies: "2026/harbour.jpg" -> "2026/harbour.w480.jpg", and from edition 3 on
// "2026/harbour.w480-3.jpg". Of a GIF it is "2026/harbour.w480.gif.webp". No name that MediaName
// makes has a dot within.
// "2026/harbour" and ".jpg": what stands before and behind that.
[[nodiscard]] std::pair<std::string, std::string> SmallerEnds(std::string_view path);
[[nodiscard]] std::string SmallerPath(std::string_view path, int width, std::int64_t edition);
// "480 960" <-> {480, 960}
[[nodiscard]] std::vector<int> ReadWidths(std::string_view text);
[[nodiscard]] std::string WriteWidths(const std::vector<int>& widths);

// What the job has made. False, and nothing is changed: the file was replaced or erased meanwhile.
struct MadeMedia {
  std::int64_t bytes = 0, width = 0, height = 0;
  int orientation = 1;
  std::vector<int> widths;
  MediaState state = MediaState::kDone;
};
[[nodiscard]] bool PutMade(sql::Tx& tx, Id id, std::int64_t edition, const MadeMedia& made);

}  // namespace daybook::journal
