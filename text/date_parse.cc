// Reading the dates of headers, feeds and export files. Strict about ranges: 30 February is no
// date.
#include <algorithm>

#include "text/dates.h"

namespace daybook::text {
namespace {

constexpr std::string_view kMonthNames = "janfebmaraprmayjunjulaugsepoctnovdec";

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlpha(char c) { return Lower(c) >= 'a' && Lower(c) <= 'z'; }

// Reads from the front; every reader says whether it got what it wants and then has moved on.
class Reader {
 public:
  explicit Reader(std::string_view s) : rest_(s.substr(0, 100)) {
    SkipSpace();
    while (!rest_.empty() && IsSpace(rest_.back())) rest_.remove_suffix(1);
  }

  bool AtEnd() const { return rest_.empty(); }
  char Peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool SkipSpace() {
    const size_t before = rest_.size();
    while (!rest_.empty() && IsSpace(rest_.front())) rest_.remove_prefix(1);
    return rest_.size() != before;
  }
  bool Literal(char c) {
    if (Peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool Number(int& out, size_t min_digits, size_t max_digits) {
    size_t n = 0;
    int value = 0;
    for (; n < rest_.size() && n < max_digits && IsDigit(rest_[n]); ++n)
      value = value * 10 + (rest_[n] - '0');
    if (n < min_digits) return false;
    rest_.remove_prefix(n);
    out = value;
    return true;
  }
  std::string Word() {
    std::string word;
    while (!rest_.empty() && IsAlpha(rest_.front())) {
      word.push_back(Lower(rest_.front()));
      rest_.remove_prefix(1);
    }
    return word;
  }
  bool Month(int& out) {
    const std::string word = Word().substr(0, 3);
    const size_t at = word.size() == 3 ? kMonthNames.find(word) : std::string_view::npos;
    if (at == std::string_view::npos || at % 3 != 0) return false;
    out = static_cast<int>(at / 3) + 1;
    return true;
  }
  // hh:mm[:ss[.fraction]]
  bool Clock(LocalTime& t, bool seconds_needed) {
    if (!Number(t.hour, 1, 2) || !Literal(':') || !Number(t.minute, 2, 2)) return false;
    if (!Literal(':')) return !seconds_needed;
    if (!Number(t.second, 2, 2)) return false;
    if (Peek() == '.' || Peek() == ',') {
      Literal(Peek());
      int fraction = 0;
      if (!Number(fraction, 1, 9)) return false;
    }
    return true;
  }
  // +hh:mm, +hhmm, +hh
  bool Offset(int& out) {
    const bool west = Peek() == '-';
    if (!Literal('+') && !Literal('-')) return false;
    int hours = 0;
    int minutes = 0;
    if (!Number(hours, 2, 2)) return false;
    const bool colon = Literal(':');
    if (!Number(minutes, 2, 2) && (colon || !AtEnd())) return false;
    if (hours > 23 || minutes > 59) return false;
    out = (hours * 60 + minutes) * (west ? -60 : 60);
    return true;
  }

 private:
  static bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
  std::string_view rest_;
};

// Checks the ranges and computes the weekday. A leap second is read as the one before it.
std::optional<LocalTime> Checked(LocalTime t) {
  if (!IsRealDate(t.year, t.month, t.day) || t.hour > 23 || t.minute > 59 || t.second > 60)
    return std::nullopt;
  t.second = std::min(t.second, 59);
  t.weekday = Weekday(t.year, t.month, t.day);
  return t;
}

// Years of two digits: RFC 2822, 4.3.
int FullYear(int year) { return year < 50 ? year + 2000 : year < 1000 ? year + 1900 : year; }

std::optional<int> NamedZone(const std::string& name) {
  struct Zone {
    std::string_view name;
    int hours;
  };
  constexpr std::array<Zone, 12> kZones = {{{"gmt", 0},
                                            {"ut", 0},
                                            {"utc", 0},
                                            {"z", 0},
                                            {"est", -5},
                                            {"edt", -4},
                                            {"cst", -6},
                                            {"cdt", -5},
                                            {"mst", -7},
                                            {"mdt", -6},
                                            {"pst", -8},
                                            {"pdt", -7}}};
  for (const Zone& zone : kZones)
    if (zone.name == name) return zone.hours * 3600;
  return std::nullopt;
}

std::optional<int64_t> Moment(const LocalTime& fields, int offset_s) {
  const std::optional<LocalTime> t = Checked(fields);
  if (!t) return std::nullopt;
  return FromOffset(*t, offset_s);
}

// "Mon Mar 19 07:15:00 2007", after the weekday.
std::optional<int64_t> ParseAsctime(Reader in) {
  LocalTime t;
  in.SkipSpace();
  if (!in.Month(t.month) || !in.SkipSpace() || !in.Number(t.day, 1, 2) || !in.SkipSpace() ||
      !in.Clock(t, true) || !in.SkipSpace() || !in.Number(t.year, 4, 4) || !in.AtEnd() ||
      t.year < 1000)  // no such date can be written in the other forms
    return std::nullopt;
  return Moment(t, 0);
}

// Day, month, year and time with blanks or hyphens between; `offset_s` is 0 where the zone is GMT.
bool ReadDayFirst(Reader& in, LocalTime& t) {
  const auto between = [&] { return in.Literal('-') || in.SkipSpace(); };
  if (!in.Number(t.day, 1, 2) || !between() || !in.Month(t.month) || !between() ||
      !in.Number(t.year, 2, 4) || !in.SkipSpace())
    return false;
  t.year = FullYear(t.year);
  return in.Clock(t, false);
}

}  // namespace

std::optional<int64_t> ParseHttpDate(std::string_view s) {
  Reader in(s);
  const std::string weekday = in.Word();
  if (weekday.size() < 3) return std::nullopt;
  if (!in.Literal(',')) return ParseAsctime(in);
  in.SkipSpace();
  LocalTime t;
  if (!ReadDayFirst(in, t) || !in.SkipSpace() || in.Word() != "gmt" || !in.AtEnd())
    return std::nullopt;
  return Moment(t, 0);
}

std::optional<int64_t> ParseRfc822Date(std::string_view s) {
  Reader in(s);
  if (!in.Word().empty()) in.Literal(',');
  in.SkipSpace();
  LocalTime t;
  if (!ReadDayFirst(in, t)) return std::nullopt;
  in.SkipSpace();
  int offset = 0;
  if (in.Peek() == '+' || in.Peek() == '-') {
    if (!in.Offset(offset)) return std::nullopt;
  } else if (!in.AtEnd()) {
    const std::optional<int> named = NamedZone(in.Word());
    if (!named || !in.AtEnd()) return std::nullopt;
    offset = *named;
  }
  return Moment(t, offset);
}

std::optional<LocalTime> ParseSqlDate(std::string_view s) {
  Reader in(s);
  LocalTime t;
  if (!in.Number(t.year, 4, 4) || !in.Literal('-') || !in.Number(t.month, 2, 2) ||
      !in.Literal('-') || !in.Number(t.day, 2, 2))
    return std::nullopt;
  if (!in.AtEnd() && (!in.SkipSpace() || !in.Clock(t, false) || !in.AtEnd())) return std::nullopt;
  return Checked(t);
}

std::optional<LocalTime> ParseMovableTypeDate(std::string_view s) {
  Reader in(s);
  LocalTime t;
  const char between = s.size() > 4 && (s[4] == '-' || s[4] == '/') ? s[4] : '\0';
  if (between != '\0' && s.find_first_not_of("0123456789") == 4) {
    if (!in.Number(t.year, 4, 4) || !in.Literal(between) || !in.Number(t.month, 1, 2) ||
        !in.Literal(between) || !in.Number(t.day, 1, 2))
      return std::nullopt;
  } else {
    if (!in.Number(t.month, 1, 2) || !in.Literal('/') || !in.Number(t.day, 1, 2) ||
        !in.Literal('/') || !in.Number(t.year, 2, 4))
      return std::nullopt;
    t.year = FullYear(t.year);
  }
  if (in.AtEnd()) return Checked(t);
  if (!in.SkipSpace() || !in.Clock(t, false)) return std::nullopt;
  in.SkipSpace();
  if (!in.AtEnd()) {
    const std::string half = in.Word();
    // "13:00 PM" is found in real files and can only mean 13 h.
    if ((half != "am" && half != "pm") || !in.AtEnd()) return std::nullopt;
    if (half == "am" && t.hour == 12) t.hour = 0;
    if (half == "pm" && t.hour < 12) t.hour += 12;
  }
  return Checked(t);
}

std::optional<IsoDate> ParseIsoDate(std::string_view s) {
  Reader in(s);
  IsoDate out;
  LocalTime& t = out.local;
  if (!in.Number(t.year, 4, 4) || !in.Literal('-') || !in.Number(t.month, 2, 2) ||
      !in.Literal('-') || !in.Number(t.day, 2, 2))
    return std::nullopt;
  if (!in.AtEnd()) {
    if (!in.Literal('T') && !in.Literal('t') && !in.SkipSpace()) return std::nullopt;
    if (!in.Clock(t, false)) return std::nullopt;
    in.SkipSpace();
    int offset = 0;
    if (in.Literal('Z') || in.Literal('z')) {
      out.offset_s = 0;
    } else if (!in.AtEnd()) {
      if (!in.Offset(offset)) return std::nullopt;
      out.offset_s = offset;
    }
    if (!in.AtEnd()) return std::nullopt;
  }
  const std::optional<LocalTime> checked = Checked(t);
  if (!checked) return std::nullopt;
  t = *checked;
  return out;
}

}  // namespace daybook::text
