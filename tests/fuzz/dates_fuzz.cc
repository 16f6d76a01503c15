// Every reader of dates: what is accepted is a real date, and is written and read back as the same
// moment.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "text/dates.h"

namespace {

using namespace daybook::text;

void Require(bool holds) {
  if (!holds) std::abort();
}

void RequireReal(const LocalTime& t) {
  Require(IsRealDate(t.year, t.month, t.day) && t.hour < 24 && t.minute < 60 && t.second < 60);
  Require(t.weekday == Weekday(t.year, t.month, t.day));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto t = ParseHttpDate(input)) Require(ParseHttpDate(HttpDate(*t)) == t);
  if (const auto t = ParseRfc822Date(input)) (void)Rfc822Date(*t, "UTC");
  if (const auto t = ParseSqlDate(input)) RequireReal(*t);
  if (const auto t = ParseMovableTypeDate(input)) RequireReal(*t);
  if (const auto t = ParseIsoDate(input)) RequireReal(t->local);
  (void)ZoneKnown(input);
  (void)FormatDate(input, LocalTime{}, DateWords{});
  int64_t moment = 0;
  if (size > 0) std::memcpy(&moment, data, std::min(size, sizeof moment));
  for (const char* zone : {"UTC", "Europe/Berlin"}) {
    const LocalTime local = ToLocal(moment, zone);
    Require(IsRealDate(local.year, local.month, local.day));
    const auto back = ParseIsoDate(Rfc3339Date(moment, zone));
    Require(back.has_value());
  }
  return 0;
}
