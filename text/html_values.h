// Checks of attribute values other than addresses: numbers, dates, languages, classes, styles.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::text {

// A whole number in [low, high], as `12` or (pixels) `12px`, spelt without leading zeros.
[[nodiscard]] std::optional<std::string> CleanNumber(std::string_view value, long low, long high);
// What <time datetime> admits of dates and times; `instant`: only a date, or date, time and zone.
[[nodiscard]] bool IsDatetime(std::string_view value, bool instant);
// A language tag's form (BCP 47), not its registration.
[[nodiscard]] bool IsLanguage(std::string_view value);
// Names made of letters, digits, - and _, each once, at most 32.
[[nodiscard]] std::vector<std::string> CleanClasses(std::string_view value);
// Letters, digits, . _ : - and anything beyond ASCII, 1 to 128 bytes.
[[nodiscard]] bool IsIdentifier(std::string_view value);
// The value of one property of a style attribute, lower case; empty where it is missing.
[[nodiscard]] std::string StyleProperty(std::string_view style, std::string_view property);

}  // namespace daybook::text
