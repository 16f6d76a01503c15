// Width and height from the headers of pictures (declared in mime.h). Reads within the bytes it
// got, and walks a JPEG's segments once.
#include <cstdint>

#include "text/mime.h"

namespace daybook::text {
namespace {

// Bytes with a bounds check: past the end everything is 0.
class Bytes {
 public:
  explicit Bytes(std::string_view s) : s_(s) {}
  size_t size() const { return s_.size(); }
  uint32_t At(size_t i) const { return i < s_.size() ? static_cast<unsigned char>(s_[i]) : 0; }
  uint32_t Big16(size_t i) const { return At(i) << 8 | At(i + 1); }
  uint32_t Big32(size_t i) const { return Big16(i) << 16 | Big16(i + 2); }
  uint32_t Little16(size_t i) const { return At(i) | At(i + 1) << 8; }
  uint32_t Little24(size_t i) const { return Little16(i) | At(i + 2) << 16; }
  std::string_view Part(size_t i, size_t n) const {
    return i < s_.size() ? s_.substr(i, n) : std::string_view();
  }

 private:
  std::string_view s_;
};

std::optional<ImageSize> Size(uint32_t width, uint32_t height) {
  if (width < 1 || height < 1 || width > 65535 || height > 65535) return std::nullopt;
  return ImageSize{static_cast<int>(width), static_cast<int>(height)};
}

std::optional<ImageSize> Jpeg(const Bytes& b) {
  int orientation = 1;
  for (size_t at = 2; at + 4 <= b.size();) {
    if (b.At(at) != 0xFF) return std::nullopt;
    const uint32_t marker = b.At(at + 1);
    if (marker == 0xFF) {  // a fill byte
      ++at;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
      at += 2;
      continue;
    }
    if (marker == 0xD9 || marker == 0xDA) return std::nullopt;  // picture data before its size
    const uint32_t length = b.Big16(at + 2);
    if (length < 2) return std::nullopt;
    const bool frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) {
      if (length < 8 || at + 9 > b.size()) return std::nullopt;
      const uint32_t height = b.Big16(at + 5);
      const uint32_t width = b.Big16(at + 7);
      return orientation >= 5 ? Size(height, width) : Size(width, height);
    }
    if (marker == 0xE1 && length >= 8 && b.Part(at + 4, 6) == std::string_view("Exif\0\0", 6))
      orientation = ExifOrientation(b.Part(at + 10, length - 8));
    at += 2 + length;
  }
  return std::nullopt;
}

std::optional<ImageSize> Webp(const Bytes& b) {
  if (b.size() < 30) return std::nullopt;
  const std::string_view kind = b.Part(12, 4);
  if (kind == "VP8X") return Size(b.Little24(24) + 1, b.Little24(27) + 1);
  if (kind == "VP8 " && b.Part(23, 3) == "\x9D\x01\x2A")
    return Size(b.Little16(26) & 0x3FFF, b.Little16(28) & 0x3FFF);
  if (kind == "VP8L" && b.At(20) == 0x2F)
    return Size((b.Little16(21) & 0x3FFF) + 1, ((b.Little24(22) >> 6) & 0x3FFF) + 1);
  return std::nullopt;
}

}  // namespace

int ExifOrientation(std::string_view block) {
  const Bytes tiff(block);
  const bool little = tiff.Part(0, 4) == std::string_view("II*\0", 4);
  if (!little && tiff.Part(0, 4) != std::string_view("MM\0*", 4)) return 1;
  const auto u16 = [&](size_t i) { return little ? tiff.Little16(i) : tiff.Big16(i); };
  const size_t directory = little ? tiff.Little16(4) | tiff.Little16(6) << 16 : tiff.Big32(4);
  const uint32_t entries = u16(directory);
  for (size_t i = 0; i < entries && directory + 2 + i * 12 < tiff.size(); ++i) {
    const size_t entry = directory + 2 + i * 12;
    if (u16(entry) != 0x0112) continue;
    const uint32_t value = u16(entry + 8);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

std::optional<ImageSize> ReadImageSize(std::string_view bytes) {
  const Bytes b(bytes);
  const std::string_view mime = MimeByContent(bytes);
  if (mime == "image/jpeg") return Jpeg(b);
  if (mime == "image/png" && b.size() >= 24 && b.Part(12, 4) == "IHDR")
    return Size(b.Big32(16), b.Big32(20));
  if (mime == "image/gif" && b.size() >= 10) return Size(b.Little16(6), b.Little16(8));
  if (mime == "image/webp") return Webp(b);
  return std::nullopt;
}

}  // namespace daybook::text
