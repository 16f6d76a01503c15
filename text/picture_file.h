// What of a picture's file is the picture, and what tells about whoever took it: the plan for a
// copy without EXIF, GPS, XMP, IPTC, comments, thumbnails and everything behind the picture's end.
// Looks at segments and chunks only; decodes nothing (work/image.h does) and writes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/mime.h"

namespace daybook::text {

// Puts up to `size` bytes that begin at `at` into `to`; gives how many, fewer only at the end.
using ReadAt = std::function<std::size_t(std::uint64_t at, char* to, std::size_t size)>;

// A run of bytes of the old file, or, where there are some, these bytes.
struct Piece {
  std::uint64_t at = 0;
  std::uint64_t length = 0;
  std::string bytes;
};

enum class PictureState {
  kGood,
  kCutOff,  // it ends before the picture does
  kBroken,  // its structure is none that a browser shows
};

struct PicturePlan {
  PictureState state = PictureState::kBroken;
  // The clean file, in order. Pixels are the old file's, byte for byte, as is the colour profile.
  // Where the picture is to be turned, the clean file says so and nothing else about itself.
  std::vector<Piece> pieces;
  ImageSize size;       // of the stored pixels, not turned
  int orientation = 1;  // EXIF: 1 upright … 8
  bool animated = false;
  bool same = false;  // the clean file is the old one

  // As a browser shows it.
  [[nodiscard]] ImageSize Shown() const {
    return orientation >= 5 ? ImageSize{size.height, size.width} : size;
  }
  [[nodiscard]] std::uint64_t Bytes() const;
};

// For image/jpeg, image/png, image/gif, image/webp; anything else is kBroken. Reads the file once
// in 64 KiB steps; what it keeps of it in memory is at most some hundred KiB, whatever the bytes.
// `note_turn`: whether the clean file is to say how it must be turned, where it must.
[[nodiscard]] PicturePlan PlanPicture(std::string_view mime, std::uint64_t size, const ReadAt& read,
                                      bool note_turn = true);

// For bytes in memory, which must outlive what is given.
[[nodiscard]] ReadAt ReadAtOf(std::string_view bytes);

}  // namespace daybook::text
