// Longest common subsequences by the plain table, of lines and then of words, each after what both
// begin and end with was taken off.
#include "text/diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace daybook::text {
namespace {

using Kind = DiffPart::Kind;
using Pieces = std::vector<std::string_view>;

constexpr std::size_t kMostCells = 2'000'000;

class Differ {
 public:
  void Lines(std::string_view before, std::string_view after) {
    Compare(Cut(before, true), Cut(after, true), true);
  }
  std::vector<DiffPart> Take() { return std::move(parts_); }

 private:
  // Lines with their ends, or words with the blanks after them.
  static Pieces Cut(std::string_view text, bool lines) {
    Pieces pieces;
    while (!text.empty()) {
      std::size_t end = text.find_first_of(lines ? "\n" : " \n\t");
      end = end == std::string_view::npos ? text.size() : end + 1;
      pieces.push_back(text.substr(0, end));
      text.remove_prefix(end);
    }
    return pieces;
  }

  void Add(Kind kind, std::string_view text) {
    if (text.empty()) return;
    if (parts_.empty() || parts_.back().kind != kind) parts_.push_back({kind, ""});
    parts_.back().text += text;
  }

  // One stretch that differs throughout.
  void Changed(const Pieces& gone, const Pieces& fresh, bool lines) {
    std::string before, after;
    for (const std::string_view piece : gone) before += piece;
    for (const std::string_view piece : fresh) after += piece;
    if (lines && !before.empty() && !after.empty()) {
      Compare(Cut(before, false), Cut(after, false), false);
      return;
    }
    Add(Kind::kGone, before);
    Add(Kind::kNew, after);
  }

  void Compare(Pieces a, Pieces b, bool lines) {
    std::size_t start = 0, end = 0;
    while (start < a.size() && start < b.size() && a[start] == b[start]) ++start;
    while (end < a.size() - start && end < b.size() - start &&
           a[a.size() - 1 - end] == b[b.size() - 1 - end])
      ++end;
    for (std::size_t i = 0; i < start; ++i) Add(Kind::kSame, a[i]);
    const Pieces tail(a.end() - static_cast<std::ptrdiff_t>(end), a.end());
    const auto middle = [&](const Pieces& all) {
      return Pieces(all.begin() + static_cast<std::ptrdiff_t>(start),
                    all.end() - static_cast<std::ptrdiff_t>(end));
    };
    Middle(middle(a), middle(b), lines);
    for (const std::string_view piece : tail) Add(Kind::kSame, piece);
  }

  void Middle(const Pieces& a, const Pieces& b, bool lines) {
    const std::size_t width = b.size() + 1;
    if (a.empty() || b.empty() || a.size() > UINT16_MAX || b.size() > UINT16_MAX ||
        (a.size() + 1) * width > kMostCells) {
      // Lines too many to be compared are looked at word by word no more than as a whole.
      Changed(a, b, false);
      return;
    }
    // How much a[i..] and b[j..] have in common.
    std::vector<std::uint16_t> common((a.size() + 1) * width, 0);
    for (std::size_t i = a.size(); i-- > 0;)
      for (std::size_t j = b.size(); j-- > 0;)
        common[i * width + j] =
            a[i] == b[j] ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                         : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    Pieces gone, fresh;
    const auto flush = [&] {
      Changed(gone, fresh, lines);
      gone.clear();
      fresh.clear();
    };
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a[i] == b[j]) {
        flush();
        Add(Kind::kSame, a[i]);
        ++i, ++j;
      } else if (j == b.size() ||
                 (i < a.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
        gone.push_back(a[i++]);
      } else {
        fresh.push_back(b[j++]);
      }
    }
    flush();
  }

  std::vector<DiffPart> parts_;
};

}  // namespace

std::vector<DiffPart> Diff(std::string_view before, std::string_view after) {
  Differ differ;
  differ.Lines(before, after);
  return differ.Take();
}

}  // namespace daybook::text
