// GIF of image_codec.h: one still picture. What moves is said to and not decoded.
#include <algorithm>
#include <array>
#include <new>

#include "text/picture_file.h"
#include "work/image_codec.h"

namespace daybook::work {
namespace {

constexpr std::size_t kCodes = 4096;

// Bytes that were checked to be there are asked for; others are 0, which ends what is read.
class Source {
 public:
  explicit Source(std::string_view file) : file_(file) {}
  [[nodiscard]] std::size_t Byte(std::size_t at) const {
    return at < file_.size() ? static_cast<unsigned char>(file_[at]) : 0;
  }
  [[nodiscard]] int Little(std::size_t at) const {
    return static_cast<int>(Byte(at) | Byte(at + 1) << 8);
  }
  [[nodiscard]] std::size_t TableSize(std::size_t flags) const {
    return (flags & 0x80) != 0 ? std::size_t{3} << ((flags & 7) + 1) : 0;
  }
  // What a chain of sub-blocks holds; `at` is behind it then.
  Bytes Chain(std::size_t& at) const {
    Bytes content;
    while (at < file_.size()) {
      const std::size_t length = Byte(at++);
      if (length == 0) break;
      const std::string_view part = file_.substr(std::min(at, file_.size()), length);
      content.insert(content.end(), part.begin(), part.end());
      at += length;
    }
    return content;
  }
  [[nodiscard]] std::string_view file() const { return file_; }

