// An independent judge of sanitised HTML for tests and fuzzers: it shares no code with the
// sanitiser, knows only the form that sanitised HTML must have, and says what is wrong.
#pragma once

#include <string>
#include <string_view>

namespace daybook::test {

enum class Policy { kComment, kRenderedComment, kAuthor };

// Empty if `html` holds only what `policy` allows, spelt as it must be (lower case, double quotes,
// everything escaped and closed) and nested as HTML's content models say; else the first fault.
[[nodiscard]] std::string FaultOf(std::string_view html, Policy policy);

}  // namespace daybook::test
