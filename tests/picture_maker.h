// Whole pictures for the tests, of every kind that Daybook takes.
#pragma once

#include <cstdint>
#include <map>
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

// As GIF packs numbers of eight bits.
inline std::string PackedNumbers(const std::string& numbers) {
  std::string bytes, out = "\x08";
  std::uint32_t window = 0;
  unsigned held = 0, bits = 9;
  const auto put = [&](unsigned code) {
    window |= code << held;
    for (held += bits; held >= 8; held -= 8, window >>= 8) bytes += static_cast<char>(window);
  };
  std::map<std::string, unsigned> codes;
  const auto begin = [&] {
    put(256);
    codes.clear();
    for (unsigned i = 0; i < 256; ++i) codes[std::string(1, static_cast<char>(i))] = i;
    codes["clear"] = 256;  // no runs of colours, but numbers
    codes["end"] = 257;
    bits = 9;
  };
  begin();
  std::string run;
  for (const char number : numbers) {
    if (codes.contains(run + number)) {
      run += number;
      continue;
    }
    put(codes[run]);
    const auto next = static_cast<unsigned>(codes.size());
    if (next == 4096) {
      begin();
    } else {
      codes[run + number] = next;
      if (next == 1u << bits) ++bits;
    }
    run = number;
  }
  put(codes[run]);
  put(257);
  if (held > 0) bytes += static_cast<char>(window);
  for (std::size_t at = 0; at < bytes.size(); at += 255) {
    const std::string part = bytes.substr(at, 255);
    out += static_cast<char>(part.size()) + part;
  }
  return out + '\0';
}

// The four fields in 216 colours, with a comment. `holes`: what is white shows through.
inline std::string MakeGif(int width, int height, bool interlaced, bool holes) {
  using namespace std::string_literals;
  const auto little = [](int n) {
    return std::string{static_cast<char>(n), static_cast<char>(n >> 8)};
  };
  const Pixels pixels = Fields(width, height, 3);
  std::string numbers;
  const auto rows = [&](int first, int step) {
    for (int y = first; y < height; y += step)
      for (int x = 0; x < width; ++x) {
        const std::uint8_t* p = pixels.Row(y) + x * 3;
        const bool white = p[0] > 128 && p[1] > 128 && p[2] > 128;
        numbers += static_cast<char>(
            white ? 215 : (p[0] + 25) / 51 * 36 + (p[1] + 25) / 51 * 6 + (p[2] + 25) / 51);
      }
  };
  if (interlaced) {
    rows(0, 8);
    rows(4, 8);
    rows(2, 4);
    rows(1, 2);
  } else {
    rows(0, 1);
  }
  std::string file = "GIF89a" + little(width) + little(height) + "\xF7\0\0"s;
  for (int i = 0; i < 256; ++i) {
    for (const int colour : {i / 36, i / 6 % 6, i % 6}) file += static_cast<char>(colour * 51);
  }
  file += "!\xFE\x06"s + "by Ann\0"s;
  if (holes) file += "!\xF9\x04\x01\0\0\xD7\0"s;
  return file + "," + little(0) + little(0) + little(width) + little(height) +
         (interlaced ? "\x40"s : "\0"s) + PackedNumbers(numbers) + ";";
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
