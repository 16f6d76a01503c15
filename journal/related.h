// Which entries are like one another: kept when they are written (table entry_related), so that an
// entry's page costs one look-up more, and that only where there are any. Alike are those that
// share tags and categories, rare ones most; among equals the nearest in time.
#pragma once

#include "journal/read.h"

namespace daybook::journal {

// After an entry's terms, moment or openness changed: its own list, and the lists that it is in or
// belongs into. Bounded work, however many entries share its terms.
void Relate(sql::Tx& tx, Id entry);
// Of what an import or an older edition left: so many lists at a time, each its own alone; true if
// there may be more. The transaction becomes public where readers see a difference.
constexpr std::size_t kRelatedStep = 50;
[[nodiscard]] bool RelationsWanted(sql::Tx& tx);
bool RelateSome(sql::Tx& tx);

// What readers may see of the list, best first.
[[nodiscard]] std::vector<Link> RelatedTo(sql::Tx& tx, Id entry, Seconds now);

}  // namespace daybook::journal
