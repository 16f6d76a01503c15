// Which languages the program has texts in: what `init` and `settings` check before they take one.
#pragma once

#include <string>
#include <string_view>

namespace daybook::cli {

// It was shipped, perhaps for another region.
[[nodiscard]] bool HasTextsIn(std::string_view tag);
// "Daybook has no texts in “xx”. Use one of en, en-GB"
[[nodiscard]] std::string NoTextsIn(std::string_view tag);

}  // namespace daybook::cli
