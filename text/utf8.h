// UTF-8: checking, repairing, counting and cutting without ever splitting a sequence.
// It is not folding for search: the full-text index does that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::text {

inline constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code = kReplacement;
  size_t length = 0;  // bytes to step over: 0 only at the end of the text
  bool valid = false;
};

// Reads the code point at `at`. Surrogates, overlong forms, values past U+10FFFF and cut-off
// sequences are invalid; `length` is then the longest part no correct sequence could begin in.
[[nodiscard]] Decoded DecodeNext(std::string_view s, size_t at);
void AppendUtf8(std::string& out, char32_t code);  // an impossible code becomes U+FFFD

[[nodiscard]] bool IsUtf8(std::string_view s);
// Each maximal bad part becomes one U+FFFD; correct text comes back unchanged.
[[nodiscard]] std::string RepairUtf8(std::string_view s);
// An invalid part counts as one.
[[nodiscard]] size_t CountCodePoints(std::string_view s);
// The longest beginning of at most `n` code points.
[[nodiscard]] std::string_view CutCodePoints(std::string_view s, size_t n);
// The longest beginning of at most `n` bytes that splits no sequence.
[[nodiscard]] std::string_view CutBytes(std::string_view s, size_t n);

// Windows-1252, which is what files labelled ISO-8859-1 really hold; its five holes become U+FFFD.
[[nodiscard]] std::string Latin1ToUtf8(std::string_view s);
// UTF-8 stays as it is, anything else is taken for Windows-1252. For files of unknown origin.
[[nodiscard]] std::string ToUtf8(std::string_view s);

// U+061C, U+200E, U+200F, U+202A-E, U+2066-9: they can make text show in another order than it is
// in.
[[nodiscard]] bool IsBidiControl(char32_t code);
[[nodiscard]] std::string RemoveBidiControls(std::string_view s);
// C0 and C1 controls but tab and newline; NUL among them.
[[nodiscard]] std::string RemoveControls(std::string_view s);
// For a terminal or a report: every control (newline and tab only where `keep_lines`) and every
// bidi control is named, as in "U+202E"; a newline or tab that is not kept becomes a blank.
[[nodiscard]] std::string ShowControls(std::string_view s, bool keep_lines);
// White space of Unicode, no-break spaces included.
[[nodiscard]] bool IsSpace(char32_t code);
// Marks that belong to the letter before them, variation selectors and joiners.
[[nodiscard]] bool IsCombining(char32_t code);

}  // namespace daybook::text
