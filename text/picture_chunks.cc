// PNG and WebP of picture_file.h: formats that are lists of named chunks.
#include <array>

#include "text/picture_window.h"

namespace daybook::text::internal {
namespace {

using namespace std::string_view_literals;

// What is drawn, in which colours, at which density, and how it moves. All else tells stories.
constexpr std::array kPngKept = {"IHDR"sv, "PLTE"sv, "IDAT"sv, "IEND"sv, "tRNS"sv, "gAMA"sv,
                                 "cHRM"sv, "sRGB"sv, "iCCP"sv, "cICP"sv, "mDCV"sv, "cLLI"sv,
                                 "sBIT"sv, "bKGD"sv, "pHYs"sv, "acTL"sv, "fcTL"sv, "fdAT"sv};

template <std::size_t N>
bool IsIn(const std::array<std::string_view, N>& names, std::string_view name) {
  for (const std::string_view one : names)
    if (one == name) return true;
  return false;
}

std::uint32_t Crc(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

std::string Big32Of(std::uint32_t n) {
  return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
          static_cast<char>(n)};
}

std::string Little32Of(std::uint32_t n) {
  return {static_cast<char>(n), static_cast<char>(n >> 8), static_cast<char>(n >> 16),
          static_cast<char>(n >> 24)};
}

std::string PngChunk(std::string_view name, std::string_view content) {
  const std::string named = std::string(name) + std::string(content);
  return Big32Of(static_cast<std::uint32_t>(content.size())) + named + Big32Of(Crc(named));
}

bool SetSize(PicturePlan& plan, std::uint32_t width, std::uint32_t height) {
  constexpr std::uint32_t kMost = 1u << 24;  // of WebP; PNG could say more, and nobody shows it
  if (width == 0 || height == 0 || width > kMost || height > kMost) return false;
  plan.size = {static_cast<int>(width), static_cast<int>(height)};
  return true;
}

}  // namespace

void PlanPng(PictureWindow& file, PicturePlan& plan, Pieces& pieces, bool note_turn) {
  pieces.Keep(0, 8);
  std::size_t mark = 0;
  bool drawn = false, first = true;
  for (std::uint64_t at = 8; !pieces.TooMany();) {
    plan.state = PictureState::kCutOff;
    if (at + 12 > file.size()) return;
    const std::uint64_t length = file.Big32(at);
    const std::string name = file.Copy(at + 4, 4);
    plan.state = PictureState::kBroken;
    if (length > 0x7FFFFFFF || first != (name == "IHDR")) return;
    if (first && (length != 13 || !SetSize(plan, file.Big32(at + 8), file.Big32(at + 12)))) return;
    plan.state = PictureState::kCutOff;
    if (at + 12 + length > file.size()) return;
    if (name == "eXIf" && plan.orientation == 1)
      plan.orientation = ExifOrientation(file.View(at + 8, static_cast<std::size_t>(length)));
    if (name == "acTL") plan.animated = true;
    drawn |= name == "IDAT";
    if (IsIn(kPngKept, name)) pieces.Keep(at, 12 + length);
    if (first) mark = pieces.Mark();
    first = false;
    at += 12 + length;
    if (name == "IEND") break;
  }
  plan.state = drawn ? PictureState::kGood : PictureState::kBroken;
  if (note_turn && plan.orientation != 1)
    pieces.Insert(mark, {0, 0, PngChunk("eXIf", OrientationBlock(plan.orientation))});
}

void PlanWebp(PictureWindow& file, PicturePlan& plan, Pieces& pieces, bool note_turn) {
  plan.state = PictureState::kCutOff;
  const std::uint64_t end = 8 + std::uint64_t{file.Little32(4)};
  if (end > file.size() || end < 20) return;
  std::uint64_t kept = 4;  // "WEBP"
  std::string header;      // VP8X with the flags of what is kept
  bool drawn = false;
  const std::size_t mark = pieces.Mark();
  for (std::uint64_t at = 12; at + 8 <= end && !pieces.TooMany();) {
    const std::uint64_t length = file.Little32(at + 4);
    const std::uint64_t whole = 8 + length + (length & 1);
    const std::string name = file.Copy(at, 4);
    plan.state = PictureState::kCutOff;
    // A last chunk without its byte of padding is common.
    if (at + 8 + length > end) return;
    plan.state = PictureState::kBroken;
    if (name == "VP8X") {
      if (at != 12 || length < 10) return;
      header = file.Copy(at, 18);
      header[4] = 10;
      header[8] = static_cast<char>(header[8] & 0x32);  // colour profile, alpha, animation
      plan.animated = header[8] & 0x02;
      if (!SetSize(plan, file.Little24(at + 12) + 1, file.Little24(at + 15) + 1)) return;
    } else if (name == "VP8 " || name == "VP8L" || name == "ANMF") {
      drawn = true;
      if (header.empty()) {
        const bool lossy = name == "VP8 ";
        if (name == "ANMF" || at != 12 || length < (lossy ? 10u : 5u)) return;
        if (lossy && file.View(at + 11, 3) != "\x9D\x01\x2A"sv) return;
        if (!lossy && file.Byte(at + 8) != 0x2F) return;
        const std::uint32_t bits = file.Little32(at + 9);
        if (lossy ? !SetSize(plan, file.Little16(at + 14) & 0x3FFF, file.Little16(at + 16) & 0x3FFF)
                  : !SetSize(plan, (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
          return;
      }
    } else if (name == "EXIF") {
      std::string block =
          file.Copy(at + 8, static_cast<std::size_t>(std::min<std::uint64_t>(length, 65536)));
      if (block.starts_with("Exif\0\0"sv)) block.erase(0, 6);
      if (plan.orientation == 1) plan.orientation = ExifOrientation(block);
    }
    if (name == "VP8 " || name == "VP8L" || name == "ALPH" || name == "ANIM" || name == "ANMF" ||
        name == "ICCP") {
      const bool padded =
          (length & 1) == 0 || (at + whole <= end && file.Byte(at + whole - 1) == 0);
      pieces.Keep(at, padded ? whole : 8 + length);
      if (!padded) pieces.Put(std::string(1, '\0'));
      kept += whole;
    }
    at += whole;
  }
  plan.state = drawn ? PictureState::kGood : PictureState::kBroken;
  std::string turned;
  if (header.empty()) plan.orientation = 1;
  if (note_turn && plan.orientation != 1) {
    const std::string block = OrientationBlock(plan.orientation);
    turned = "EXIF" + Little32Of(static_cast<std::uint32_t>(block.size())) + block;
    header[8] = static_cast<char>(header[8] | 0x08);
    pieces.Put(turned);
  }
  kept += header.size() + turned.size();
  std::string front = "RIFF" + Little32Of(static_cast<std::uint32_t>(kept)) + "WEBP" + header;
  if (front == file.Copy(0, front.size())) {
    pieces.Insert(mark, {0, front.size(), {}});
  } else {
    pieces.Insert(mark, {0, 0, std::move(front)});
  }
}

}  // namespace daybook::text::internal
