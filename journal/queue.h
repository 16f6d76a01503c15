// All that waits for somebody to decide, of every kind in one list: pages of it, and decisions
// about several things at once. What one decision does is moderate.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/judge_block.h"
#include "journal/moderate.h"
#include "text/safe.h"

namespace daybook::journal {

// One thing in it. Written "c12", a comment, or "r12", a reference.
struct Which {
  AnswerKind kind = AnswerKind::kComment;
  Id id = 0;
};
[[nodiscard]] std::string WriteWhich(const Which& which);
[[nodiscard]] std::optional<Which> ReadWhich(std::string_view written);

// Where a page of the list begins: after that one.
struct QueuePlace {
  Seconds at = kNever;
  Which after{AnswerKind::kComment, kNever};
};
// "1174291200-c12"; what cannot be read is the beginning.
[[nodiscard]] std::string WritePlace(const QueuePlace& place);
[[nodiscard]] QueuePlace ReadPlace(std::string_view written);

struct QueueItem {
  Which which;
  Seconds created_at = 0;
  std::string author, email, url, title;
  std::string text;     // its beginning: source of a comment, excerpt of a reference
  text::SafeHtml html;  // of a comment, as readers see it; empty where it is long
  bool is_cut = false;
  Id entry_id = 0;
  std::string entry_path, entry_title;
  std::string network;
  std::vector<JudgeReason> reasons;
  Id author_id = 0;  // one of the journal's own people wrote it
};
struct QueuePage {
  std::vector<QueueItem> items;
  std::optional<QueuePlace> next;  // there is more
};
// Newest first. Two queries, which cost the same on every page of however many.
[[nodiscard]] QueuePage ReadQueue(sql::Tx& tx, AnswerStatus status, const QueuePlace& from,
                                  int limit);

// How many of a status; more than kQueueCounted are not counted out.
inline constexpr std::int64_t kQueueCounted = 1000;
[[nodiscard]] std::int64_t CountQueue(sql::Tx& tx, AnswerStatus status);

struct Decided {
  int done = 0;
  int other = 0;                   // were gone, or no longer had the status that the page showed
  Id first_act = 0, last_act = 0;  // rows of the log, for UndoActs
};
// Decides in small transactions about those that still have the status that they were shown with.
[[nodiscard]] Decided DecideAll(sql::Db& db, std::span<const Which> all, AnswerStatus shown,
                                Decision decision, Id who, Seconds now);

// Erases for ever what is still in the trash. Gives how many. In a private write transaction.
int EraseAll(sql::Tx& tx, std::span<const Which> all, Id who, Seconds now);

// One of the journal's own people answers a comment, which becomes public with it if it is not. The
// same answer within a minute is taken once. In a private write transaction, which marks itself
// public. Gives the answer's id; nothing where the comment is gone.
struct Reply {
  Id comment = 0;
  Id author = 0;
  std::string name;
  std::string text;     // source
  text::SafeHtml html;  // RenderComment of it
};
[[nodiscard]] std::optional<Id> ReplyTo(sql::Tx& tx, const Settings& settings, const Reply& reply,
                                        Seconds now);

// The block list, with a line in the log.
[[nodiscard]] BlockResult BlockFrom(sql::Tx& tx, BlockKind kind, std::string_view typed, Id who,
                                    Seconds now);
bool UnblockFrom(sql::Tx& tx, Id rule, Id who, Seconds now);

[[nodiscard]] Id EntryOfReference(sql::Tx& tx, Id reference);  // 0: there is none

// --- the private feed of what waits: one address for each person, which can be ended

// "3-0123…": what stands in the address; empty where somebody has none.
[[nodiscard]] std::string FeedSecret(sql::Tx& tx, Id author);
// Whose it is; nothing for one that was never given out or was taken back.
[[nodiscard]] std::optional<Id> FeedOwner(sql::Tx& tx, std::string_view secret);
// A new address instead of the old one, or none any more.
void RenewFeed(sql::Tx& tx, Id author);
void EndFeed(sql::Tx& tx, Id author);

}  // namespace daybook::journal
