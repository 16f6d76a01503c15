// Scripts that run right to left, and the languages that are written in them.
#include "text/language.h"

#include <algorithm>
#include <array>
#include <string>

namespace daybook::text {
namespace {

std::string Lower(std::string_view s) {
  std::string lower(s);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

constexpr std::array<std::string_view, 14> kLanguages = {
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "ug", "ur", "yi"};
constexpr std::array<std::string_view, 7> kScripts = {"arab", "hebr", "thaa", "syrc",
                                                      "nkoo", "adlm", "rohg"};

}  // namespace

bool RunsRightToLeft(std::string_view tag) {
  const std::string lower = Lower(tag);
  std::string_view rest = lower;
  const std::string_view language = rest.substr(0, rest.find('-'));
  while (true) {
    const std::size_t dash = rest.find('-');
    if (dash == std::string_view::npos) break;
    rest.remove_prefix(dash + 1);
    const std::string_view subtag = rest.substr(0, rest.find('-'));
    if (subtag.size() == 4)
      return std::find(kScripts.begin(), kScripts.end(), subtag) != kScripts.end();
  }
  return std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
}

bool SameLanguage(std::string_view a, std::string_view b) {
  return Lower(a.substr(0, a.find('-'))) == Lower(b.substr(0, b.find('-')));
}

}  // namespace daybook::text
