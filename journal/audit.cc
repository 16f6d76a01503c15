// The table `log`.
#include "journal/audit.h"

#include <charconv>

#include "journal/edit_common.h"
#include "sql/queries/audit.h"
#include "sql/queries/moderate.h"
#include "sql/tx.h"
#include "text/dates.h"

namespace daybook::journal {

namespace query = sql::query;

void Log(sql::Tx& tx, Id who, std::string_view action, std::string_view subject, Seconds now) {
  tx.Exec(query::kLogPut, now, Nullable(who), action, subject, "");
}

void LogCount(sql::Tx& tx, std::string_view action, Seconds now) {
  const std::string day = text::Rfc3339Date(now, "UTC").substr(0, 10);
  if (tx.Exec(query::kLogCountMore, day, action, now) == 0)
    tx.Exec(query::kLogPut, now, nullptr, action, day, "1");
}

std::vector<LogLine> LogLines(sql::Tx& tx, Id before, int limit) {
  std::vector<LogLine> lines;
  sql::Rows rows = tx.Query(query::kLogLines, before, limit);
  while (rows.Step()) {
    LogLine line;
    line.id = rows.Int(0);
    line.at = rows.Int(1);
    line.who = rows.String(2);
    line.action = rows.String(3);
    line.subject = rows.String(4);
    const std::string_view detail = rows.Text(5);
    std::from_chars(detail.data(), detail.data() + detail.size(), line.count);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace daybook::journal
