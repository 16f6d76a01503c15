// The catalogue: every text that a person sees, for one language. Lines of `key = text`; plural
// forms after CLDR; names of months and days, since a static program has no locale data. Values are
// plain text, never HTML.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "templates/embedded.h"
#include "templates/key_types.h"

namespace daybook::templates {

// A moment in the journal's own zone, taken apart. weekday: 0 is Sunday; month: 1 to 12.
struct DateParts {
  int year = 1970;
  int month = 1;
  int day = 1;
  int weekday = 4;
  int hour = 0;
  int minute = 0;
};

class Words {
 public:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  using TextMap = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;
  using Args = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // The embedded catalogue: English below, then the language ("de"), then the region ("en-GB"),
  // then `extra` (the theme's own lines, later ones win). A language that is not there is English.
  // Throws ConfigError on a line of `extra` that cannot be read.
  // `order`: "mdy", "dmy" or "ymd" in place of the language's own order of a date's parts.
  explicit Words(std::string_view language, std::string_view extra = {},
                 std::string_view order = {});

  const std::string& language() const { return language_; }  // as asked, "en-GB": for <html lang>

  const std::string& Get(WordKey key) const { return Find(key.name); }
  // The text with {name} replaced; what is not given stays.
  std::string Format(WordKey key, Args args) const;
  // The form for n, with {n} replaced by Number(n).
  std::string Plural(PluralKey key, int64_t n, Args args = {}) const;
  std::string Number(int64_t n) const;  // 1,234

  const std::string& Month(int month) const;       // March
  const std::string& MonthShort(int month) const;  // Mar
  const std::string& Day(int weekday) const;       // Monday
  std::string DayOfMonth(int day) const;           // 19, 19., 1er
  std::string Date(const DateParts&) const;        // March 19, 2007
  std::string MonthYear(int year, int month) const;
  // hours12: 1 yes, 0 no, -1 as the language has it. 9:40 PM, 21:40
  std::string Time(const DateParts&, int hours12 = -1) const;
  std::string DateTime(const DateParts&, int hours12 = -1) const;  // March 19, 2007 at 9:40 PM
  // The same for whoever has Date(parts) already.
  std::string DateTime(const std::string& date, const DateParts&, int hours12) const;

  // For the loader of templates: nullptr where there is no such text.
  const std::string* Lookup(std::string_view key) const;
  std::vector<std::string> Keys() const;

 private:
  const std::string& Find(std::string_view key) const;
  std::string_view Embedded(const EmbeddedCatalogue& catalogue, std::string_view key) const;
  void Unpack(const EmbeddedCatalogue& catalogue);
  void UnpackOwners() const;

  std::string language_;
  std::string plural_language_;
  std::vector<const EmbeddedCatalogue*> catalogues_;  // the nearest first
  // The block of a language beside English, and where each text in it begins, in the order of
  // English's keys.
  std::string block_;
  std::vector<uint32_t> starts_;
  // What the theme says, and every text that was asked for: a CGI run needs a few of a thousand.
  mutable TextMap texts_;
  mutable bool has_owners_ = false;  // the owner's texts are among them
};

// Lines of a theme's words.txt that replace nothing: "line 3: “comnent.check”".
std::vector<std::string> UnknownWords(std::string_view extra);

// Replaces each {name} of args in text.
std::string Fill(std::string_view text, Words::Args args);

}  // namespace daybook::templates
