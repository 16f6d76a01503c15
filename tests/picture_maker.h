// Whole pictures for the tests, of every kind that Daybook takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "work/image_codec.h"

namespace daybook::work {

// Four fields of colour with a soft wave over them, so that it neither compresses to nothing nor
// is noise.
inline Pixels Fields(int width, int height, int channels) {
  Pixels pixels{width, height, channels, {}};
  pixels.data.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                      static_cast<std::size_t>(channels));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool right = x * 2 >= width, below = y * 2 >= height;
      const int wave = ((x * 7 + y * 13) ^ (x * y / 97)) & 15;
      const int on = 225 + wave, off = 10 + wave;
      const int colour[3] = {!below && right   ? off
                             : below && !right ? off
                                               : on,
                             right ? on : off, below ? on : off};
      if (channels < 3) {
        pixels.data.push_back(static_cast<std::uint8_t>((colour[0] + colour[1] + colour[2]) / 3));
      } else {
        for (const int c : colour) pixels.data.push_back(static_cast<std::uint8_t>(c));
      }
      if (pixels.HasAlpha()) pixels.data.push_back(below ? 255 : 128);
    }
  }
  return pixels;
}

inline std::string Text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

inline std::string TiffWithPlace(int orientation) {
  using namespace std::string_literals;
  std::string tiff = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s;
  tiff += static_cast<char>(orientation);
  return tiff + "\0\0\0\0\0\0\0GPS 53.3498 N 6.2603 W"s;
}

inline std::string JpegSegment(char marker, const std::string& content) {
  const std::size_t size = content.size() + 2;
  return std::string("\xFF") + marker + static_cast<char>(size >> 8) + static_cast<char>(size) +
         content;
}

// A file with a place in its EXIF and a name in its comment.
inline std::string MakePicture(std::string_view kind, int width, int height, int orientation) {
  using namespace std::string_literals;
  if (width < 1 || height < 1) return "";
  if (kind == "jpeg") {
    std::string file = Text(EncodeJpeg(Fields(width, height, 3), {}, 90, false));
    return file.substr(0, 2) + JpegSegment('\xE1', "Exif\0\0"s + TiffWithPlace(orientation)) +
           JpegSegment('\xE1', "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"s) +
           JpegSegment('\xFE', "taken by Ann") + file.substr(2);
  }
  if (kind == "png") {
    const std::string file = Text(EncodePng(Fields(width, height, 4), {}));
    const std::string tiff = TiffWithPlace(orientation);
    // The check sums of these two are wrong, which nobody looks at: they are left out.
    const std::string exif = "\0\0\0"s + static_cast<char>(tiff.size()) + "eXIf" + tiff + "crc!";
    const std::string text =
        "\0\0\0\x0A"
        "tEXt"s +
        "Author\0Ann"s + "crc!";
    return file.substr(0, 33) + exif + text + file.substr(33);
  }
  if (kind == "webp" || kind == "lossless") {
    // A profile, of whatever content, makes it a file of the extended kind.
    const Bytes profile(40, 7);
    std::string file = Text(EncodeWebp(Fields(width, height, 3), profile, 80, kind == "lossless"));
    const std::string tiff = TiffWithPlace(orientation);
    file[20] = static_cast<char>(file[20] | 0x08);
    file += "EXIF"s + static_cast<char>(tiff.size()) + "\0\0\0"s + tiff;
    if (tiff.size() % 2 != 0) file += '\0';
    const std::size_t size = file.size() - 8;
    for (int i = 0; i < 4; ++i)
      file[static_cast<std::size_t>(4 + i)] = static_cast<char>(size >> (8 * i));
    return file;
  }
  return "";
}

}  // namespace daybook::work
