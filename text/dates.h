// Moments and calendars: Unix seconds to a journal's local time and back, and every date format of
// feeds, headers and imports. It is not the clock (a seam of journal/), and it knows no language:
// names of days and months come in from the catalogue.
//
// Zones are names of /usr/share/zoneinfo ("Europe/Berlin"). The C library knows one zone at a time;
// a switch costs some 15 µs, so the last one is remembered: ask for one zone's dates together. Not
// for use in several threads. Moments outside the years 1 to 9999 are taken for the nearest one
// inside.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::text {

struct LocalTime {
  int year = 1970;
  int month = 1;  // 1-12
  int day = 1;    // 1-31
  int hour = 0;   // 0-23
  int minute = 0;
  int second = 0;
  int weekday = 4;   // 0 is Sunday
  int offset_s = 0;  // east of UTC; only ToLocal fills it
  friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

// A safe name of an existing zone file (or "UTC", which needs none).
[[nodiscard]] bool ZoneKnown(std::string_view zone);
// An unknown zone is read as UTC.
[[nodiscard]] LocalTime ToLocal(int64_t unix_s, std::string_view zone);
// The moment at which clocks in the zone show this. Shown twice (clocks went back): the earlier
// one. Never shown (clocks went forward): as if they had not been changed yet, so 02:30 becomes
// 03:30. Fields past their range are carried (day 32, second 60); weekday and offset_s are not
// looked at.
[[nodiscard]] int64_t FromLocal(const LocalTime& local, std::string_view zone);
// The same for a time whose distance from UTC is known.
[[nodiscard]] int64_t FromOffset(const LocalTime& local, int offset_s);

[[nodiscard]] int Weekday(int year, int month, int day);  // 0 is Sunday
[[nodiscard]] int DaysInMonth(int year, int month);
[[nodiscard]] bool IsRealDate(int year, int month, int day);  // years 1-9999

// "Mon, 19 Mar 2007 08:15:00 +0100" (RFC 822 as RSS wants it).
[[nodiscard]] std::string Rfc822Date(int64_t unix_s, std::string_view zone);
// "2007-03-19T08:15:00+01:00", "…Z" in UTC (RFC 3339; Atom, JSON Feed, datetime).
[[nodiscard]] std::string Rfc3339Date(int64_t unix_s, std::string_view zone);
// "Mon, 19 Mar 2007 07:15:00 GMT" (RFC 9110).
[[nodiscard]] std::string HttpDate(int64_t unix_s);

// All three forms of RFC 9110, 5.6.7.
[[nodiscard]] std::optional<int64_t> ParseHttpDate(std::string_view s);
// RFC 822 and 2822 as feeds have it: weekday and seconds optional, named zones or numbers.
[[nodiscard]] std::optional<int64_t> ParseRfc822Date(std::string_view s);
// "2010-05-03 08:15:00" (WXR; whether it is UTC, the field's name says). Zeros are no date.
[[nodiscard]] std::optional<LocalTime> ParseSqlDate(std::string_view s);
// "MM/DD/YYYY hh:mm:ss [AM|PM]" (Movable Type; 12 AM is 0 h). Other programs that write the format
// put the year first, with / or -.
[[nodiscard]] std::optional<LocalTime> ParseMovableTypeDate(std::string_view s);

struct IsoDate {
  LocalTime local;
  std::optional<int> offset_s;  // missing: the text names no zone
};
// ISO 8601: "2007-03-19", then optionally 'T' or a space, "08:15[:00[.5]]", and 'Z' or "+01:00".
[[nodiscard]] std::optional<IsoDate> ParseIsoDate(std::string_view s);

struct DateWords {
  std::array<std::string, 7> weekdays;  // Sunday first
  std::array<std::string, 7> weekdays_short;
  std::array<std::string, 12> months;
  std::array<std::string, 12> months_short;
  std::string am;
  std::string pm;
};
// Fills a pattern of the catalogue: {weekday} {weekday_short} {day} {day2} {month} {month_short}
// {month_number} {month2} {year} {hour24} (two digits) {hour} {hour12} {minute} {second} {ampm}
// {offset}. "2" is two digits, the others are not padded. What is none of these stays as it stands.
[[nodiscard]] std::string FormatDate(std::string_view pattern, const LocalTime& time,
                                     const DateWords& words);

}  // namespace daybook::text
