// What the owner's pages read of entries: lists for those who write, not for readers. Everything
// that readers see is in read.h.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// The lists; their numbers are the places in DeskCounts.
enum class DeskList { kAll, kDrafts, kScheduled, kPublished, kPrivate, kTrash };
inline constexpr int kDeskLists = 6;

struct DeskFilter {
  EntryKind kind = EntryKind::kEntry;
  DeskList list = DeskList::kAll;
  Id author = 0;      // 0: everybody's
  std::string words;  // in the title; empty: all
};

struct DeskEntry {
  Id id = 0;
  EntryStatus status = EntryStatus::kDraft;
  std::string path, title, summary, author, zone;  // title empty: a note
  Seconds visible_at = 0, updated_at = 0, expires_at = kNever;
  bool pinned = false, locked = false;
  std::int64_t comment_count = 0;
};
// Drafts and what changed last come first; lists of what has a date, newest first.
[[nodiscard]] std::vector<DeskEntry> DeskEntries(sql::Tx& tx, const DeskFilter& filter, Seconds now,
                                                 std::int64_t limit, std::int64_t offset);
// How many each list has, under the filter's kind, author and words.
using DeskCounts = std::array<std::int64_t, kDeskLists>;
[[nodiscard]] DeskCounts CountDesk(sql::Tx& tx, const DeskFilter& filter, Seconds now);

}  // namespace daybook::journal
