// Finds bare web addresses in text: http://, https:// and www.
// Text only: where tags begin and end is known to sanitize.h, which calls this between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::text {

struct FoundLink {
  size_t begin = 0;  // bytes in the text
  size_t end = 0;
  std::string href;  // checked by CleanUrl; www. gets https://
};

// The addresses in `text` (UTF-8, character references already decoded), in order, not overlapping.
// An address ends at white space, a control character, < > or "; then . , ; : ! ? ' " ’ ” » … are
// stripped from its end, and ) or ] while the address holds more of them than of ( or [. It begins
// where no letter or digit stands before it. Linear.
[[nodiscard]] std::vector<FoundLink> FindLinks(std::string_view text);

// `text` escaped for HTML with its addresses as links; `rel` may be empty.
void AppendLinkified(std::string_view text, std::string_view rel, std::string& out);

// `html`, which the sanitiser made, with the addresses in its text as links, except in a, code and
// pre. An address is found whole in one piece of text only, never across a tag. Applying it twice
// changes nothing.
[[nodiscard]] std::string LinkifyHtml(std::string_view html, std::string_view rel);

}  // namespace daybook::text
