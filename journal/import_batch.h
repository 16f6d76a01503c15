// Many small writes in few short transactions: none holds the journal's lock for long, each leaves whole things behind.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "sql/db.h"

namespace daybook::journal {

struct ImportBatches {
  sql::Db& db;
  std::function<void()> between;  // after each transaction; may throw

  // one(tx, i) for every i below `count`, about 25 ms of them in a transaction, which a power cut may take back (the next
  // run does it again) but never in part. If one fails, by a constraint or ImportTrouble, its transaction is begun again
  // without it: savepoints for each would make the full-text index write a segment for each. So `one` may run more than
  // once for the same i and must change nothing else than what belongs to i.
  // done(i, why): i is written, or (why is not null) could not be.
  // begin() starts a transaction's work and end(tx) ends it; they may be empty.
  void Run(std::size_t count, const std::function<void(sql::Tx&, std::size_t)>& one,
           const std::function<void(std::size_t, const std::string*)>& done,
           const std::function<void()>& begin = {}, const std::function<void(sql::Tx&)>& end = {}) const;
};

}  // namespace daybook::journal
