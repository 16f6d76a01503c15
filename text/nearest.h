// Which of some names somebody meant who typed another. It knows no keyboard and no sounds.
#pragma once

#include <span>
#include <string_view>

namespace daybook::text {

// The one with the fewest single-letter changes, three at most; empty where none is near.
[[nodiscard]] std::string_view Nearest(std::string_view typed,
                                       std::span<const std::string_view> names);

}  // namespace daybook::text
