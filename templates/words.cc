// The catalogue in memory, plural forms, and dates and numbers put together from it.
#include "templates/words.h"

#include <algorithm>
#include <set>

#include "templates/embedded.h"
#include "text/config_error.h"
#include "text/inflate.h"

namespace daybook::templates {
namespace {

constexpr std::string_view kOwners = "admin.";
constexpr std::string_view kThemeWords = "words.txt of the theme";

std::string_view Trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r'))
    s.remove_suffix(1);
  return s;
}

// `take(line, key, text)` for each text.
template <typename Take>
void ForEachLine(std::string_view source, std::string_view where, Take&& take) {
  int number = 0;
  while (!source.empty()) {
    const size_t end = std::min(source.find('\n'), source.size());
    const std::string_view line = Trim(source.substr(0, end));
    source.remove_prefix(std::min(end + 1, source.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const size_t equals = line.find('=');
    const std::string_view key = Trim(line.substr(0, std::min(equals, line.size())));
    if (equals == std::string_view::npos || key.empty()) {
      throw text::ConfigError(std::string(where) + ", line " + std::to_string(number) +
                              ": expected \"key = text\"");
    }
    take(number, key, Trim(line.substr(equals + 1)));
  }
}

const EmbeddedCatalogue* CatalogueOf(std::string_view language) {
  for (const EmbeddedCatalogue& catalogue : EmbeddedWords()) {
    if (catalogue.language == language) return &catalogue;
  }
  return nullptr;
}

// nullptr: there is no such text.
const EmbeddedWord* InTable(std::span<const EmbeddedWord> table, std::string_view key) {
  const auto found = std::lower_bound(
      table.begin(), table.end(), key,
      [](const EmbeddedWord& word, std::string_view wanted) { return word.key < wanted; });
  return found != table.end() && found->key == key ? &*found : nullptr;
}

// Takes what is before the next 0 off.
std::string_view NextText(std::string_view& rest) {
  const std::string_view piece = rest.substr(0, rest.find('\0'));
  rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
  return piece;
}

// CLDR's cardinal rules for whole numbers.
std::string_view PluralForm(std::string_view language, int64_t n) {
  const int64_t count = n < 0 ? -n : n;
  if ((language == "fr" || language == "es") && count != 0 && count % 1000000 == 0) return "many";
  if (language == "fr") return count <= 1 ? "one" : "other";
  return count == 1 ? "one" : "other";  // en, de, es
}

}  // namespace

Words::Words(std::string_view language, std::string_view extra, std::string_view order)
    : language_(language), plural_language_(language.substr(0, language.find('-'))) {
  for (const std::string_view name :
       {std::string_view(language_), std::string_view(plural_language_), std::string_view("en")}) {
    const EmbeddedCatalogue* catalogue = CatalogueOf(name);
    if (catalogue &&
        std::find(catalogues_.begin(), catalogues_.end(), catalogue) == catalogues_.end())
      catalogues_.push_back(catalogue);
  }
  for (const EmbeddedCatalogue* catalogue : catalogues_) {
    if (catalogue->words.empty()) Unpack(*catalogue);
  }
  if (!order.empty()) {
    for (const std::string stem : {"date.leaf", "date.long", "date.month_year"}) {
      const std::string* text = Lookup(stem + "." + std::string(order));
      if (text != nullptr) texts_.insert_or_assign(stem, std::string(*text));
    }
  }
  ForEachLine(extra, kThemeWords, [&](int, std::string_view key, std::string_view text) {
    texts_.insert_or_assign(std::string(key), std::string(text));
  });
}

std::vector<std::string> UnknownWords(std::string_view extra) {
  std::vector<std::string> unknown;
  const Words known("en");
  ForEachLine(extra, kThemeWords, [&](int number, std::string_view key, std::string_view) {
    // Other languages have plural forms that English lacks.
    if (known.Lookup(key) != nullptr || key.ends_with(".many") || key.ends_with(".few")) return;
    unknown.push_back("line " + std::to_string(number) + ": “" + std::string(key) + "”");
  });
  return unknown;
}

const std::string* Words::Lookup(std::string_view key) const {
  if (const auto known = texts_.find(key); known != texts_.end()) return &known->second;
  if (!has_owners_ && key.starts_with(kOwners)) {
    UnpackOwners();
    return Lookup(key);
  }
  for (const EmbeddedCatalogue* catalogue : catalogues_) {
    if (const std::string_view text = Embedded(*catalogue, key); !text.empty())
      return &texts_.emplace(key, text).first->second;
  }
  return nullptr;
}

std::string_view Words::Embedded(const EmbeddedCatalogue& catalogue, std::string_view key) const {
  if (!catalogue.words.empty()) {
    const EmbeddedWord* word = InTable(catalogue.words, key);
    return word == nullptr ? std::string_view() : word->text;
  }
  const std::span<const EmbeddedWord> english = catalogues_.back()->words;
  const EmbeddedWord* word = InTable(english, key);
  if (word == nullptr || starts_.empty()) return {};
  const char* text = block_.data() + starts_[static_cast<size_t>(word - english.data())];
  return text;  // up to its 0
}

void Words::Unpack(const EmbeddedCatalogue& catalogue) {
  block_ = text::Inflate(catalogue.block.bytes, catalogue.block.size);
  std::string_view rest = block_;
  const size_t count = catalogues_.back()->words.size();
  starts_.reserve(count);
  for (size_t i = 0; i < count && !rest.empty(); ++i)
    starts_.push_back(static_cast<uint32_t>(NextText(rest).data() - block_.data()));
  while (!rest.empty()) {
    const std::string_view key = NextText(rest);
    const std::string_view text = NextText(rest);
    if (Lookup(key) == nullptr) texts_.emplace(key, text);
  }
}

void Words::UnpackOwners() const {
  has_owners_ = true;
  const Deflated& pairs = catalogues_.back()->owners;
  const std::string english = text::Inflate(pairs.bytes, pairs.size);
  // The nearest first: what is known already stays.
  for (const EmbeddedCatalogue* catalogue : catalogues_) {
    for (const EmbeddedWord& word : catalogue->words) {
      if (word.key.starts_with(kOwners)) texts_.emplace(word.key, word.text);
    }
    if (!catalogue->words.empty()) continue;
    const std::string block = text::Inflate(catalogue->owners.bytes, catalogue->owners.size);
    std::string_view rest = block;
    for (std::string_view keys = english; !keys.empty() && !rest.empty(); NextText(keys)) {
      const std::string_view key = NextText(keys);
      const std::string_view text = NextText(rest);
      if (!text.empty()) texts_.emplace(key, text);
    }
    while (!rest.empty()) {
      const std::string_view key = NextText(rest);
      texts_.emplace(key, NextText(rest));
    }
  }
  for (std::string_view rest = english; !rest.empty();) {
    const std::string_view key = NextText(rest);
    texts_.emplace(key, NextText(rest));
  }
}

const std::string& Words::Find(std::string_view key) const {
  // Keys are constants made from the English catalogue, which is always there: a miss is a broken
  // build.
  const std::string* found = Lookup(key);
  if (found == nullptr) throw text::ConfigError("No text is called " + std::string(key));
  return *found;
}

std::vector<std::string> Words::Keys() const {
  std::set<std::string> keys;
  if (!has_owners_) UnpackOwners();
  for (const auto& [key, text] : texts_) keys.insert(key);
  for (const EmbeddedCatalogue* catalogue : catalogues_) {
    for (const EmbeddedWord& word : catalogue->words) keys.emplace(word.key);
  }
  return {keys.begin(), keys.end()};
}

std::string Fill(std::string_view text, Words::Args args) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t open = std::min(text.find('{', at), text.size());
    out.append(text.substr(at, open - at));
    if (open == text.size()) break;
    const size_t close = text.find('}', open);
    const std::string_view name =
        close == std::string_view::npos ? "" : text.substr(open + 1, close - open - 1);
    const auto* found =
        std::find_if(args.begin(), args.end(), [&](const auto& a) { return a.first == name; });
    if (found == args.end()) {
      out.push_back('{');
      at = open + 1;
    } else {
      out.append(found->second);
      at = close + 1;
    }
  }
  return out;
}

