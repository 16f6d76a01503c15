// RFC 1951, bit by bit.
#include "text/inflate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace daybook::text {
namespace {

constexpr int kLongest = 15;  // bits of a code
constexpr int kEnd = 256;     // the symbol that ends a block; what is below stands for itself
constexpr size_t kLengthSymbols = 29;
constexpr size_t kDistanceSymbols = 30;

class Bits {
 public:
  explicit Bits(std::string_view bytes) : bytes_(bytes) {}

  // The next `count` (up to 16), the first one lowest. Past the end there are zeros.
  uint32_t Take(int count) {
    for (; have_ < count; have_ += 8) {
      over_ = over_ || bytes_.empty();
      if (over_) continue;
      hold_ |= static_cast<uint32_t>(static_cast<unsigned char>(bytes_.front())) << have_;
      bytes_.remove_prefix(1);
    }
    const uint32_t taken = hold_ & ((1U << count) - 1);
    hold_ >>= count;
    have_ -= count;
    return taken;
  }
  void SkipToByte() { hold_ = 0, have_ = 0; }
  bool over() const { return over_; }

 private:
  std::string_view bytes_;
  uint32_t hold_ = 0;
  int have_ = 0;
  bool over_ = false;
};

// A prefix code, known by the length of each symbol's bits: codes of one length are numbered on.
class Code {
 public:
  explicit Code(std::span<const uint8_t> lengths) {
    for (const uint8_t length : lengths) ++count_[length];
    count_[0] = 0;
    for (int length = 1; length <= kLongest; ++length) {
      first_[length] = (first_[length - 1] + count_[length - 1]) * 2;
      place_[length] = place_[length - 1] + count_[length - 1];
    }
    std::array<uint32_t, kLongest + 1> next = place_;
    for (size_t i = 0; i < lengths.size(); ++i) {
      if (lengths[i] != 0) symbols_[next[lengths[i]]++] = static_cast<uint16_t>(i);
    }
  }

  // -1: no symbol has these bits.
  int Next(Bits& in) const {
    uint32_t code = 0;
    for (int length = 1; length <= kLongest; ++length) {
      code = code * 2 + in.Take(1);
      if (code >= first_[length] && code - first_[length] < count_[length])
        return symbols_[place_[length] + code - first_[length]];
    }
    return -1;
  }

 private:
  std::array<uint32_t, kLongest + 1> count_{}, first_{}, place_{};
  std::array<uint16_t, 320> symbols_{};
};

// How long a repetition is, and how far back it begins: a symbol and the bits that follow it.
uint32_t LengthOf(uint32_t symbol, Bits& in) {
  if (symbol < 8) return symbol + 3;
  if (symbol == kLengthSymbols - 1) return 258;
  const int more = static_cast<int>(symbol / 4) - 1;
  return ((4 + symbol % 4) << more) + 3 + in.Take(more);
}

uint32_t DistanceOf(uint32_t symbol, Bits& in) {
  if (symbol < 4) return symbol + 1;
  const int more = static_cast<int>(symbol / 2) - 1;
  return ((2 + symbol % 2) << more) + 1 + in.Take(more);
}

bool Coded(Bits& in, const Code& codes, const Code& distances, size_t size, std::string& out) {
  while (!in.over()) {
    const int symbol = codes.Next(in);
    if (symbol == kEnd) return true;
    if (symbol < 0 || symbol > kEnd + static_cast<int>(kLengthSymbols)) return false;
    if (symbol < kEnd) {
      if (out.size() == size) return false;
      out.push_back(static_cast<char>(symbol));
      continue;
    }
    const uint32_t length = LengthOf(static_cast<uint32_t>(symbol - kEnd - 1), in);
    const int far = distances.Next(in);
    if (far < 0 || far >= static_cast<int>(kDistanceSymbols)) return false;
    const uint32_t distance = DistanceOf(static_cast<uint32_t>(far), in);
    if (distance > out.size() || out.size() + length > size) return false;
    for (uint32_t i = 0; i < length; ++i) out.push_back(out[out.size() - distance]);
  }
  return false;
}

bool WithFixedCodes(Bits& in, size_t size, std::string& out) {
  std::array<uint8_t, 288> lengths;
  std::fill(lengths.begin(), lengths.begin() + 144, 8);
  std::fill(lengths.begin() + 144, lengths.begin() + 256, 9);
  std::fill(lengths.begin() + 256, lengths.begin() + 280, 7);
  std::fill(lengths.begin() + 280, lengths.end(), 8);
  std::array<uint8_t, kDistanceSymbols> distances;
  distances.fill(5);
  return Coded(in, Code(lengths), Code(distances), size, out);
}

// The lengths of both codes come first, in a code of their own.
bool WithOwnCodes(Bits& in, size_t size, std::string& out) {
  constexpr std::array<uint8_t, 19> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                              11, 4,  12, 3, 13, 2, 14, 1, 15};
  const size_t symbols = in.Take(5) + 257;
  const size_t all = symbols + in.Take(5) + 1;
  const size_t given = in.Take(4) + 4;
  std::array<uint8_t, kOrder.size()> outer{};
  for (size_t i = 0; i < given; ++i) outer[kOrder[i]] = static_cast<uint8_t>(in.Take(3));
  const Code code(outer);
  std::array<uint8_t, 320> lengths{};
  for (size_t at = 0; at < all;) {
    const int symbol = code.Next(in);
    if (symbol < 0 || in.over()) return false;
    if (symbol < 16) {
      lengths[at++] = static_cast<uint8_t>(symbol);
      continue;
    }
    if (symbol == 16 && at == 0) return false;
    const uint8_t value = symbol == 16 ? lengths[at - 1] : 0;
    const size_t times = symbol == 16   ? 3 + in.Take(2)
                         : symbol == 17 ? 3 + in.Take(3)
                                        : 11 + in.Take(7);
    if (at + times > all) return false;
    for (size_t i = 0; i < times; ++i) lengths[at++] = value;
  }
  const std::span<const uint8_t> both(lengths.data(), all);
  return Coded(in, Code(both.first(symbols)), Code(both.subspan(symbols)), size, out);
}

bool Stored(Bits& in, size_t size, std::string& out) {
  in.SkipToByte();
  const uint32_t length = in.Take(16);
  if ((length ^ in.Take(16)) != 0xffff || out.size() + length > size) return false;
  for (uint32_t i = 0; i < length; ++i) out.push_back(static_cast<char>(in.Take(8)));
  return true;
}

}  // namespace

std::string Inflate(std::string_view bytes, size_t size) {
  Bits in(bytes);
  std::string out;
  out.reserve(size);
  for (bool last = false; !last;) {
    last = in.Take(1) == 1;
    const uint32_t kind = in.Take(2);
    const bool good = kind == 0   ? Stored(in, size, out)
                      : kind == 1 ? WithFixedCodes(in, size, out)
                      : kind == 2 ? WithOwnCodes(in, size, out)
                                  : false;
    if (!good || in.over()) return {};
  }
  return out.size() == size ? out : std::string();
}

}  // namespace daybook::text
