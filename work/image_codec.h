// JPEG, PNG and WebP files to pixels and back, by libjpeg-turbo, libpng and libwebp, and GIF files
// to pixels. To be called in the child of image.cc only: what they cost is bounded by its limits
// alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "work/image_pixels.h"

namespace daybook::work {

using Bytes = std::vector<std::uint8_t>;

// What a decoder may need for its own book-keeping and the pixels together, by its header.
inline constexpr std::uint64_t kMostMemory = 320u << 20;

struct Decoded {
  Pixels pixels;
  Bytes profile;          // ICC, of the pixels as they are here; empty: none
  bool lossless = false;  // WebP: it was kept without loss
  bool animated = false;  // it moves, so a still one is no smaller copy of it
  int sampling = 2;       // JPEG: 1 if colours are kept at every pixel
};

// At least `wanted` pixels wide where it has so many, and else as small as the format gives for
// little: halves, quarters. 0: whole. Nothing where it cannot be decoded to its end. Throws
// std::bad_alloc before it begins where kMostMemory would not do.
[[nodiscard]] std::optional<Decoded> DecodeJpeg(std::string_view file, int wanted);
[[nodiscard]] std::optional<Decoded> DecodePng(std::string_view file, int wanted);
[[nodiscard]] std::optional<Decoded> DecodeWebp(std::string_view file, int wanted);
[[nodiscard]] std::optional<Decoded> DecodeGif(std::string_view file, int wanted);

// Empty where it cannot be.
[[nodiscard]] Bytes EncodeJpeg(const Pixels& pixels, const Bytes& profile, int quality,
                               bool all_colours);
[[nodiscard]] Bytes EncodePng(const Pixels& pixels, const Bytes& profile);
[[nodiscard]] Bytes EncodeWebp(const Pixels& pixels, const Bytes& profile, int quality,
                               bool lossless);

// A JPEG turned as a whole, block by block, without decoding a pixel; its profile stays. Empty
// where its sides do not allow that.
[[nodiscard]] Bytes TurnJpeg(std::string_view file, int orientation);

}  // namespace daybook::work
