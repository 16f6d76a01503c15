// The calendar and the zones. Formats: date_formats.cc; reading dates: date_parse.cc.
#include "text/dates.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace daybook::text {
namespace {

constexpr int64_t kDay = 86400;
constexpr int64_t kFirst = -62135596800;  // 0001-01-01 00:00:00 UTC
constexpr int64_t kLast = 253402300799;   // 9999-12-31 23:59:59 UTC
constexpr std::string_view kZoneFolder = "/usr/share/zoneinfo/";

// Days from 1970-01-01, by counting in years that begin in March and eras of 400 of them.
int64_t DaysFromCivil(int64_t year, int64_t month, int64_t day) {
  if (month <= 2) --year;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

int64_t FloorDiv(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

LocalTime FromSeconds(int64_t seconds, int offset_s) {
  seconds = std::clamp(seconds + offset_s, kFirst, kLast);
  const int64_t days = FloorDiv(seconds, kDay);
  const auto in_day = static_cast<int>(seconds - days * kDay);
  const int64_t shifted = days + 719468;
  const int64_t era = FloorDiv(shifted, 146097);
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t march_month = (5 * day_of_year + 2) / 153;
  LocalTime t;
  t.day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  t.month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  t.year = static_cast<int>(year_of_era + era * 400 + (t.month <= 2 ? 1 : 0));
  t.hour = in_day / 3600;
  t.minute = in_day / 60 % 60;
  t.second = in_day % 60;
  t.weekday = static_cast<int>(((days + 4) % 7 + 7) % 7);
  t.offset_s = offset_s;
  return t;
}

int64_t ToSeconds(const LocalTime& t) {
  return DaysFromCivil(t.year, t.month, t.day) * kDay + t.hour * int64_t{3600} +
         t.minute * int64_t{60} + t.second;
}

bool IsUtc(std::string_view zone) { return zone.empty() || zone == "UTC" || zone == "Etc/UTC"; }

// Makes `zone` the C library's. The name is kept because the library's own state is one per process
// anyway, and a switch reads a file. False: no such zone.
bool UseZone(std::string_view zone) {
  static std::string current;
  static bool known = false;
  if (zone == current) return known;
  current = zone;
  known = ZoneKnown(zone);
  if (known) {
    setenv("TZ", (":" + current).c_str(), 1);
    tzset();
  }
  return known;
}

int OffsetAt(int64_t unix_s, std::string_view zone) {
  if (IsUtc(zone) || !UseZone(zone)) return 0;
  const time_t moment = static_cast<time_t>(std::clamp(unix_s, kFirst, kLast));
  tm out{};
  return localtime_r(&moment, &out) == nullptr ? 0 : static_cast<int>(out.tm_gmtoff);
}

bool IsZoneFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return false;
  struct stat info;
  char magic[4];
  const bool good = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
                    read(fd, magic, sizeof magic) == sizeof magic &&
                    std::memcmp(magic, "TZif", sizeof magic) == 0;
  close(fd);
  return good;
}

}  // namespace

bool ZoneKnown(std::string_view zone) {
  if (zone == "UTC") return true;
  if (zone.empty() || zone.size() > 64 || zone.starts_with("right/") || zone.starts_with("posix/"))
    return false;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '+' || c == '-' || c == '/';
  };
  // No dot is allowed, so no path can climb; no leading or double slash either.
  if (!std::all_of(zone.begin(), zone.end(), allowed) || zone.front() == '/' ||
      zone.back() == '/' || zone.find("//") != std::string_view::npos)
    return false;
  return IsZoneFile(std::string(kZoneFolder).append(zone));
}

LocalTime ToLocal(int64_t unix_s, std::string_view zone) {
  unix_s = std::clamp(unix_s, kFirst, kLast);
  return FromSeconds(unix_s, OffsetAt(unix_s, zone));
}

int64_t FromLocal(const LocalTime& local, std::string_view zone) {
  const int64_t as_utc = ToSeconds(local);
  // No zone changes twice within two days, so these are the offsets on both sides of a change.
  const int before = OffsetAt(as_utc - kDay, zone);
  const int after = OffsetAt(as_utc + kDay, zone);
  if (before != after) {
    const bool before_holds = OffsetAt(as_utc - before, zone) == before;
    const bool after_holds = OffsetAt(as_utc - after, zone) == after;
    if (after_holds && !before_holds) return as_utc - after;
    if (after_holds && before_holds) return as_utc - std::max(before, after);
  }
  return as_utc - before;
}

int64_t FromOffset(const LocalTime& local, int offset_s) { return ToSeconds(local) - offset_s; }

int Weekday(int year, int month, int day) {
  return static_cast<int>(((DaysFromCivil(year, month, day) + 4) % 7 + 7) % 7);
}

int DaysInMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

bool IsRealDate(int year, int month, int day) {
  return year >= 1 && year <= 9999 && day >= 1 && day <= DaysInMonth(year, month);
}

}  // namespace daybook::text
