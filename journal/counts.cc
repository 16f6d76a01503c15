// Counts kept when something is written, made anew by a recount, and settled as time passes.
#include "journal/counts.h"

#include <vector>

#include "sql/queries/write_counts.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

struct Place {
  Id author = 0;
  std::int64_t year = 0, month = 0;
};

void Add(sql::Tx& tx, Id entry, const Place& place, int amount) {
  tx.Exec(query::kAddToJournalCount, amount);
  tx.Exec(query::kAddToAuthorCount, place.author, amount);
  tx.Exec(query::kAddToMonthCount, place.year, place.month, amount);
  if (amount < 0) tx.Exec(query::kDropEmptyMonth, place.year, place.month);
  tx.Exec(query::kAddToCategoryCounts, entry, amount);
  tx.Exec(query::kAddToTagCounts, entry, amount);
}

// The first row of an `update … returning`, run to its end.
template <typename Query>
bool Change(sql::Tx& tx, const Query& query, Id entry, Place& place) {
  sql::Rows rows = tx.Query(query, entry);
  bool changed = false;
  while (rows.Step()) {
    place = {rows.Int(0), rows.Int(1), rows.Int(2)};
    changed = true;
  }
  return changed;
}

template <typename Query>
std::vector<Id> Ids(sql::Tx& tx, const Query& query, Seconds after, Seconds until) {
  std::vector<Id> ids;
  sql::Rows rows = tx.Query(query, after, until);
  while (rows.Step()) ids.push_back(rows.Int(0));
  return ids;
}

}  // namespace

bool IsDue(sql::Tx& tx, Seconds now) { return tx.Has(query::kMomentIsDue, now); }

bool Settle(sql::Tx& tx, Seconds now) {
  Seconds settled = tx.Int(query::kSettledAt).value_or(0);
  if (now <= settled) return false;
  bool due = IsDue(tx, now);
  std::vector<Id> visible, expired;
  if (due) {
    visible = Ids(tx, query::kEntriesComeDue, settled, now);
    expired = Ids(tx, query::kEntriesExpired, settled, now);
    tx.MarkPublic();
  }
  tx.Exec(query::kSetSettledAt, now);
  for (Id entry : expired) Uncount(tx, entry);
  for (Id entry : visible) Count(tx, entry);
  return due;
}

Seconds NextMoment(sql::Tx& tx, Seconds now) {
  return tx.Int(query::kNextMoment, now).value_or(kNever);
}

Seconds LastMoment(sql::Tx& tx, Seconds now) { return tx.Int(query::kLastMoment, now).value_or(0); }

void Uncount(sql::Tx& tx, Id entry) {
  Place place;
  if (Change(tx, query::kUncountEntry, entry, place)) Add(tx, entry, place, -1);
}

void Count(sql::Tx& tx, Id entry) {
  Place place;
  if (Change(tx, query::kCountEntry, entry, place)) Add(tx, entry, place, 1);
}

void RecountAll(sql::Tx& tx, Seconds now) {
  Settle(tx, now);
  tx.MarkPublic();
  tx.Exec(query::kRecountEntries);
  tx.Exec(query::kRecountJournal);
  tx.Exec(query::kRecountAuthors);
  tx.Exec(query::kRecountCategories);
  tx.Exec(query::kRecountTags);
  tx.Exec(query::kDropMonths);
  tx.Exec(query::kRecountMonths);
}

}  // namespace daybook::journal
