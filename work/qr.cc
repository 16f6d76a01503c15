// The squares, in the order of the standard: bytes, their check bytes, patterns, mask.
#include "work/qr.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>

namespace daybook::work {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Of level M, by version: check bytes in each block, and how many blocks there are.
constexpr std::array kCheckBytes = {10, 16, 26, 18, 24, 16, 18, 22, 22, 26,
                                    30, 22, 22, 24, 24, 28, 28, 26, 26, 26};
constexpr std::array kBlocks = {1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16};
constexpr int kVersions = static_cast<int>(kBlocks.size());
constexpr int kMasks = 8;

int CheckBytes(int version) { return kCheckBytes[static_cast<std::size_t>(version - 1)]; }
int Blocks(int version) { return kBlocks[static_cast<std::size_t>(version - 1)]; }
int Side(int version) { return 17 + 4 * version; }

// Bytes of all kinds that find room.
int WholeBytes(int version) {
  int squares = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const int marks = version / 7 + 2;
    squares -= (25 * marks - 10) * marks - 55;
  }
  if (version >= 7) squares -= 36;
  return squares / 8;
}
int TextBytes(int version) { return WholeBytes(version) - CheckBytes(version) * Blocks(version); }
int LengthBits(int version) { return version < 10 ? 8 : 16; }

// In the field of 256 elements by x^8 + x^4 + x^3 + x^2 + 1.
std::uint8_t Times(unsigned a, unsigned b) {
  unsigned product = 0;
  for (; b != 0; b >>= 1) {
    if ((b & 1) != 0) product ^= a;
    a = a << 1 ^ ((a & 0x80) != 0 ? 0x11D : 0);
  }
  return static_cast<std::uint8_t>(product);
}

// The divisor (x - 1)(x - 2)(x - 4)…, without its first 1.
Bytes Divisor(int degree) {
  Bytes divisor(static_cast<std::size_t>(degree), 0);
  divisor.back() = 1;
  std::uint8_t root = 1;
  for (int i = 0; i < degree; ++i, root = Times(root, 2)) {
    for (std::size_t at = 0; at < divisor.size(); ++at) {
      divisor[at] = Times(divisor[at], root);
      if (at + 1 < divisor.size()) divisor[at] ^= divisor[at + 1];
    }
  }
  return divisor;
}

Bytes Remainder(const Bytes& block, const Bytes& divisor) {
  Bytes rest(divisor.size(), 0);
  for (const std::uint8_t byte : block) {
    const auto factor = static_cast<std::uint8_t>(byte ^ rest.front());
    std::rotate(rest.begin(), rest.begin() + 1, rest.end());
    rest.back() = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] ^= Times(divisor[i], factor);
  }
  return rest;
}

// The text with what says how long it is, filled up.
Bytes Packed(std::string_view text, int version) {
  std::vector<bool> bits;
  const auto put = [&](unsigned value, int count) {
    for (int i = count - 1; i >= 0; --i) bits.push_back((value >> i & 1) != 0);
  };
  const auto room = static_cast<std::size_t>(TextBytes(version));
  put(4, 4);  // bytes
  put(static_cast<unsigned>(text.size()), LengthBits(version));
  for (const char c : text) put(static_cast<unsigned char>(c), 8);
  put(0, static_cast<int>(std::min<std::size_t>(4, room * 8 - bits.size())));
  while (bits.size() % 8 != 0) bits.push_back(false);
  for (unsigned fill = 0xEC; bits.size() < room * 8; fill ^= 0xEC ^ 0x11) put(fill, 8);
  Bytes bytes(room, 0);
  for (std::size_t i = 0; i < bits.size(); ++i)
    if (bits[i]) bytes[i / 8] |= static_cast<std::uint8_t>(0x80 >> i % 8);
  return bytes;
}

