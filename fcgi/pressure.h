// Who is answered when more is asked than can be answered: readers first, then those who write,
// then searches. While requests wait too long, neither writing nor searching may take more than its
// share of a process's time; what goes beyond is told to come again. (Jobs come last: their process
// is nice.) How long a request waited is known where the web server says when it handed it over
// (DAYBOOK_ASKED); else it is taken from how long the queue was never empty.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "fcgi/request.h"

namespace daybook::fcgi {

class Pressure {
 public:
  using Clock = std::chrono::steady_clock;
  using Duration = Clock::duration;

  // A request waited for so long, or the queue was not empty for so long: some are refused now.
  static constexpr std::chrono::milliseconds kWait{250}, kPatience{500};
  // Of a process's time while requests queue up.
  static constexpr double kWriteShare = 0.5, kSearchShare = 0.25;

  // Shares with the processes forked from this one when nobody waited last; if the memory for that
  // cannot be had, each knows only its own queue.
  Pressure();

  // Nobody waits for an answer: the socket's queue was found empty.
  void NobodyWaits(Clock::time_point now);
  // The ranks to be refused to whoever is taken from the queue now, after having `waited` there.
  Ranks Refused(Clock::time_point now, std::optional<Duration> waited) const;
  // A request of that rank was answered, which took so long.
  void Spent(Rank rank, Duration time, Clock::time_point now);

 private:
  double ShareOf(Rank rank, Clock::time_point now) const;

  std::shared_ptr<std::atomic<int64_t>> queue_was_empty_;  // ticks of Clock
  std::array<double, kRanks> spent_ = {};                  // seconds, fading with kMemory
  Clock::time_point last_;
};

// How long ago that is: seconds since 1970 with three digits of a fraction, as nginx writes $msec.
// Nothing where that makes no sense.
std::optional<Pressure::Duration> WaitedSince(std::string_view asked,
                                              std::chrono::system_clock::time_point now);

}  // namespace daybook::fcgi
