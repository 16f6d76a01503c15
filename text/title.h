// How a title looks where it is a headline. Never for storing, addresses, lists, feeds, mail,
// search or exports.
#pragma once

#include <string>
#include <string_view>

namespace daybook::text {

// The last ordinary space between two words becomes U+00A0, so that no word is left alone on a
// line. Plain text in, plain text out. A title of one word, and spaces at either end, stay as they
// are.
[[nodiscard]] std::string TypographicTitle(std::string_view title);

// Where a typographic title may be broken after its U+00A0 all the same, because its last two words
// do not fit on one line of a telephone and would be broken within a word.
struct Headline {
  std::string_view start;
  std::string_view end;  // what follows the U+00A0; empty where the two words are short
};
// Views of `title`, which must outlive it.
[[nodiscard]] Headline SplitHeadline(std::string_view title);

}  // namespace daybook::text
