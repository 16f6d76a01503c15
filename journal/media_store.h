// How a file that somebody uploads becomes one below public/media: what it is is told by its bytes,
// pictures lose EXIF, GPS and the like on the way (text/picture_file.h), so nobody can ever fetch
// them as they came. Decodes nothing; memory stays at some hundred KiB whatever the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/home.h"
#include "journal/media.h"
#include "journal/media_judge.h"
#include "sql/db.h"
#include "text/picture_file.h"

namespace daybook::journal {

struct Settings;

struct Stored {
  MediaRefusal refusal = MediaRefusal::kNone;
  std::string detail;  // the ending that could run, the pixels there are
  std::optional<Media> media;
  bool known = false;  // the same file was there already, and that is the one given
};

struct MediaWords {
  std::string title, alt, caption;
  Id author = 0;
};

// Checks, cleans, writes, and asks for smaller ones. The file is whole below its final name, or not
// there at all, whatever is killed when. Throws DbError.
[[nodiscard]] Stored StoreMedia(sql::Db& db, const Home& home, const Settings& settings,
                                const UploadedFile& file, const MediaWords& words, Seconds now);

// Other bytes of the same kind under the same address. Entries that use it are rendered again.
[[nodiscard]] Stored ReplaceMedia(sql::Db& db, const Home& home, const Settings& settings, Id id,
                                  const UploadedFile& file, Seconds now);

enum class Erased { kDone, kUsed, kGone };
// For ever, with its smaller ones; not while an entry uses it.
[[nodiscard]] Erased EraseMedia(sql::Db& db, const Home& home, Id id);

// Takes the smaller pictures of all editions but `keep` away; -1 keeps none.
void DropSmaller(const Home& home, const std::string& path, std::int64_t keep);

// Writes a new file of pieces, whole and on the disk; false, and no file, where that cannot be.
[[nodiscard]] bool WritePieces(const std::filesystem::path& path,
                               const std::vector<text::Piece>& pieces, const text::ReadAt& read);

// An open file as what is uploaded: `size` bytes from `at` on. The descriptor stays the caller's.
[[nodiscard]] text::ReadAt ReadAtOfFile(int descriptor, std::uint64_t at, std::uint64_t size);

}  // namespace daybook::journal