// In blocks with their check bytes, a byte of each in turn.
Bytes Woven(const Bytes& packed, int version) {
  const int count = Blocks(version), whole = WholeBytes(version);
  const auto checks = static_cast<std::size_t>(CheckBytes(version));
  const Bytes divisor = Divisor(CheckBytes(version));
  std::vector<Bytes> texts, ends;
  auto from = packed.begin();
  for (int i = 0; i < count; ++i) {
    // The last ones have a byte more where it does not come out even.
    const std::ptrdiff_t length =
        whole / count - CheckBytes(version) + (i >= count - whole % count ? 1 : 0);
    texts.emplace_back(from, from + length);
    ends.push_back(Remainder(texts.back(), divisor));
    from += length;
  }
  Bytes all;
  for (std::size_t i = 0; i < texts.back().size(); ++i)
    for (const Bytes& block : texts)
      if (i < block.size()) all.push_back(block[i]);
  for (std::size_t i = 0; i < checks; ++i)
    for (const Bytes& block : ends) all.push_back(block[i]);
  return all;
}

class Drawing {
 public:
  explicit Drawing(int version)
      : version_(version),
        side_(Side(version)),
        code_{side_, std::vector<bool>(static_cast<std::size_t>(side_ * side_))},
        taken_(code_.black.size()) {
    DrawPatterns();
  }

