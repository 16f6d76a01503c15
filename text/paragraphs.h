// Paragraphs for bodies that were stored without <p>, as WordPress and Movable Type store them.
// Works in one pass over tags and text and repairs nothing: the sanitiser follows.
#pragma once

#include <string>
#include <string_view>

namespace daybook::text {

// As WordPress shows a body: a blank line begins a paragraph, one newline is <br>, at the top, in
// quotations, and (where it has blank lines) inside div, li, td and the like. Tags of blocks stand
// outside of paragraphs; lists, tables and figures get nothing between their parts; headings, pre,
// script, style, textarea, iframe and media stay untouched. <!--more--> and <!--nextpage--> stand
// alone. A body of block comments ("<!-- wp:") has its paragraphs already and comes back unchanged.
[[nodiscard]] std::string AddParagraphs(std::string_view body);

// As Movable Type's "convert breaks": the same at the top, but what is inside a block is left
// alone.
[[nodiscard]] std::string ConvertBreaks(std::string_view body);

}  // namespace daybook::text
