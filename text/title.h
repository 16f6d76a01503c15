// How a title looks where it is a headline. Never for storing, addresses, lists, feeds, mail,
// search or exports.
#pragma once

#include <string>
#include <string_view>

namespace daybook::text {

// The last ordinary space between two words becomes U+00A0, so that no word is left alone on a
// line, unless the last two words are longer than a line of a narrow screen. Plain text in, plain
// text out. A title of one word, and spaces at either end, stay as they are.
[[nodiscard]] std::string TypographicTitle(std::string_view title);

}  // namespace daybook::text
