// Text to HTML and back: escaping, and the plain text of a piece of HTML.
// What may stand in a page unescaped is decided in sanitize.h.
#pragma once

#include <string>
#include <string_view>

namespace daybook::text {

// & < > " and ' become references: the result may stand between tags and in quoted attributes.
[[nodiscard]] std::string EscapeHtml(std::string_view text);
void AppendEscaped(std::string_view text, std::string& out);
// Only & < and >: for text between tags, where quotes read better as they are.
void AppendEscapedText(std::string_view text, std::string& out);

// The words of `html` for search, excerpts, mail and feeds: no tags, entities decoded, white space
// collapsed, a line feed where a block or <br> ends a line, a space between table cells. Content of
// script, style and the like is left out. Neither begins nor ends with white space. Linear.
[[nodiscard]] std::string PlainText(std::string_view html);

}  // namespace daybook::text
