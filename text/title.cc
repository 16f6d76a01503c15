// See title.h.
#include "text/title.h"

namespace daybook::text {
namespace {

constexpr std::string_view kNoBreak = "\u00A0";

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
  return out.replace(before + 1, last - before, kNoBreak);
}

Headline SplitHeadline(std::string_view title) {
  const size_t at = title.rfind(kNoBreak);
  if (at == std::string_view::npos) return {title, {}, {}};
  const size_t space = title.substr(0, at).rfind(' ');
  const size_t pair = space == std::string_view::npos ? 0 : space + 1;
  return {title.substr(0, pair), title.substr(pair, at - pair), title.substr(at + kNoBreak.size())};
}

}  // namespace daybook::text
