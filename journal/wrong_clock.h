// A machine whose clock ran ahead and was set right again, or one that started in a wrong year:
// times written meanwhile would keep jobs in dead hands and count mails against caps until then.
// What lies further ahead than any right clock could have written is drawn to now. (rates.cc and
// tidy.cc see to theirs by themselves; times that people chose are left alone.)
#pragma once

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// A read.
[[nodiscard]] bool ClockWasWrong(sql::Tx& tx, Seconds now);
void MendTimes(sql::Tx& tx, Seconds now);

}  // namespace daybook::journal
