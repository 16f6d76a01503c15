// The clock of an old blog, found by comparing what its dates show with the moments that they were.
// It reads nothing and writes nothing; what follows from it, import.cc decides.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/model.h"
#include "text/dates.h"

namespace daybook::journal {

class ClockGuess {
 public:
  // `local` is what the old blog showed at that moment. What no clock on earth shows is left out.
  void See(Seconds at, const text::LocalTime& local);
  // Of another file of the same journal.
  void Join(const ClockGuess& other);
  // A zone of this machine whose clock shows most of what was seen: a place's where its change of
  // summer time is plainly to be seen, else one of a fixed distance from UTC. Empty: nothing seen.
  [[nodiscard]] std::string Zone(std::string_view language) const;

 private:
  struct Sample {
    Seconds at;
    Seconds offset;
  };
  std::size_t seen_ = 0, every_ = 1;  // one of `every_` is kept, so that there are never many
  std::vector<Sample> samples_;
};

// The zone to keep with a moment whose local date was `local`: `zone` where its clock shows that,
// else one that does. With `only_the_day` it is enough that the day is the same. Empty if no zone
// shows it: then the journal's own is right.
[[nodiscard]] std::string ZoneShowing(Seconds at, const text::LocalTime& local,
                                      const std::string& zone, bool only_the_day);

}  // namespace daybook::journal
