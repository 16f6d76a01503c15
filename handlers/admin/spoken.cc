// What a browser tells of its reader.
#include "handlers/admin/spoken.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "templates/embedded.h"
#include "text/dates.h"
#include "text/html_clean.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {
namespace {

// Of "de-AT;q=0.8".
int Weight(std::string_view item) {
  const std::size_t at = item.find("q=");
  if (at == std::string_view::npos) return 1000;
  item.remove_prefix(at + 2);
  if (!item.starts_with("0.")) return item.starts_with('0') ? 0 : 1000;
  int weight = 0;
  for (std::size_t i = 2; i < 5; ++i) {
    const char digit = i < item.size() ? item[i] : '0';
    weight = weight * 10 + (digit >= '0' && digit <= '9' ? digit - '0' : 0);
  }
  return weight;
}

}  // namespace

bool IsSpoken(std::string_view tag) {
  const auto all = templates::EmbeddedWords();
  return std::any_of(all.begin(), all.end(),
                     [&](const templates::EmbeddedCatalogue& one) { return one.language == tag; });
}

Spoken SpokenBy(const fcgi::Request& request) {
  Spoken spoken;
  int best = 0;
  std::string_view rest = request.Get("accept-language");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view item = text::TrimHtmlSpace(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end + 1));
    const std::string_view tag = text::TrimHtmlSpace(item.substr(0, item.find(';')));
    if (tag.size() > 20 || Weight(item) <= best) continue;
    const std::string base = text::AsciiLower(tag.substr(0, tag.find('-')));
    if (!IsSpoken(tag) && !IsSpoken(base)) continue;
    spoken = {IsSpoken(tag) ? std::string(tag) : base, std::string(tag)};
    best = Weight(item);
  }
  return spoken;
}

std::string ZoneGuess(const std::string& asked) {
  constexpr std::pair<std::string_view, std::string_view> kZones[] = {
      {"de-AT", "Europe/Vienna"},   {"de-CH", "Europe/Zurich"},       {"de", "Europe/Berlin"},
      {"fr-CA", "America/Toronto"}, {"fr-CH", "Europe/Zurich"},       {"fr", "Europe/Paris"},
      {"es-ES", "Europe/Madrid"},   {"es-MX", "America/Mexico_City"}, {"en-GB", "Europe/London"},
      {"en-IE", "Europe/Dublin"}};
  for (const auto& [language, zone] : kZones) {
    if (asked.starts_with(language) && text::ZoneKnown(zone)) return std::string(zone);
  }
  return "UTC";
}

std::vector<std::string> Zones() {
  std::vector<std::string> zones;
  std::ifstream file("/usr/share/zoneinfo/zone1970.tab");
  for (std::string line; std::getline(file, line) && zones.size() < 600;) {
    if (line.starts_with('#')) continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == line.npos ? line.npos : line.find('\t', first + 1);
    if (second == line.npos) continue;
    zones.push_back(line.substr(second + 1, line.find('\t', second + 1) - second - 1));
  }
  std::sort(zones.begin(), zones.end());
  return zones;
}

}  // namespace daybook::handlers::admin
