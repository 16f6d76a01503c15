// In which order things are written: oldest first, so that ids grow with time (search counts on
// it), but whatever hangs on another thing after that.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "journal/import_items.h"

namespace daybook::journal {

// A thing's name for itself and for what it hangs on, as numbers; 0 is nothing.
struct ItemLink {
  std::uint64_t id = 0, parent = 0;
};
// The number in the text, or a hash of it; 0 for "" and "0".
[[nodiscard]] std::uint64_t LinkNumber(std::string_view id);

// Sorts `places` by time. links[i] belongs to places[i]; a parent's time becomes a lower bound of
// what hangs on it. Circles and missing parents are nobody's parents. Takes n log n steps. Gives
// where each place came from.
[[nodiscard]] std::vector<std::uint32_t> SortOldestFirst(std::vector<ItemPlace>& places,
                                                         const std::vector<ItemLink>& links);

}  // namespace daybook::journal
