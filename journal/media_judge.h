// What a file is that somebody uploads, told by its bytes and not by its name, and which of them
// are kept: pictures lose EXIF, GPS and the like (text/picture_file.h). Decodes nothing, stores
// nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "journal/home.h"
#include "text/picture_file.h"

namespace daybook::journal {

struct Settings;

// Why a file is not taken. Each has a text media.refused.* in the catalogue.
enum class MediaRefusal {
  kNone,
  kEmpty,        // no bytes
  kTooLarge,     // more than the setting media.limit
  kCutOff,       // it ends before the picture does
  kDamaged,      // a picture whose structure does not hold
  kNotAPicture,  // its name says picture, its bytes do not
  kTooManyPixels,
  kHeic,       // HEIC and AVIF: most browsers or all tools cannot
  kCouldRun,   // a page, script or program
  kUnsafeSvg,  // an SVG that does more than draw
  kOtherKind,  // for a replacement: not the kind of the file that is there
  kGone,       // for a replacement: the file is not there any more
  kDiskFull,
  kUnwritable,  // the folder cannot be written
};

inline constexpr std::int64_t kMaxPixels = 100'000'000;
inline constexpr int kMaxSide = 30'000;

struct UploadedFile {
  std::string name;  // as the browser sent it
  std::uint64_t size = 0;
  text::ReadAt read;
};

// What a file is and which of its bytes are kept.
struct JudgedMedia {
  MediaRefusal refusal = MediaRefusal::kNone;
  std::string detail;
  std::string mime, ending;  // ".jpg"
  std::int64_t width = 0, height = 0;
  int orientation = 1;
  std::vector<text::Piece> pieces;
};

// With a refusal, or with everything that storing it needs. Limits: the setting media.limit,
// kMaxPixels, kMaxSide.
[[nodiscard]] JudgedMedia JudgeMedia(const Home& home, const UploadedFile& file,
                                     const Settings& settings);

}  // namespace daybook::journal
