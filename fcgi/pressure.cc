// The time that each rank took fades as time goes by, so it is that rank's share of the last
// second.
#include "fcgi/pressure.h"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <new>

namespace daybook::fcgi {
namespace {

using Seconds = std::chrono::duration<double>;
using Shared = std::atomic<int64_t>;

constexpr double kMemory = 1;  // seconds

double Faded(Seconds passed) { return std::exp(-std::max(passed.count(), 0.0) / kMemory); }

}  // namespace

Pressure::Pressure() : last_(Clock::now()) {
  static_assert(Shared::is_always_lock_free, "it is shared among processes");
  const int64_t now = last_.time_since_epoch().count();
  void* const page =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) {
    queue_was_empty_ = std::make_shared<Shared>(now);
  } else {
    queue_was_empty_ = {new (page) Shared(now),
                        [](Shared* shared) { munmap(shared, sizeof *shared); }};
  }
}

void Pressure::NobodyWaits(Clock::time_point now) {
  queue_was_empty_->store(now.time_since_epoch().count(), std::memory_order_relaxed);
}

Ranks Pressure::Refused(Clock::time_point now, std::optional<Duration> waited) const {
  const Clock::time_point empty{Duration(queue_was_empty_->load(std::memory_order_relaxed))};
  Ranks refused;
  if (waited ? *waited < kWait : now - empty < kPatience) return refused;
  if (ShareOf(Rank::kSearch, now) > kSearchShare) refused.Add(Rank::kSearch);
  if (ShareOf(Rank::kWrite, now) > kWriteShare) refused.Add(Rank::kWrite);
  return refused;
}

void Pressure::Spent(Rank rank, Duration time, Clock::time_point now) {
  const double faded = Faded(now - last_);
  for (double& each : spent_) each *= faded;
  spent_[static_cast<std::size_t>(rank)] += Seconds(time).count();
  last_ = now;
}

double Pressure::ShareOf(Rank rank, Clock::time_point now) const {
  return spent_[static_cast<std::size_t>(rank)] * Faded(now - last_) / kMemory;
}

std::optional<Pressure::Duration> WaitedSince(std::string_view asked,
                                              std::chrono::system_clock::time_point now) {
  using std::chrono::milliseconds;
  constexpr size_t kPoint = 10, kSize = 14;  // 1234567890.123
  if (asked.size() != kSize || asked[kPoint] != '.') return std::nullopt;
  int64_t since = 0;
  for (size_t i = 0; i < kSize; ++i) {
    if (i == kPoint) continue;
    if (asked[i] < '0' || asked[i] > '9') return std::nullopt;
    since = since * 10 + (asked[i] - '0');
  }
  const auto waited =
      std::chrono::duration_cast<milliseconds>(now.time_since_epoch()) - milliseconds(since);
  // The web server looks at its clock now and then; and a clock may be set meanwhile.
  constexpr milliseconds kBehind{-1000}, kNever{600000};
  if (waited < kBehind || waited > kNever) return std::nullopt;
  return std::max(waited, milliseconds(0));
}

}  // namespace daybook::fcgi
