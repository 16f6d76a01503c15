#include "journal/import_batch.h"

#include <chrono>
#include <utility>
#include <vector>

#include "journal/import_items.h"

namespace daybook::journal {

void ImportBatches::Run(std::size_t count, const std::function<void(sql::Tx&, std::size_t)>& one,
                        const std::function<void(std::size_t, const std::string*)>& done) const {
  using Clock = std::chrono::steady_clock;
  constexpr auto kHold = std::chrono::milliseconds(25);
  for (std::size_t from = 0; from < count;) {
    using Failures = std::vector<std::pair<std::size_t, std::string>>;
    const auto [to, failures] = db.Write(sql::Publicity::kPublic, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
      const Clock::time_point end = Clock::now() + kHold;
      Failures failed;
      std::size_t i = from;
      do {
        std::string why;
        try {
          const auto error = tx.Try([&] { one(tx, i); });
          if (error) why = std::string("The journal refused it: ") + error->what();
        } catch (const ImportTrouble& trouble) {
          why = trouble.reason;
        }
        if (!why.empty()) failed.emplace_back(i, std::move(why));
        ++i;
      } while (i < count && Clock::now() < end);
      return std::pair<std::size_t, Failures>(i, std::move(failed));
    });
    std::size_t next_failure = 0;
    for (std::size_t i = from; i < to; ++i) {
      const bool failed = next_failure < failures.size() && failures[next_failure].first == i;
      done(i, failed ? &failures[next_failure++].second : nullptr);
    }
    from = to;
    db.CheckpointIfDue();
    if (between) between();
  }
}

}  // namespace daybook::journal
