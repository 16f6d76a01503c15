// See slug.h; the letters are in transliterate.cc.
#include "text/slug.h"

namespace daybook::text {
namespace {

bool IsSlugByte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

std::string Trimmed(std::string s) {
  s.erase(0, s.find_first_not_of('-'));
  s.erase(s.find_last_not_of('-') + 1);
  return s;
}

}  // namespace

Slug MakeSlug(std::string_view title) {
  std::string out;
  for (char c : Transliterate(title)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ') c = '-';
    if (!IsSlugByte(c) || (c == '-' && !out.empty() && out.back() == '-')) continue;
    out.push_back(c);
    if (out.size() == kSlugMax) break;
  }
  return Slug::Vouch(Trimmed(std::move(out)));
}

Slug WithSuffix(const Slug& slug, unsigned n) {
  const std::string number = std::to_string(n);
  if (slug.empty()) return Slug::Vouch(number);
  return Slug::Vouch(Trimmed(slug.str().substr(0, kSlugMax - number.size() - 1)) + "-" + number);
}

std::optional<Slug> ParseSlug(std::string_view s) {
  if (s.empty() || s.size() > kSlugMax || s.front() == '-' || s.back() == '-') return std::nullopt;
  char before = 0;
  for (const char c : s) {
    if (!IsSlugByte(c) || (c == '-' && before == '-')) return std::nullopt;
    before = c;
  }
  return Slug::Vouch(std::string(s));
}

}  // namespace daybook::text