std::string Words::Format(WordKey key, Args args) const { return Fill(Find(key.name), args); }

std::string Words::Plural(PluralKey key, int64_t n, Args args) const {
  const std::string stem = std::string(key.name) + ".";
  const std::string* form = Lookup(stem + std::string(PluralForm(plural_language_, n)));
  if (form == nullptr) form = &Find(stem + "other");
  // The number first: a {n} inside a reader's words is theirs.
  const std::string number = Number(n);
  std::vector<std::pair<std::string_view, std::string_view>> all(args);
  std::string out;
  std::string_view text = *form;
  for (size_t at = text.find("{n}"); at != std::string_view::npos; at = text.find("{n}")) {
    out += Fill(text.substr(0, at), args) + number;
    text.remove_prefix(at + 3);
  }
  return out + Fill(text, args);
}

std::string Words::Number(int64_t n) const {
  std::string digits = std::to_string(n < 0 ? -n : n);
  const std::string& group = Find("number.group");
  // The catalogue cannot hold a bare space: it is written as {space} there.
  const std::string mark = group == "{space}" ? "\u202f" : group;
  const size_t least = static_cast<size_t>(Find("number.group.from")[0] - '0');
  for (size_t at = digits.size() < least ? 0 : digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, mark);
  }
  return n < 0 ? "-" + digits : digits;
}

const std::string& Words::Month(int month) const {
  return Find("month.long." + std::to_string(std::clamp(month, 1, 12)));
}

const std::string& Words::MonthShort(int month) const {
  return Find("month.short." + std::to_string(std::clamp(month, 1, 12)));
}

const std::string& Words::Day(int weekday) const {
  return Find("day.long." + std::to_string(std::clamp(weekday, 0, 6)));
}

std::string Words::DayOfMonth(int day) const {
  return Fill(Find(day == 1 ? "date.day.first" : "date.day"), {{"day", std::to_string(day)}});
}

std::string Words::Date(const DateParts& d) const {
  return Fill(
      Find("date.long"),
      {{"month", Month(d.month)}, {"day", DayOfMonth(d.day)}, {"year", std::to_string(d.year)}});
}

std::string Words::MonthYear(int year, int month) const {
  return Fill(Find("date.month_year"), {{"month", Month(month)}, {"year", std::to_string(year)}});
}

std::string Words::Time(const DateParts& d, int hours12) const {
  const bool twelve = hours12 < 0 ? Find("time.hours") == "12" : hours12 == 1;
  const std::string minute = (d.minute < 10 ? "0" : "") + std::to_string(d.minute);
  const std::string hour = std::to_string(twelve ? (d.hour + 11) % 12 + 1 : d.hour);
  return Fill(
      Find(twelve ? "time.12" : "time.24"),
      {{"hour", hour}, {"minute", minute}, {"half", Find(d.hour < 12 ? "time.am" : "time.pm")}});
}

std::string Words::DateTime(const DateParts& d, int hours12) const {
  return DateTime(Date(d), d, hours12);
}

std::string Words::DateTime(const std::string& date, const DateParts& d, int hours12) const {
  return Fill(Find("date.at_time"), {{"date", date}, {"time", Time(d, hours12)}});
}

}  // namespace daybook::templates
