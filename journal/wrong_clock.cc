// Times from the future: see wrong_clock.h.
#include "journal/wrong_clock.h"

#include "journal/jobs.h"
#include "sql/queries/wrong_clock.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr Seconds kAhead = 3600;
static_assert(kAhead > kLease);
// Nothing is tried again later than a day from its last try (RetryDelay).
constexpr Seconds kNextTry = 86400 + kAhead;

}  // namespace

bool ClockWasWrong(sql::Tx& tx, Seconds now) {
  return tx.Has(query::kWrongClockSeen, now + kAhead, now + kNextTry);
}

void MendTimes(sql::Tx& tx, Seconds now) {
  tx.Exec(query::kWrongClockLeases, now + kAhead);
  tx.Exec(query::kWrongClockTries, now + kNextTry, now);
  tx.Exec(query::kWrongClockMails, now + kAhead, now);
  tx.Exec(query::kWrongClockFriends, now + kAhead, now);
}

}  // namespace daybook::journal
