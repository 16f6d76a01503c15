// Attribute value checks. See html_values.h.
#include "text/html_values.h"

#include <algorithm>
#include <array>

#include "text/html_clean.h"

namespace daybook::text {
namespace {

// Reads numbers and marks off the front of a date.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  // Exactly `digits` digits in [low, high].
  bool Number(size_t digits, int low, int high, int* value = nullptr) {
    if (rest_.size() < digits) return false;
    int number = 0;
    for (size_t i = 0; i < digits; ++i) {
      if (!IsAsciiDigit(rest_[i])) return false;
      number = number * 10 + (rest_[i] - '0');
    }
    if (number < low || number > high) return false;
    rest_.remove_prefix(digits);
    if (value != nullptr) *value = number;
    return true;
  }
  bool Mark(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool Done() const { return rest_.empty(); }

  bool Time() {
    if (!Number(2, 0, 23) || !Mark(':') || !Number(2, 0, 59)) return false;
    if (!Mark(':')) return true;
    if (!Number(2, 0, 59)) return false;
    if (!Mark('.')) return true;
    size_t digits = 0;
    while (digits < 3 && Number(1, 0, 9)) ++digits;
    return digits > 0;
  }
  bool Zone() {
    if (Mark('Z')) return true;
    if (!Mark('+') && !Mark('-')) return false;
    if (!Number(2, 0, 23)) return false;
    Mark(':');
    return Number(2, 0, 59);
  }

 private:
  std::string_view rest_;
};

int DaysIn(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

}  // namespace

std::optional<std::string> CleanNumber(std::string_view value, long low, long high) {
  value = TrimHtmlSpace(value);
  if (value.size() > 2 && EqualsIgnoringCase(value.substr(value.size() - 2), "px"))
    value.remove_suffix(2);
  const bool negative = value.starts_with('-');
  if (negative) value.remove_prefix(1);
  if (value.empty() || value.size() > 9 || !std::all_of(value.begin(), value.end(), IsAsciiDigit)) {
    return std::nullopt;
  }
  long number = 0;
  for (const char c : value) number = number * 10 + (c - '0');
  if (negative) number = -number;
  if (number < low || number > high) return std::nullopt;
  return std::to_string(number);
}

bool IsDatetime(std::string_view value, bool instant) {
  Reader clock(value);
  if (!instant && clock.Time() && clock.Done()) return true;
  Reader reader(value);
  int year = 0;
  int month = 0;
  if (!reader.Number(4, 1, 9999, &year)) return false;
  if (reader.Done()) return !instant;
  if (!reader.Mark('-') || !reader.Number(2, 1, 12, &month)) return false;
  if (reader.Done()) return !instant;
  if (!reader.Mark('-') || !reader.Number(2, 1, DaysIn(year, month))) return false;
  if (reader.Done()) return true;
  if (!reader.Mark('T') && !reader.Mark(' ')) return false;
  if (!reader.Time()) return false;
  if (reader.Done()) return !instant;
  return reader.Zone() && reader.Done();
}

bool IsLanguage(std::string_view value) {
  if (value.size() < 2 || value.size() > 35) return false;
  size_t part = 0;
  bool first = true;
  for (const char c : value) {
    if (c == '-') {
      if (part == 0 || (first && part < 2)) return false;
      part = 0;
      first = false;
      continue;
    }
    if (!(first ? IsAsciiLetter(c) : IsAsciiAlnum(c)) || ++part > (first ? 3u : 8u)) return false;
  }
  return part > (first ? 1u : 0u);
}

std::vector<std::string> CleanClasses(std::string_view value) {
  constexpr size_t kMost = 32;
  std::vector<std::string> out;
  for (size_t pos = 0; pos < value.size() && out.size() < kMost;) {
    while (pos < value.size() && IsHtmlSpace(value[pos])) ++pos;
    const size_t begin = pos;
    while (pos < value.size() && !IsHtmlSpace(value[pos])) ++pos;
    const std::string_view name = value.substr(begin, pos - begin);
    const bool safe = !name.empty() && name.size() <= 64 &&
                      std::all_of(name.begin(), name.end(),
                                  [](char c) { return IsAsciiAlnum(c) || c == '-' || c == '_'; });
    if (safe && std::find(out.begin(), out.end(), name) == out.end()) out.emplace_back(name);
  }
  return out;
}

bool IsIdentifier(std::string_view value) {
  return !value.empty() && value.size() <= 128 &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return IsAsciiAlnum(c) || c == '.' || c == '_' || c == ':' || c == '-' || c < 0;
         });
}

std::string StyleProperty(std::string_view style, std::string_view property) {
  for (size_t pos = 0; pos < style.size();) {
    const size_t end = std::min(style.find(';', pos), style.size());
    const std::string_view declaration = style.substr(pos, end - pos);
    const size_t colon = declaration.find(':');
    if (colon != std::string_view::npos &&
        EqualsIgnoringCase(TrimHtmlSpace(declaration.substr(0, colon)), property)) {
      return AsciiLower(TrimHtmlSpace(declaration.substr(colon + 1)));
    }
    pos = end + 1;
  }
  return {};
}

}  // namespace daybook::text
