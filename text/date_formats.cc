// Dates written out: for machines in their fixed forms, for people by a pattern.
#include <cstdio>

#include "text/dates.h"

namespace daybook::text {
namespace {

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

size_t Index(int value, size_t size) { return static_cast<size_t>(value) % size; }

std::string Two(int number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string Four(int number) { return Two(number / 100) + Two(number % 100); }

// The formats of machines have whole minutes; the local mean times of old zones have not.
LocalTime InWholeMinutes(int64_t unix_s, std::string_view zone) {
  const LocalTime local = ToLocal(unix_s, zone);
  return local.offset_s % 60 == 0 ? local : ToLocal(unix_s, "UTC");
}

std::string Offset(int offset_s, const char* between) {
  const int minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
  return (offset_s < 0 ? "-" : "+") + Two(minutes / 60) + between + Two(minutes % 60);
}

std::string DayMonthYear(const LocalTime& t) {
  return std::string(kDays[Index(t.weekday, 7)]) + ", " + Two(t.day) + " " +
         kMonths[Index(t.month - 1, 12)] + " " + Four(t.year);
}

std::string Clock(const LocalTime& t) {
  return Two(t.hour) + ":" + Two(t.minute) + ":" + Two(t.second);
}

bool AppendField(std::string& out, std::string_view name, const LocalTime& t,
                 const DateWords& words) {
  const size_t weekday = Index(t.weekday, 7);
  const size_t month = Index(t.month - 1, 12);
  if (name == "weekday") return out += words.weekdays[weekday], true;
  if (name == "weekday_short") return out += words.weekdays_short[weekday], true;
  if (name == "day") return out += std::to_string(t.day), true;
  if (name == "day2") return out += Two(t.day), true;
  if (name == "month") return out += words.months[month], true;
  if (name == "month_short") return out += words.months_short[month], true;
  if (name == "month_number") return out += std::to_string(t.month), true;
  if (name == "month2") return out += Two(t.month), true;
  if (name == "year") return out += std::to_string(t.year), true;
  if (name == "hour") return out += std::to_string(t.hour), true;
  if (name == "hour24") return out += Two(t.hour), true;
  if (name == "hour12") return out += std::to_string(t.hour % 12 == 0 ? 12 : t.hour % 12), true;
  if (name == "minute") return out += Two(t.minute), true;
  if (name == "second") return out += Two(t.second), true;
  if (name == "ampm") return out += t.hour < 12 ? words.am : words.pm, true;
  if (name == "offset") return out += Offset(t.offset_s, ":"), true;
  return false;
}

}  // namespace

std::string Rfc822Date(int64_t unix_s, std::string_view zone) {
  const LocalTime t = InWholeMinutes(unix_s, zone);
  return DayMonthYear(t) + " " + Clock(t) + " " + Offset(t.offset_s, "");
}

std::string Rfc3339Date(int64_t unix_s, std::string_view zone) {
  const LocalTime t = InWholeMinutes(unix_s, zone);
  // Stands beside every comment: written in one piece.
  std::string date = "0000-00-00T00:00:00Z";
  const auto put = [&date](std::size_t at, int number) {
    date[at] = static_cast<char>('0' + number / 10 % 10);
    date[at + 1] = static_cast<char>('0' + number % 10);
  };
  put(0, t.year / 100);
  put(2, t.year % 100);
  put(5, t.month);
  put(8, t.day);
  put(11, t.hour);
  put(14, t.minute);
  put(17, t.second);
  if (t.offset_s != 0) date.replace(19, 1, Offset(t.offset_s, ":"));
  return date;
}

std::string HttpDate(int64_t unix_s) {
  const LocalTime t = ToLocal(unix_s, "UTC");
  return DayMonthYear(t) + " " + Clock(t) + " GMT";
}

std::string FormatDate(std::string_view pattern, const LocalTime& time, const DateWords& words) {
  std::string out;
  out.reserve(pattern.size() + 16);
  while (!pattern.empty()) {
    const size_t open = pattern.find('{');
    out.append(pattern.substr(0, open));
    if (open == std::string_view::npos) break;
    pattern.remove_prefix(open);
    const size_t close = pattern.find('}');
    if (close == std::string_view::npos) return out.append(pattern);
    if (AppendField(out, pattern.substr(1, close - 1), time, words)) {
      pattern.remove_prefix(close + 1);
    } else {
      out.push_back('{');
      pattern.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace daybook::text
