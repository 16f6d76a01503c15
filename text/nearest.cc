// Distances between short words.
#include "text/nearest.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace daybook::text {
namespace {

// Number of single-letter changes between two short words.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view Nearest(std::string_view typed, std::span<const std::string_view> names) {
  std::string_view nearest;
  size_t least = 4;
  if (typed.size() > 40) return nearest;
  for (const std::string_view name : names) {
    const size_t distance = Distance(typed, name);
    if (distance < least && distance < name.size()) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace daybook::text
