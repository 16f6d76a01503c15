// Decoded pictures and what is done with them in memory: smaller, turned. Files are image_codec.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace daybook::work {

// Rows from the top, 8 bits a channel, sRGB-like curve, alpha not multiplied in. 1 grey, 2 grey and
// alpha, 3 RGB, 4 RGBA.
struct Pixels {
  int width = 0, height = 0, channels = 0;
  std::vector<std::uint8_t> data;

  [[nodiscard]] bool HasAlpha() const { return channels == 2 || channels == 4; }
  [[nodiscard]] const std::uint8_t* Row(int y) const {
    return data.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) *
                             static_cast<std::size_t>(channels);
  }
};

// By a Lanczos filter of two lobes over light as it adds up (linear), alpha multiplied in. Both
// sides at least 1 and at most those of the source.
[[nodiscard]] Pixels Resize(const Pixels& source, int width, int height);

// As EXIF's Orientation 1 … 8 wants it to be shown.
[[nodiscard]] Pixels Turn(Pixels source, int orientation);

// Makes a picture of rows that come one by one, each square of `factor` pixels averaged into one:
// what keeps memory small where a decoder cannot do so itself.
class BoxReducer {
 public:
  BoxReducer(int width, int height, int channels, int factor);
  void Add(const std::uint8_t* row);
  [[nodiscard]] Pixels Take();

 private:
  void Flush();
  int source_width_, source_height_, factor_, rows_ = 0, y_ = 0;
  Pixels out_;
  std::vector<std::uint32_t> sums_;  // of light and, for each pixel, its weight
};

}  // namespace daybook::work
