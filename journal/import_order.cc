// A stable sort by time, then whatever must come after another is moved behind it.
#include "journal/import_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace daybook::journal {

std::uint64_t LinkNumber(std::string_view id) {
  if (id.empty() || id == "0") return 0;
  std::uint64_t number = 0;
  bool digits = id.size() < 18;
  for (char c : id) {
    digits = digits && c >= '0' && c <= '9';
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (digits) return number;
  number = 14695981039346656037u;
  for (char c : id) number = (number ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return number | (1ull << 63);
}

std::vector<std::uint32_t> SortOldestFirst(std::vector<ItemPlace>& places,
                                           const std::vector<ItemLink>& links) {
  const auto count = static_cast<std::uint32_t>(places.size());
  std::vector<std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (links[i].id != 0) by_id.push_back(i);
  }
  std::stable_sort(by_id.begin(), by_id.end(),
                   [&](auto a, auto b) { return links[a].id < links[b].id; });
  const auto parent_of = [&](std::uint32_t i) {
    if (links[i].parent == 0) return count;
    const auto found = std::lower_bound(by_id.begin(), by_id.end(), links[i].parent,
                                        [&](auto a, std::uint64_t id) { return links[a].id < id; });
    return found == by_id.end() || links[*found].id != links[i].parent ? count : *found;
  };
  enum : char { kNew, kOnPath, kDone };
  std::vector<char> state(count, kNew);
  std::vector<std::uint32_t> path;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t at = i;
    while (at < count && state[at] == kNew) {
      state[at] = kOnPath;
      path.push_back(at);
      at = parent_of(at);
    }
    std::uint32_t above = at < count && state[at] == kDone ? at : count;  // on the path: a circle
    for (; !path.empty(); path.pop_back()) {
      const std::uint32_t here = path.back();
      if (above < count) places[here].at = std::max(places[here].at, places[above].at + 1);
      state[here] = kDone;
      above = here;
    }
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return places[a].at < places[b].at; });
  std::vector<ItemPlace> sorted;
  sorted.reserve(count);
  for (std::uint32_t i : order) sorted.push_back(places[i]);
  places = std::move(sorted);
  return order;
}

}  // namespace daybook::journal
