// The log: what was done to the journal, by whom, when. Whoever does something worth asking about
// later writes a line in the same transaction; decisions about comments write their own
// (moderate.h), with what undoing them needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// `action`: admin.log.ACTION of the catalogue is its sentence, in which {what} is the subject.
// `who` 0: nobody who was signed in, such as the command line.
void Log(sql::Tx& tx, Id who, std::string_view action, std::string_view subject, Seconds now);
// One more of what comes in numbers: one line for each day (UTC) holds the count.
void LogCount(sql::Tx& tx, std::string_view action, Seconds now);

struct LogLine {
  Id id = 0;
  Seconds at = 0;
  std::string who;  // empty: nobody
  std::string action, subject;
  std::int64_t count = 0;  // of LogCount
};
// Newest first, those before `before`. One query, the same cost on every page.
[[nodiscard]] std::vector<LogLine> LogLines(sql::Tx& tx, Id before, int limit);

}  // namespace daybook::journal
