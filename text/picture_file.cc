// Chooses the format's reader; JPEG and GIF are here, PNG and WebP in picture_chunks.cc.
#include "text/picture_file.h"

#include <cstring>

#include "text/picture_window.h"

namespace daybook::text {
namespace internal {
namespace {

using namespace std::string_view_literals;

bool IsFrame(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// The first 0xFF at or after `at` that begins a marker: not stuffing, not a restart.
std::uint64_t NextMarker(PictureWindow& file, std::uint64_t at) {
  while (at < file.size()) {
    const std::string_view view = file.Next(at);
    if (view.empty()) break;
    const void* const found = std::memchr(view.data(), 0xFF, view.size());
    if (found == nullptr) {
      at += view.size();
      continue;
    }
    at += static_cast<std::uint64_t>(static_cast<const char*>(found) - view.data());
    const std::uint32_t next = file.Byte(at + 1);
    if (at + 1 < file.size() && next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7))
      return at;
    at += next == 0xFF ? 1 : 2;
  }
  return file.size();
}

// What follows a colour profile's name is the profile; the other users of this segment are
// pictures within the picture.
bool IsProfile(PictureWindow& file, std::uint64_t content) {
  return file.View(content, 12) == "ICC_PROFILE\0"sv;
}

}  // namespace

void PlanJpeg(PictureWindow& file, PicturePlan& plan, Pieces& pieces, bool note_turn) {
  std::uint64_t at = 2;
  pieces.Keep(0, 2);
  std::size_t mark = pieces.Mark();
  bool scanned = false, jfif = false, exif = false;
  plan.state = PictureState::kCutOff;
  while (at + 2 <= file.size() && !pieces.TooMany()) {
    if (file.Byte(at) != 0xFF || file.Byte(at + 1) == 0xFF || file.Byte(at + 1) == 0x00) {
      at = NextMarker(file, at);  // fill bytes, and what decoders jump over
      continue;
    }
    const std::uint32_t marker = file.Byte(at + 1);
    if (marker == 0xD9) {
      pieces.Keep(at, 2);
      plan.state = scanned && plan.size.width > 0 ? PictureState::kGood : PictureState::kBroken;
      break;
    }
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
      at += 2;
      continue;
    }
    const std::uint64_t length = file.Big16(at + 2);
    if (at + 4 > file.size() || at + 2 + length > file.size()) return;
    plan.state = PictureState::kBroken;
    if (length < 2) return;
    const std::uint64_t content = at + 4, next = at + 2 + length;
    bool keep = true;
    if (IsFrame(marker)) {
      // Baseline, extended, progressive: what browsers show. The height must be said here.
      if (plan.size.width > 0 || marker > 0xC2 || length < 8 || file.Byte(content) != 8) return;
      plan.size.height = static_cast<int>(file.Big16(content + 1));
      plan.size.width = static_cast<int>(file.Big16(content + 3));
      if (plan.size.width == 0 || plan.size.height == 0) return;
    } else if (marker == 0xE0) {
      keep = false;
      if (!jfif && length >= 16 && file.View(content, 5) == "JFIF\0"sv) {
        // Without its thumbnail.
        if (length == 16)
          pieces.Keep(at, 18);
        else
          pieces.Put(std::string("\xFF\xE0\0\x10"sv) + file.Copy(content, 12) +
                     std::string(2, '\0'));
        mark = pieces.Mark();
        jfif = true;
      }
    } else if (marker == 0xE1) {
      keep = false;
      if (!exif && length >= 8 && file.View(content, 6) == "Exif\0\0"sv) {
        exif = true;
        plan.orientation =
            ExifOrientation(file.Copy(content + 6, static_cast<std::size_t>(length) - 8));
      }
    } else if (marker == 0xE2) {
      keep = length >= 14 && IsProfile(file, content);
    } else if (marker == 0xEE) {
      keep =
          length >= 14 && file.View(content, 5) == "Adobe"sv;  // which colours the components are
    } else if ((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) {
      keep = false;
    }
    plan.state = PictureState::kCutOff;
    if (keep) pieces.Keep(at, length + 2);
    at = next;
    if (marker == 0xDA) {
      if (plan.size.width == 0) {
        plan.state = PictureState::kBroken;
        return;
      }
      scanned = true;
      at = NextMarker(file, next);
      pieces.Keep(next, at - next);
    }
  }
  if (note_turn && plan.orientation != 1) {
    const std::string block = OrientationBlock(plan.orientation);
    std::string segment = "\xFF\xE1";
    segment += {'\0', static_cast<char>(2 + 6 + block.size())};
    pieces.Insert(mark, {0, 0, segment + std::string("Exif\0\0"sv) + block});
  }
}

void PlanGif(PictureWindow& file, PicturePlan& plan, Pieces& pieces) {
  plan.state = PictureState::kCutOff;
  if (file.size() < 13) return;
  plan.size = {static_cast<int>(file.Little16(6)), static_cast<int>(file.Little16(8))};
  if (plan.size.width == 0 || plan.size.height == 0) {
    plan.state = PictureState::kBroken;
    return;
  }
  const auto table = [&](std::uint64_t flags) {
    const std::uint32_t f = file.Byte(flags);
    return f & 0x80 ? std::uint64_t{3} << ((f & 7) + 1) : 0;
  };
  std::uint64_t at = 13 + table(10);
  pieces.Keep(0, at);
  int frames = 0;
  // Past a chain of sub-blocks; 0 if it does not end.
  const auto past = [&](std::uint64_t block) -> std::uint64_t {
    while (block < file.size()) {
      const std::uint32_t length = file.Byte(block);
      block += 1 + length;
      if (length == 0) return block;
    }
    return 0;
  };
  while (at < file.size() && !pieces.TooMany()) {
    const std::uint32_t kind = file.Byte(at);
    std::uint64_t end = 0;
    bool keep = true;
    if (kind == 0x3B) {
      plan.state = frames > 0 ? PictureState::kGood : PictureState::kBroken;
      break;
    } else if (kind == 0x2C) {
      end = past(at + 10 + table(at + 9) + 1);
      ++frames;
    } else if (kind == 0x21) {
      const std::uint32_t label = file.Byte(at + 1);
      const bool is_named = label == 0xFF && file.Byte(at + 2) == 11;
      const std::string_view name = is_named ? file.View(at + 3, 11) : ""sv;
      // How often it repeats, and the colours; others hold XMP, comments and makers' notes.
      keep =
          label == 0xF9 || name == "NETSCAPE2.0" || name == "ANIMEXTS1.0" || name == "ICCRGBG1012";
      end = past(at + 2);
    } else {
      plan.state = frames > 0 ? PictureState::kGood : PictureState::kBroken;
      break;  // decoders stop here, too
    }
    if (end == 0) return;
    if (keep) pieces.Keep(at, end - at);
    at = end;
  }
  if (plan.state == PictureState::kCutOff && frames > 0) plan.state = PictureState::kGood;
  plan.animated = frames > 1;
  if (file.Byte(at) == 0x3B) {
    pieces.Keep(at, 1);
  } else {
    pieces.Put(";");
  }
}

std::string OrientationBlock(int orientation) {
  std::string block("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"sv);
  block += static_cast<char>(orientation);
  block.append(2 + 4, '\0');
  return block;
}

}  // namespace internal

std::uint64_t PicturePlan::Bytes() const {
  std::uint64_t bytes = 0;
  for (const Piece& piece : pieces)
    bytes += piece.bytes.empty() ? piece.length : piece.bytes.size();
  return bytes;
}

ReadAt ReadAtOf(std::string_view bytes) {
  return [bytes](std::uint64_t at, char* to, std::size_t size) -> std::size_t {
    return at >= bytes.size() ? 0 : bytes.copy(to, size, static_cast<std::size_t>(at));
  };
}

PicturePlan PlanPicture(std::string_view mime, std::uint64_t size, const ReadAt& read,
                        bool note_turn) {
  PicturePlan plan;
  internal::PictureWindow file(size, read);
  internal::Pieces pieces;
  if (MimeByContent(file.View(0, 4096)) != mime) return plan;
  if (mime == "image/jpeg") {
    internal::PlanJpeg(file, plan, pieces, note_turn);
  } else if (mime == "image/png") {
    internal::PlanPng(file, plan, pieces, note_turn);
  } else if (mime == "image/gif") {
    internal::PlanGif(file, plan, pieces);
  } else if (mime == "image/webp") {
    internal::PlanWebp(file, plan, pieces, note_turn);
  }
  if (pieces.TooMany()) plan.state = PictureState::kBroken;
  if (plan.state == PictureState::kGood) {
    plan.pieces = pieces.Take();
    plan.same = plan.pieces.size() == 1 && plan.pieces[0].bytes.empty() && plan.pieces[0].at == 0 &&
                plan.pieces[0].length == size;
  }
  return plan;
}

}  // namespace daybook::text
