// Makes foreign bytes fit to stand in an HTML page at all: UTF-8, line feeds, no control
// characters. It knows no markup; that is html_tokenizer.h and sanitize.h.
#pragma once

#include <string>
#include <string_view>

namespace daybook::text {

// What becomes of the characters that turn the direction of writing (Unicode property
// Bidi_Control): a stranger can make a line lie with them, an author needs them.
enum class BidiControls { kKeep, kRemove };

// Valid UTF-8: each bad byte becomes U+FFFD, CR LF and CR become LF, form feed a space; other
// control characters and noncharacters vanish. Linear.
[[nodiscard]] std::string CleanSource(std::string_view bytes, BidiControls bidi);

// Whether `c` may stand in a page (U+0009, U+000A and everything printable).
[[nodiscard]] bool IsPageCharacter(char32_t c, BidiControls bidi);

// Appends `c`, which must be a Unicode scalar value.
void AppendUtf8(char32_t c, std::string& out);

// HTML's white space: space, tab, line feed, form feed, carriage return.
constexpr bool IsHtmlSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
constexpr bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsAsciiAlnum(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c); }
constexpr char AsciiLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
[[nodiscard]] std::string AsciiLower(std::string_view text);
// `lower` must be lower case already.
[[nodiscard]] bool EqualsIgnoringCase(std::string_view text, std::string_view lower);
[[nodiscard]] std::string_view TrimHtmlSpace(std::string_view text);

}  // namespace daybook::text
