// A file seen through a buffer of 64 KiB, and the list of its runs that are kept. Shared by the
// picture_*.cc files; nobody else needs it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/picture_file.h"

namespace daybook::text::internal {

class PictureWindow {
 public:
  PictureWindow(std::uint64_t size, const ReadAt& read) : size_(size), read_(read) {}
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Up to `want` bytes (at most 64 KiB) from `at`; fewer only at the end of the file. Good until
  // the next call.
  std::string_view View(std::uint64_t at, std::size_t want) {
    want = std::min(want, kBuffer);
    if (at >= size_) return {};
    if (at < begin_ || at + want > begin_ + buffer_.size()) {
      buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kBuffer, size_ - at)));
      buffer_.resize(read_(at, buffer_.data(), buffer_.size()));
      begin_ = at;
    }
    return std::string_view(buffer_).substr(static_cast<std::size_t>(at - begin_), want);
  }
  // Whatever is at hand from `at` on; empty only at the end of the file.
  std::string_view Next(std::uint64_t at) {
    if (at < begin_ || at >= begin_ + buffer_.size()) return View(at, kBuffer);
    return std::string_view(buffer_).substr(static_cast<std::size_t>(at - begin_));
  }
  // Past the end everything is 0.
  std::uint32_t Byte(std::uint64_t at) {
    const std::string_view b = View(at, 1);
    return b.empty() ? 0 : static_cast<unsigned char>(b[0]);
  }
  std::uint32_t Big16(std::uint64_t at) { return Byte(at) << 8 | Byte(at + 1); }
  std::uint32_t Big32(std::uint64_t at) { return Big16(at) << 16 | Big16(at + 2); }
  std::uint32_t Little16(std::uint64_t at) { return Byte(at) | Byte(at + 1) << 8; }
  std::uint32_t Little24(std::uint64_t at) { return Little16(at) | Byte(at + 2) << 16; }
  std::uint32_t Little32(std::uint64_t at) { return Little16(at) | Little16(at + 2) << 16; }
  // A copy of a longer run, at most 64 KiB.
  std::string Copy(std::uint64_t at, std::size_t length) { return std::string(View(at, length)); }

 private:
  static constexpr std::size_t kBuffer = 64 * 1024;
  std::uint64_t size_;
  const ReadAt& read_;
  std::uint64_t begin_ = 0;
  std::string buffer_;
};

class Pieces {
 public:
  // A real picture has tens of runs at most.
  static constexpr std::size_t kMost = 5000;

  void Keep(std::uint64_t at, std::uint64_t length) {
    if (length == 0) return;
    if (!fresh_ && !list_.empty() && list_.back().bytes.empty() &&
        list_.back().at + list_.back().length == at) {
      list_.back().length += length;
    } else {
      list_.push_back({at, length, {}});
    }
    fresh_ = false;
  }
  void Put(std::string bytes) {
    if (!bytes.empty()) list_.push_back({0, 0, std::move(bytes)});
  }
  // Where Insert can put something later: what is kept next begins a new piece.
  [[nodiscard]] std::size_t Mark() {
    fresh_ = true;
    return list_.size();
  }
  void Insert(std::size_t mark, Piece piece) {
    list_.insert(list_.begin() + static_cast<std::ptrdiff_t>(mark), std::move(piece));
  }
  [[nodiscard]] bool TooMany() const { return list_.size() > kMost; }
  // Runs that follow each other in the file became one.
  [[nodiscard]] std::vector<Piece> Take() {
    std::vector<Piece> list;
    for (Piece& piece : list_) {
      if (piece.bytes.empty() && !list.empty() && list.back().bytes.empty() &&
          list.back().at + list.back().length == piece.at) {
        list.back().length += piece.length;
      } else {
        list.push_back(std::move(piece));
      }
    }
    return list;
  }

 private:
  std::vector<Piece> list_;
  bool fresh_ = false;
};

// "MM\0*" and one directory with the one entry Orientation.
[[nodiscard]] std::string OrientationBlock(int orientation);

void PlanJpeg(PictureWindow& file, PicturePlan& plan, Pieces& pieces, bool note_turn);
void PlanPng(PictureWindow& file, PicturePlan& plan, Pieces& pieces, bool note_turn);
void PlanGif(PictureWindow& file, PicturePlan& plan, Pieces& pieces);
void PlanWebp(PictureWindow& file, PicturePlan& plan, Pieces& pieces, bool note_turn);

}  // namespace daybook::text::internal