 private:
  std::string_view file_;
};

// The numbers of colours that `packed` says, at most `count` of them; fewer where it ends early or
// makes no sense.
Bytes Unpack(const Bytes& packed, unsigned least_bits, std::size_t count) {
  Bytes out;
  if (least_bits < 1 || least_bits > 8) return out;
  out.reserve(count);
  const unsigned clear = 1u << least_bits, end = clear + 1;
  std::array<std::uint16_t, kCodes> before{};
  std::array<std::uint8_t, kCodes> last{};
  for (unsigned code = 0; code < clear; ++code) last[code] = static_cast<std::uint8_t>(code);
  unsigned bits = least_bits + 1, next = end + 1, held = 0, previous = kCodes;
  std::uint32_t window = 0;
  Bytes run;  // of one code, back to front
  for (const std::uint8_t byte : packed) {
    window |= static_cast<std::uint32_t>(byte) << held;
    for (held += 8; held >= bits;) {
      const unsigned code = window & ((1u << bits) - 1);
      window >>= bits;
      held -= bits;
      if (code == clear) {
        bits = least_bits + 1;
        next = end + 1;
        previous = kCodes;
        continue;
      }
      if (code == end || code > next || (code == next && previous == kCodes)) return out;
      run.clear();
      unsigned at = code == next ? previous : code;
      for (; at > end; at = before[at]) run.push_back(last[at]);
      run.push_back(last[at]);
      out.insert(out.end(), run.rbegin(), run.rend());
      if (code == next) out.push_back(run.back());
      if (out.size() >= count) {
        out.resize(count);
        return out;
      }
      if (previous != kCodes && next < kCodes) {
        before[next] = static_cast<std::uint16_t>(previous);
        last[next++] = run.back();
        if (next == 1u << bits && bits < 12) ++bits;
      }
      previous = code;
    }
  }
  return out;
}

struct Frame {
  int left = 0, top = 0, width = 0, height = 0;
  std::string_view colours;  // three bytes each
  int transparent = -1;
  bool interlaced = false;
  Bytes numbers;  // in the order of the file
};

// Which row of the frame stands as the `row`th from above, in the file.
std::vector<int> Order(const Frame& frame) {
  std::vector<int> order(static_cast<std::size_t>(frame.height));
  int stored = 0;
  if (!frame.interlaced) {
    for (int& row : order) row = stored++;
    return order;
  }
  constexpr std::pair<int, int> kPasses[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
  for (const auto& [first, step] : kPasses)
    for (int row = first; row < frame.height; row += step)
      order[static_cast<std::size_t>(row)] = stored++;
  return order;
}

Pixels Draw(const Frame& frame, int width, int height, bool see_through, int factor) {
  const int channels = see_through ? 4 : 3;
  BoxReducer reducer(width, height, channels, factor);
  const std::vector<int> order = Order(frame);
  Bytes row(static_cast<std::size_t>(width) * static_cast<std::size_t>(channels));
  for (int y = 0; y < height; ++y) {
    std::fill(row.begin(), row.end(), std::uint8_t{0});
    const int within = y - frame.top;
    if (within >= 0 && within < frame.height) {
      const std::uint8_t* from =
          frame.numbers.data() + static_cast<std::size_t>(order[static_cast<std::size_t>(within)]) *
                                     static_cast<std::size_t>(frame.width);
      for (int x = frame.left; x < std::min(width, frame.left + frame.width); ++x, ++from) {
        const std::size_t colour = *from * std::size_t{3};
        if (*from == frame.transparent || colour + 3 > frame.colours.size()) continue;
        std::uint8_t* to = row.data() + x * channels;
        std::copy_n(frame.colours.data() + colour, 3, to);
        if (see_through) to[3] = 255;
      }
    }
    reducer.Add(row.data());
  }
  return reducer.Take();
}

}  // namespace

std::optional<Decoded> DecodeGif(std::string_view file, int wanted) {
  const Source source(file);
  const text::PicturePlan plan = text::PlanPicture("image/gif", file.size(), text::ReadAtOf(file));
  if (plan.state != text::PictureState::kGood) return std::nullopt;
  Decoded decoded;
  decoded.animated = plan.animated;
  if (decoded.animated) return decoded;
  const int width = plan.size.width, height = plan.size.height;
  Frame frame;
  std::size_t at = 13 + source.TableSize(source.Byte(10));
  frame.colours = file.substr(13, at - 13);
  while (at < file.size() && source.Byte(at) == 0x21) {
    const std::size_t label = source.Byte(at + 1);
    if (label == 0xF9 && (source.Byte(at + 3) & 1) != 0)
      frame.transparent = static_cast<int>(source.Byte(at + 6));
    const bool profile = label == 0xFF && file.substr(at + 3, 11) == "ICCRGBG1012";
    at += profile ? 14 : 2;
    Bytes content = source.Chain(at);
    if (profile) decoded.profile = std::move(content);
  }
  if (source.Byte(at) != 0x2C) return std::nullopt;
  frame.left = source.Little(at + 1);
  frame.top = source.Little(at + 3);
  frame.width = source.Little(at + 5);
  frame.height = source.Little(at + 7);
  const std::size_t flags = source.Byte(at + 9);
  frame.interlaced = (flags & 0x40) != 0;
  at += 10;
  if (const std::size_t own = source.TableSize(flags); own > 0) {
    frame.colours = file.substr(std::min(at, file.size()), own);
    at += own;
  }
  const auto count = static_cast<std::uint64_t>(frame.width) * static_cast<unsigned>(frame.height);
  const int factor = wanted > 0 ? std::max(1, width / (2 * wanted)) : 1;
  const std::uint64_t drawn = std::uint64_t{static_cast<unsigned>(width)} *
                              static_cast<unsigned>(height) * 4 /
                              static_cast<std::uint64_t>(factor * factor);
  if (count == 0 || frame.colours.empty()) return std::nullopt;
  if (count + drawn + 2 * file.size() > kMostMemory) throw std::bad_alloc();
  const auto least_bits = static_cast<unsigned>(source.Byte(at++));
  frame.numbers = Unpack(source.Chain(at), least_bits, static_cast<std::size_t>(count));
  if (frame.numbers.size() < count) return std::nullopt;
  const bool covers =
      frame.left == 0 && frame.top == 0 && frame.width >= width && frame.height >= height;
  const bool see_through = !covers || std::find(frame.numbers.begin(), frame.numbers.end(),
                                                frame.transparent) != frame.numbers.end();
  decoded.pixels = Draw(frame, width, height, see_through, factor);
  return decoded;
}

}  // namespace daybook::work
