// See title.h.
#include "text/title.h"

#include "text/utf8.h"

namespace daybook::text {
namespace {

constexpr size_t kLongestPair = 24;  // characters, the space among them

}  // namespace

std::string TypographicTitle(std::string_view title) {
  std::string out(title);
  const size_t end = out.find_last_not_of(' ');
  if (end == std::string::npos) return out;
  const size_t last = out.rfind(' ', end);
  if (last == std::string::npos) return out;
  // A run of spaces is one space to a reader; a single one left beside U+00A0 would still break.
  const size_t before = out.find_last_not_of(' ', last);
  if (before == std::string::npos) return out;
  // Two words that do not fit on one line of a telephone would be broken in their middle.
  if (CountCodePoints(std::string_view(out).substr(out.find_last_of(' ', before) + 1)) >
      kLongestPair)
    return out;
  return out.replace(before + 1, last - before, "\u00A0");
}

}  // namespace daybook::text