  // In columns of two, up and down from the right, wherever nothing else stands.
  void Fill(const Bytes& bytes) {
    std::size_t bit = 0;
    for (int right = side_ - 1; right >= 1; right -= 2) {
      if (right == 6) right = 5;
      const bool up = ((right + 1) & 2) == 0;
      for (int row = 0; row < side_; ++row) {
        for (int x = right; x > right - 2; --x) {
          const int y = up ? side_ - 1 - row : row;
          if (taken_[Index(x, y)]) continue;
          code_.black[Index(x, y)] =
              bit / 8 < bytes.size() && (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
          ++bit;
        }
      }
    }
  }

  // Turned over where the mask says so, and the mask named.
  [[nodiscard]] QrCode Masked(int mask) const {
    Drawing masked = *this;
    for (int y = 0; y < side_; ++y)
      for (int x = 0; x < side_; ++x)
        if (!taken_[Index(x, y)] && Turns(mask, x, y)) masked.code_.black[Index(x, y)].flip();
    masked.DrawFormat(mask);
    return masked.code_;
  }

 private:
  [[nodiscard]] std::size_t Index(int x, int y) const {
    return static_cast<std::size_t>(y * side_ + x);
  }
  static bool Turns(int mask, int x, int y) {
    switch (mask) {
      case 0:
        return (x + y) % 2 == 0;
      case 1:
        return y % 2 == 0;
      case 2:
        return x % 3 == 0;
      case 3:
        return (x + y) % 3 == 0;
      case 4:
        return (x / 3 + y / 2) % 2 == 0;
      case 5:
        return x * y % 2 + x * y % 3 == 0;
      case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
      default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
  }
  void Set(int x, int y, bool black) {
    if (x < 0 || y < 0 || x >= side_ || y >= side_) return;
    code_.black[Index(x, y)] = black;
    taken_[Index(x, y)] = true;
  }
  // Squares within squares: a ring is white where its distance from the middle is one of these.
  void DrawRings(int middle_x, int middle_y, int reach, int white, int white_too) {
    for (int y = -reach; y <= reach; ++y)
      for (int x = -reach; x <= reach; ++x) {
        const int ring = std::max(std::abs(x), std::abs(y));
        Set(middle_x + x, middle_y + y, ring != white && ring != white_too);
      }
  }
  void DrawPatterns() {
    for (int i = 0; i < side_; ++i) {
      Set(6, i, i % 2 == 0);
      Set(i, 6, i % 2 == 0);
    }
    for (const auto& [x, y] : {std::pair{3, 3}, std::pair{side_ - 4, 3}, std::pair{3, side_ - 4}})
      DrawRings(x, y, 4, 2, 4);
    const std::vector<int> marks = Marks();
    for (const int x : marks)
      for (const int y : marks) {
        const bool corner =
            (x == 6 && y == 6) || (x == 6 && y == side_ - 7) || (x == side_ - 7 && y == 6);
        if (!corner) DrawRings(x, y, 2, 1, 1);
      }
    DrawFormat(0);
    if (version_ < 7) return;
    unsigned rest = static_cast<unsigned>(version_);
    for (int i = 0; i < 12; ++i) rest = rest << 1 ^ (rest >> 11) * 0x1F25;
    const unsigned bits = static_cast<unsigned>(version_) << 12 | rest;
    for (int i = 0; i < 18; ++i) {
      const bool black = (bits >> i & 1) != 0;
      Set(side_ - 11 + i % 3, i / 3, black);
      Set(i / 3, side_ - 11 + i % 3, black);
    }
  }
  [[nodiscard]] std::vector<int> Marks() const {
    if (version_ == 1) return {};
    const int count = version_ / 7 + 2;
    const int step = (version_ * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
    std::vector<int> marks = {6};
    for (int i = count - 2; i >= 0; --i) marks.push_back(side_ - 7 - i * step);
    return marks;
  }
  // Twice: that it is level M (0) and which mask.
  void DrawFormat(int mask) {
    const auto what = static_cast<unsigned>(mask);
    unsigned rest = what;
    for (int i = 0; i < 10; ++i) rest = rest << 1 ^ (rest >> 9) * 0x537;
    const unsigned bits = (what << 10 | rest) ^ 0x5412;
    for (int i = 0; i < 15; ++i) {
      const bool black = (bits >> i & 1) != 0;
      if (i < 8)
        Set(8, i < 6 ? i : i + 1, black);
      else
        Set(i == 8 ? 7 : 14 - i, 8, black);
      if (i < 8)
        Set(side_ - 1 - i, 8, black);
      else
        Set(8, side_ - 15 + i, black);
    }
    Set(8, side_ - 8, true);
  }

  int version_, side_;
  QrCode code_;
  std::vector<bool> taken_;
};

// How hard it is for a camera: long runs, large fields, what looks like a corner, and grey that is
// too light or too dark.
int Difficulty(const QrCode& code) {
  int points = 0, black = 0;
  for (const bool turned : {false, true}) {
    const auto at = [&](int along, int line) {
      return turned ? code.At(line, along) : code.At(along, line);
    };
    for (int line = 0; line < code.side; ++line) {
      unsigned last = 0;  // squares, the newest last
      for (int along = 0, run = 0; along < code.side; ++along) {
        const bool square = at(along, line);
        run = along > 0 && square == at(along - 1, line) ? run + 1 : 1;
        points += run == 5 ? 3 : run > 5 ? 1 : 0;
        last = (last << 1 | (square ? 1 : 0)) & 0x7FF;
        if (along >= 10 && (last == 0x05D || last == 0x5D0)) points += 40;
        if (turned) continue;
        black += square ? 1 : 0;
        if (along > 0 && line > 0 && square == at(along - 1, line) &&
            square == at(along, line - 1) && square == at(along - 1, line - 1))
          points += 3;
      }
    }
  }
  const int all = code.side * code.side;
  return points + std::abs(black * 20 - all * 10) / all * 10;
}

}  // namespace

std::optional<QrCode> MakeQrCode(std::string_view text) {
  int version = 1;
  while (version <= kVersions && 4 + LengthBits(version) + 8 * text.size() >
                                     static_cast<std::size_t>(TextBytes(version)) * 8)
    ++version;
  if (version > kVersions) return std::nullopt;
  Drawing drawing(version);
  drawing.Fill(Woven(Packed(text, version), version));
  QrCode best;
  int least = std::numeric_limits<int>::max();
  for (int mask = 0; mask < kMasks; ++mask) {
    QrCode code = drawing.Masked(mask);
    if (const int points = Difficulty(code); points < least) {
      least = points;
      best = std::move(code);
    }
  }
  return best;
}

std::string SvgPathOf(const QrCode& code, int border) {
  std::string path;
  for (int y = 0; y < code.side; ++y) {
    for (int x = 0; x < code.side; ++x) {
      if (!code.At(x, y)) continue;
      const int begin = x;
      while (x + 1 < code.side && code.At(x + 1, y)) ++x;
      const std::string length = std::to_string(x + 1 - begin);
      path += "M" + std::to_string(begin + border) + " " + std::to_string(y + border) + "h" +
              length + "v1h-" + length + "z";
    }
  }
  return path;
}

}  // namespace daybook::work
