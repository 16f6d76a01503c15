// Lists of entries for those who write.
#include "journal/desk.h"

#include "sql/queries.h"
#include "sql/tx.h"
#include "text/html_clean.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

// A pattern for `like`: letters of A to Z in any case, its own signs taken as they are.
std::string PatternOf(std::string_view words) {
  const std::string typed = text::AsciiLower(text::TrimHtmlSpace(words));
  if (typed.empty()) return "";
  std::string pattern = "%";
  for (const char c : typed) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace

std::vector<DeskEntry> DeskEntries(sql::Tx& tx, const DeskFilter& filter, Seconds now,
                                   std::int64_t limit, std::int64_t offset) {
  std::vector<DeskEntry> entries;
  sql::Rows rows = tx.Query(query::kDeskEntries, filter.kind, filter.list, filter.author,
                            PatternOf(filter.words), now, limit, offset);
  while (rows.Step()) {
    DeskEntry entry;
    entry.id = rows.Int(0);
    entry.status = rows.As<EntryStatus>(1);
    entry.path = rows.String(2);
    entry.title = rows.String(3);
    entry.summary = rows.String(4);
    entry.author = rows.String(5);
    entry.zone = rows.String(6);
    entry.visible_at = rows.Int(7);
    entry.updated_at = rows.Int(8);
    entry.expires_at = rows.Int(9);
    entry.pinned = rows.Bool(10);
    entry.locked = rows.Bool(11);
    entry.comment_count = rows.Int(12);
    entries.push_back(std::move(entry));
  }
  return entries;
}

DeskCounts CountDesk(sql::Tx& tx, const DeskFilter& filter, Seconds now) {
  DeskCounts counts{};
  sql::Rows rows =
      tx.Query(query::kDeskCounts, filter.kind, filter.author, PatternOf(filter.words), now);
  if (!rows.Step()) return counts;
  for (int i = 0; i < kDeskLists; ++i) counts[static_cast<std::size_t>(i)] = rows.Int(i);
  return counts;
}

}  // namespace daybook::journal
