// What a journal keeps only for a while, forgotten when its time is over: spam and trash, shortened
// network addresses, mails that left, mentions that were answered, the log; and what can be kept
// only later: lists of related entries after an import. Once an hour, by whichever worker there is;
// nobody waits for it.
#pragma once

#include "journal/model.h"
#include "journal/settings.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// Whether it is an hour since it was last done, the access log is to be read, or HTML to be made
// again (site.h); a read.
[[nodiscard]] bool TidyIsDue(sql::Tx& tx, Seconds now);
// A small step; true if there is more to do. Private. Any number of processes may do it at once.
[[nodiscard]] bool Tidy(sql::Tx& tx, const Settings& settings, Seconds now);

}  // namespace daybook::journal
