// The kept counts (how many entries an author, a category, a tag, a month and the journal have) and
// the moments at which they change by themselves: an entry becomes visible, expires, or closes for
// comments. An entry is in the counts when entry.counted is 1: kind 0, status 1, visible_at <=
// state.settled_at < expires_at. Nobody else writes them.
#pragma once

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// Whether such a moment has passed that the kept columns do not show yet. Three index probes; a
// read.
[[nodiscard]] bool IsDue(sql::Tx& tx, Seconds now);

// Folds in everything up to `now`. True if something changed: then the transaction has been marked
// public. Going back in time changes nothing.
bool Settle(sql::Tx& tx, Seconds now);

// The next such moment after `now`, or kNever: until when a page store's generation may live, and
// when a worker wakes.
[[nodiscard]] Seconds NextMoment(sql::Tx& tx, Seconds now);
// The latest such moment that is not after `now`; 0 if there was none. For the ETag.
[[nodiscard]] Seconds LastMoment(sql::Tx& tx, Seconds now);

// Takes an entry out of the counts (before its author, date, categories, tags or visibility
// change), and puts it in if it belongs there. Both do nothing where nothing is to be done.
void Uncount(sql::Tx& tx, Id entry);
void Count(sql::Tx& tx, Id entry);

// Everything from scratch: after a restore, and by `check`. Slow on purpose.
void RecountAll(sql::Tx& tx, Seconds now);

}  // namespace daybook::journal
