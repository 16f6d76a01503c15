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

// A typographic title in front of its last two words, and these: they go to the next line together,
// and are parted only where a line is too short for both, never within a word.
struct Headline {
  std::string_view start;  // with the space behind it; the whole title where there is no pair
  std::string_view last_but_one, last;
};
// Views of `title`, which must outlive it.
[[nodiscard]] Headline SplitHeadline(std::string_view title);

}  // namespace daybook::text
