// Many small writes in few short transactions: none holds the journal's lock for long, each leaves
// whole things behind.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

#include "sql/db.h"

namespace daybook::journal {

class ImportBatches {
 public:
  // `between` is called after each transaction and may throw.
  ImportBatches(sql::Db& db, std::function<void()> between)
      : db_(db), between_(std::move(between)) {}
  [[nodiscard]] sql::Db& db() const { return db_; }

  // one(tx, i) for every i below `count`, as many in a transaction as keep it near 25 ms, which a
  // power cut may take back (the next run does it again) but never in part. If one fails, by a
  // constraint or ImportTrouble, its transaction is begun again without it: savepoints for each
  // would make the full-text index write a segment for each. So `one` may run more than once for
  // the same i and must change nothing else than what belongs to i. done(i, why): i is written, or
  // (why is not null) could not be. begin() starts a transaction's work and end(tx) ends it; they
  // may be empty.
  void Run(std::size_t count, const std::function<void(sql::Tx&, std::size_t)>& one,
           const std::function<void(std::size_t, const std::string*)>& done,
           const std::function<void()>& begin = {},
           const std::function<void(sql::Tx&)>& end = {}) const;

 private:
  // How long to go on before the commit: what the last ones took all in all decides.
  mutable std::chrono::microseconds work_{8'000};
  sql::Db& db_;
  std::function<void()> between_;
};

}  // namespace daybook::journal
