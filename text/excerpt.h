// The beginning of a plain text, cut where a reader would cut it. It is not for HTML: take the tags
// out first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::text {

// At most `max` code points, white space collapsed. Cut at the end of a word (inside one only where
// a word fills more than half), and marked with "…" unless what is left ends a sentence by itself;
// so "…?" stays whole and nothing ends in "…?..." . A short text comes back whole. Bad bytes become
// U+FFFD.
[[nodiscard]] std::string MakeExcerpt(std::string_view plain, size_t max);

}  // namespace daybook::text
