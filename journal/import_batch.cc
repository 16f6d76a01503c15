// Collects writes until a batch is large or has held the lock long enough, then commits.
#include "journal/import_batch.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "journal/import_items.h"

namespace daybook::journal {

namespace {

struct ItemFailed {
  std::size_t number;
  std::string why;
};

}  // namespace

void ImportBatches::Run(std::size_t count, const std::function<void(sql::Tx&, std::size_t)>& one,
                        const std::function<void(std::size_t, const std::string*)>& done,
                        const std::function<void()>& begin,
                        const std::function<void(sql::Tx&)>& end) const {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::microseconds kLock{25'000}, kLeast{1'000}, kMost{20'000};
  std::optional<ItemFailed> failed;  // is not tried again
  for (std::size_t from = 0; from < count;) {
    if (failed && failed->number == from) {
      done(from++, &failed->why);
      failed.reset();
      continue;
    }
    const std::size_t stop = failed ? failed->number : count;
    std::size_t to = from;
    const Clock::time_point began = Clock::now();
    try {
      to = db_.Write(sql::Publicity::kPublic, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
        const Clock::time_point late = Clock::now() + work_;
        std::size_t i = from;
        if (begin) begin();
        do {
          try {
            one(tx, i);
          } catch (const ImportTrouble& trouble) {
            throw ItemFailed{i, trouble.reason};
          } catch (const sql::DbError& error) {
            if (error.kind() != sql::DbError::Kind::kConstraint) throw;
            throw ItemFailed{i, std::string("The journal refused it: ") + error.what()};
          }
          ++i;
        } while (i < stop && Clock::now() < late);
        if (end) end(tx);
        return i;
      });
    } catch (ItemFailed& item) {
      failed = std::move(item);
      continue;
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
    if (to < stop || took > kLock) {
      work_ = std::clamp(took.count() > 0 ? work_ * kLock.count() / took.count() : kMost, kLeast,
                         kMost);
    }
    for (; from < to; ++from) done(from, nullptr);
    db_.CheckpointIfDue();
    if (between_) between_();
  }
}

}  // namespace daybook::journal
