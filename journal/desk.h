// What the owner's pages ask of entries: lists for those who write, what a writer may choose from,
// what tells one state of an entry from another. Everything that readers see is in read.h, saving
// is edit.h.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "journal/account.h"
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

// --- one entry

// Editors everything; an author what is their own and not public yet, or all that is their own
// where they may publish.
[[nodiscard]] bool MayEdit(const Person& person, const EntryDraft& draft);
// Sixteen hexadecimal digits over everything that a writer can change: another text, another
// edition.
[[nodiscard]] std::string EditionOf(const EntryDraft& draft, std::string_view sources = {});
[[nodiscard]] bool SameText(const EntryDraft& a, const EntryDraft& b);
// Where the entry would be if it were published now.
[[nodiscard]] std::string FutureAddress(sql::Tx& tx, const Settings& settings,
                                        const EntryDraft& draft, Id id);
[[nodiscard]] Id EntryWithGuid(sql::Tx& tx, std::string_view guid);  // 0: none
// A revision that is nobody's to overwrite: what was typed and could not be saved as it was.
void KeepTyped(sql::Tx& tx, Id entry, Id author, const EntryDraft& typed, Seconds now);

struct CategoryChoice {
  Id id = 0;
  std::string name;
  int depth = 0;
};
[[nodiscard]] std::vector<CategoryChoice> CategoryChoices(sql::Tx& tx);  // all of them, as a tree
struct PageChoice {
  Id id = 0;
  std::string title;
};
[[nodiscard]] std::vector<PageChoice> PageChoices(sql::Tx& tx);  // that can be above others
[[nodiscard]] std::vector<std::string> TagNamesOf(sql::Tx& tx, Id entry);
// Those that are called so; new ones are made. In a write transaction.
[[nodiscard]] std::vector<Id> TagsNamed(sql::Tx& tx, const std::vector<std::string>& names);

// The author's own references, one a line: address, blank, title.
[[nodiscard]] std::string SourcesText(sql::Tx& tx, Id entry);
struct Source {
  std::string url, title;
};
// Those that stay keep all that is known of them. In a write transaction.
void ReplaceSources(sql::Tx& tx, Id entry, const std::vector<Source>& sources, Seconds now);

}  // namespace daybook::journal
