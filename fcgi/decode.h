// Percent- and form-decoding: what every byte from outside goes through first (text/utf8.h checks
// the rest).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::fcgi {

// RFC 3986 decoding; nullopt if a '%' is not followed by two hex digits.
std::optional<std::string> PercentDecode(std::string_view text);

// application/x-www-form-urlencoded decoding of one name or value: '+' is a space, a '%' that
// begins no escape stays as it is (as browsers do it).
std::string FormDecode(std::string_view text);

// No byte below 0x20 and no DEL.
bool HasNoControls(std::string_view text);

// Everything but unreserved characters, '/' and the sub-delims that a path may hold becomes %XX.
std::string EncodePath(std::string_view path);

// Calls `take(name, value)` with each pair of a query or form body, still encoded; split at '&'
// only. `take` returns false to stop.
template <typename Take>
void ForEachPair(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    if (!take(pair.substr(0, equals), value)) return;
  }
}

}  // namespace daybook::fcgi
