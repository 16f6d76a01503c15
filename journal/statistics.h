// How many people read what, out of the web server's access log: counts for each day and nothing
// else. Nobody's address is kept; to count a reader once a day, hashes under a random key stand in
// the database until that day is over, then they and the key are gone. Bots are left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "journal/settings.h"

namespace daybook::sql {
class Db;
class Tx;
}  // namespace daybook::sql

namespace daybook::journal {

// A line of the combined format. Views into the line.
struct AccessLine {
  std::string_view address, method, target, referrer, agent;
  Seconds at = 0;
  int status = 0;
};
[[nodiscard]] std::optional<AccessLine> ParseAccessLine(std::string_view line);
[[nodiscard]] bool IsBot(std::string_view agent);
// "… 16 subscribers": for how many people an aggregator asks; 0 where it does not say.
[[nodiscard]] std::int64_t SubscribersSaid(std::string_view agent);

// Reads on where it ended last, a little, and notes how far; a rotated file (NAME.1) is read to its
// end first. True if there is more. Does nothing within ten minutes of having read everything.
[[nodiscard]] bool ReadAccessLog(sql::Db& db, const Settings& settings, Seconds now);

// --- what the page shows; a day is 20260319

enum class Counted { kReaders = 0, kEntry = 1, kReferrer = 2, kFeed = 3 };
enum class LogProblem { kNone = 0, kUnreadable = 1, kOtherFormat = 2 };
struct LogState {
  Seconds read_at = 0;  // 0: never
  LogProblem problem = LogProblem::kNone;
};
[[nodiscard]] LogState AccessLogState(sql::Tx& tx);
struct DayCount {
  std::int64_t day = 0, readers = 0;
};
[[nodiscard]] std::vector<DayCount> ReadersByDay(sql::Tx& tx, Counted kind, std::int64_t since);
struct NamedCount {
  std::string name, path;  // `path`: of an entry
  std::int64_t readers = 0;
};
[[nodiscard]] std::vector<NamedCount> MostRead(sql::Tx& tx, std::int64_t since, std::int64_t limit);
[[nodiscard]] std::vector<NamedCount> TopReferrers(sql::Tx& tx, std::int64_t since,
                                                   std::int64_t limit);
[[nodiscard]] std::int64_t DayOf(Seconds at, std::string_view zone);

}  // namespace daybook::journal
