// The rule by which an old blog made its addresses, found by looking at them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "text/dates.h"

namespace daybook::journal {

class PermalinkGuess {
 public:
  struct Seen {
    std::string_view path;  // decoded, below the old blog's root; "/?p=1" has none
    std::string_view slug, id, author;
    std::vector<std::string_view> categories;  // slugs
    text::LocalTime date;
  };
  void See(const Seen& seen);
  // In the words of permalink.h; empty unless one pattern explains two of three of the addresses
  // seen.
  [[nodiscard]] std::string Pattern() const;

 private:
  std::map<std::string, std::int64_t, std::less<>> votes_;
  std::int64_t seen_ = 0;
};

}  // namespace daybook::journal
