// What changed between two texts, for somebody to read: paragraphs first, and the words inside
// those that changed. It knows no markup and merges nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::text {

struct DiffPart {
  enum class Kind { kSame, kGone, kNew };
  Kind kind = Kind::kSame;
  std::string text;
  friend bool operator==(const DiffPart&, const DiffPart&) = default;
};
// Put together, the parts that are not new are `before`, those that are not gone `after`. Time and
// memory are bounded: where two texts have little in common the whole middle is gone and new.
[[nodiscard]] std::vector<DiffPart> Diff(std::string_view before, std::string_view after);

}  // namespace daybook::text
