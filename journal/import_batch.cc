#include "journal/import_batch.h"

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
                        const std::function<void()>& begin, const std::function<void(sql::Tx&)>& end) const {
  using Clock = std::chrono::steady_clock;
  constexpr auto kHold = std::chrono::milliseconds(25);
  std::optional<ItemFailed> failed;  // is not tried again
  for (std::size_t from = 0; from < count;) {
    if (failed && failed->number == from) {
      done(from++, &failed->why);
      failed.reset();
      continue;
    }
    const std::size_t stop = failed ? failed->number : count;
    std::size_t to = from;
    try {
      to = db.Write(sql::Publicity::kPublic, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
        const Clock::time_point late = Clock::now() + kHold;
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
    for (; from < to; ++from) done(from, nullptr);
    db.CheckpointIfDue();
    if (between) between();
  }
}

}  // namespace daybook::journal
