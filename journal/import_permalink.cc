// Compares a few dozen addresses with each pattern and takes the one that explains the most.
#include "journal/import_permalink.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace daybook::journal {
namespace {

constexpr std::size_t kMaxPatterns = 2000;  // an old blog without a rule does not fill the memory

std::string Digits(int value, bool padded) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), padded ? "%02d" : "%d", value);
  return text.data();
}

// The pattern behind one address, reading months and days as padded or not; empty if its slug or id
// is nowhere.
std::string Generalise(const PermalinkGuess::Seen& seen, bool padded) {
  struct Part {
    std::string value;
    std::string_view name;
  };
  const std::array<Part, 6> dates = {
      {{Digits(seen.date.year, false), "{year}"},
       {Digits(seen.date.month, padded), padded ? "{month2}" : "{month}"},
       {Digits(seen.date.day, padded), padded ? "{day2}" : "{day}"},
       {Digits(seen.date.hour, true), "{hour}"},
       {Digits(seen.date.minute, true), "{minute}"},
       {Digits(seen.date.second, true), "{second}"}}};
  std::string pattern;
  std::size_t next_date = 0;
  bool found = false, category = false;
  for (std::string_view rest = seen.path; !rest.empty();) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    const auto is_category = [&] {
      return std::find(seen.categories.begin(), seen.categories.end(), segment) !=
             seen.categories.end();
    };
    std::string_view name;
    for (std::size_t i = next_date; i < dates.size() && (i == 0 || i == next_date) && name.empty();
         ++i) {
      if (segment != dates[i].value) continue;
      name = dates[i].name;
      next_date = i + 1;
    }
    const std::string_view stem = segment.substr(0, segment.rfind('.'));
    const std::string_view ending = segment.substr(stem.size());
    if (!name.empty()) {
      pattern += name;
    } else if (!found && !seen.slug.empty() && segment == seen.slug) {
      pattern += "{slug}";
      found = true;
    } else if (!found && !seen.slug.empty() && stem == seen.slug) {
      pattern.append("{slug}").append(ending);
      found = true;
    } else if (!found && !seen.id.empty() && stem == seen.id) {
      pattern.append("{id}").append(ending);
      found = true;
    } else if (!seen.author.empty() && segment == seen.author) {
      pattern += "{author}";
    } else if (!segment.empty() && is_category()) {
      if (category && pattern.ends_with("{category}/")) {
        pattern.pop_back();  // one name for the whole way down the tree
      } else {
        pattern += "{category}";
      }
      category = true;
    } else {
      // A number that stands for nothing known is no part of a rule.
      if (segment.find_first_of("{}") != std::string_view::npos ||
          (!segment.empty() && segment.find_first_not_of("0123456789") == std::string_view::npos))
        return {};
      pattern += segment;
    }
    if (slash != std::string_view::npos) pattern += '/';
  }
  return found ? pattern : std::string();
}

}  // namespace

void PermalinkGuess::See(const Seen& seen) {
  if (seen.path.size() < 2 || seen.path.find('?') != std::string_view::npos) return;
  ++seen_;
  const std::string padded = Generalise(seen, true), plain = Generalise(seen, false);
  const auto vote = [&](const std::string& pattern) {
    if (pattern.empty() || (votes_.size() >= kMaxPatterns && !votes_.contains(pattern))) return;
    ++votes_[pattern];
  };
  vote(padded);
  if (plain != padded) vote(plain);
}

std::string PermalinkGuess::Pattern() const {
  const auto best =
      std::max_element(votes_.begin(), votes_.end(), [](const auto& a, const auto& b) {
        // With equal votes padded names win: WordPress pads.
        const bool a_padded = a.first.find("2}") != std::string::npos,
                   b_padded = b.first.find("2}") != std::string::npos;
        return std::pair(a.second, a_padded) < std::pair(b.second, b_padded);
      });
  if (best == votes_.end() || best->second * 3 < seen_ * 2) return {};
  return best->first;
}

}  // namespace daybook::journal
