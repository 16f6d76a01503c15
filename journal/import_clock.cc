// Samples of dates are tried against one place for each rule of summer time.
#include "journal/import_clock.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace daybook::journal {
namespace {

constexpr std::size_t kMostSamples = 2048;
constexpr Seconds kQuarter = 900;

// One place for each rule of summer time that many people live under. Where several share one, the
// journal's language decides, else the first.
struct Place {
  std::string_view zone;
  std::string_view languages;  // "de at", where one of them is the language's first or last part
};
constexpr Place kPlaces[] = {
    {"America/New_York", ""},
    {"America/Toronto", "ca"},
    {"America/Chicago", ""},
    {"America/Denver", ""},
    {"America/Phoenix", ""},
    {"America/Los_Angeles", ""},
    {"America/Anchorage", ""},
    {"America/Halifax", ""},
    {"America/St_Johns", ""},
    {"America/Mexico_City", "mx"},
    {"America/Sao_Paulo", "br"},
    {"America/Santiago", "cl"},
    {"America/Asuncion", "py"},
    {"America/Montevideo", "uy"},
    {"America/Argentina/Buenos_Aires", "ar"},
    {"Atlantic/Azores", ""},
    {"Europe/London", ""},
    {"Europe/Dublin", "ie ga"},
    {"Europe/Lisbon", "pt"},
    {"Europe/Paris", "fr"},
    {"Europe/Berlin", "de"},
    {"Europe/Vienna", "at"},
    {"Europe/Zurich", "ch"},
    {"Europe/Madrid", "es"},
    {"Europe/Rome", "it"},
    {"Europe/Amsterdam", "nl"},
    {"Europe/Brussels", "be"},
    {"Europe/Stockholm", "sv se"},
    {"Europe/Copenhagen", "da dk"},
    {"Europe/Oslo", "nb nn no"},
    {"Europe/Warsaw", "pl"},
    {"Europe/Prague", "cs cz"},
    {"Europe/Budapest", "hu"},
    {"Europe/Athens", "el gr"},
    {"Europe/Helsinki", "fi"},
    {"Europe/Bucharest", "ro"},
    {"Europe/Sofia", "bg"},
    {"Europe/Kiev", "uk ua"},
    {"Europe/Istanbul", "tr"},
    {"Europe/Moscow", "ru"},
    {"Asia/Jerusalem", "he il"},
    {"Asia/Beirut", "lb"},
    {"Asia/Amman", "jo"},
    {"Asia/Tehran", "fa ir"},
    {"Africa/Cairo", "eg"},
    {"Africa/Casablanca", "ma"},
    {"Australia/Sydney", ""},
    {"Australia/Adelaide", ""},
    {"Australia/Lord_Howe", ""},
    {"Pacific/Auckland", ""},
    {"Pacific/Apia", ""},
};

// Distances from UTC that are no whole hours, and where clocks show them all year.
constexpr std::pair<Seconds, std::string_view> kOdd[] = {
    {-34200, "Pacific/Marquesas"}, {12600, "Asia/Tehran"},     {16200, "Asia/Kabul"},
    {19800, "Asia/Kolkata"},       {20700, "Asia/Kathmandu"},  {23400, "Asia/Yangon"},
    {31500, "Australia/Eucla"},    {34200, "Australia/Darwin"}};

std::string FixedZone(Seconds offset) {
  std::string name;
  if (offset % 3600 == 0) {
    const long hours = static_cast<long>(offset / 3600);
    // POSIX counts west of Greenwich.
    name = hours == 0
               ? "UTC"
               : "Etc/GMT" + std::string(hours > 0 ? "-" : "+") + std::to_string(std::labs(hours));
  } else {
    for (const auto& [odd, zone] : kOdd) {
      if (odd == offset) name = zone;
    }
  }
  return text::ZoneKnown(name) ? name : std::string();
}

bool Speaks(const Place& place, std::string_view language) {
  std::string lower;
  for (char c : language) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const std::size_t cut = lower.find_first_of("-_");
  const std::string first = lower.substr(0, cut);
  const std::string last = cut == std::string::npos ? first : lower.substr(cut + 1);
  for (std::string_view rest = place.languages; !rest.empty();) {
    const std::size_t space = rest.find(' ');
    const std::string_view one = rest.substr(0, space);
    // "pt-BR" is not spoken in Lisbon.
    if (one == last || (one == first && cut == std::string::npos)) return true;
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  }
  return false;
}

bool OnEarth(Seconds offset) {
  return offset % kQuarter == 0 && offset >= -12 * 3600 && offset <= 14 * 3600;
}

}  // namespace

void ClockGuess::See(Seconds at, const text::LocalTime& local) {
  const Seconds offset = text::FromOffset(local, 0) - at;
  if (at == 0 || !OnEarth(offset) || seen_++ % every_ != 0) return;
  samples_.push_back({at, offset});
  if (samples_.size() < kMostSamples) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < samples_.size(); i += 2) samples_[kept++] = samples_[i];
  samples_.resize(kept);
  every_ *= 2;
}

void ClockGuess::Join(const ClockGuess& other) {
  samples_.insert(samples_.end(), other.samples_.begin(), other.samples_.end());
}

std::string ClockGuess::Zone(std::string_view language) const {
  std::map<Seconds, std::size_t> offsets;
  for (const Sample& s : samples_) ++offsets[s.offset];
  if (offsets.empty()) return {};
  const auto most =
      std::max_element(offsets.begin(), offsets.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  std::string best = FixedZone(most->first);
  std::size_t best_score = best.empty() ? 0 : most->second;
  if (offsets.size() < 2 && !best.empty()) return best;
  bool best_speaks = false, is_place = false;
  for (const Place& place : kPlaces) {
    if (!text::ZoneKnown(place.zone)) continue;
    std::size_t score = 0;
    for (const Sample& s : samples_)
      score += text::ToLocal(s.at, place.zone).offset_s == s.offset ? 1 : 0;
    const bool speaks = Speaks(place, language);
    // A slip of the clock in one entry makes no place.
    const bool better = is_place ? score > best_score : score > best_score + samples_.size() / 50;
    if (!better && !(is_place && score == best_score && speaks && !best_speaks)) continue;
    best = place.zone;
    best_score = score;
    best_speaks = speaks;
    is_place = true;
  }
  return best;
}

std::string ZoneShowing(Seconds at, const text::LocalTime& local, const std::string& zone,
                        bool only_the_day) {
  const text::LocalTime here = text::ToLocal(at, zone);
  const Seconds offset = text::FromOffset(local, 0) - at;
  if (here.offset_s == offset) return zone;
  if (only_the_day && here.year == local.year && here.month == local.month && here.day == local.day)
    return zone;
  return OnEarth(offset) ? FixedZone(offset) : std::string();
}

}  // namespace daybook::journal
