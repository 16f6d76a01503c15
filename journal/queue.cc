// The list of what waits, out of the tables `comment` and `reference`.
#include "journal/queue.h"

#include <algorithm>
#include <charconv>

#include "journal/audit.h"
#include "journal/comment_read.h"
#include "journal/edit.h"
#include "journal/edit_common.h"
#include "journal/follow.h"
#include "journal/sign.h"
#include "sql/db.h"
#include "sql/queries/queue.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr std::size_t kAtOnce = 10;    // decisions in a transaction: each of them trains
constexpr std::int64_t kShown = 4000;  // bytes of HTML

std::optional<std::int64_t> ReadNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void Add(std::vector<QueueItem>& items, sql::Rows rows, AnswerKind kind) {
  while (rows.Step()) {
    QueueItem item;
    item.which = {kind, rows.Int(0)};
    item.created_at = rows.Int(1);
    item.author = rows.String(2);
    item.email = rows.String(3);
    item.url = rows.String(4);
    item.title = rows.String(5);
    item.text = rows.String(6);
    item.html = text::SafeHtml::Vouch(rows.String(7));  // by the one pipeline, when it was stored
    item.is_cut = rows.Bool(8);
    item.entry_id = rows.Int(9);
    item.entry_path = rows.String(10);
    item.entry_title = rows.String(11);
    item.network = rows.String(12);
    item.reasons = ReadReasons(rows.Text(13));
    item.author_id = rows.OptionalInt(14).value_or(0);
    items.push_back(std::move(item));
  }
}

constexpr Seconds kSameWithin = 60;

std::string FeedText(Id author, std::int64_t edition) {
  return std::to_string(author) + "-" + std::to_string(edition);
}

}  // namespace

std::string WriteWhich(const Which& which) {
  return (which.kind == AnswerKind::kReference ? "r" : "c") + std::to_string(which.id);
}

std::optional<Which> ReadWhich(std::string_view written) {
  if (!written.starts_with('c') && !written.starts_with('r')) return std::nullopt;
  const auto id = ReadNumber(written.substr(1));
  if (!id || *id <= 0) return std::nullopt;
  return Which{written[0] == 'r' ? AnswerKind::kReference : AnswerKind::kComment, *id};
}

std::string WritePlace(const QueuePlace& place) {
  return std::to_string(place.at) + "-" + WriteWhich(place.after);
}

QueuePlace ReadPlace(std::string_view written) {
  const std::size_t dash = written.find('-', 1);
  if (dash == std::string_view::npos) return {};
  const auto at = ReadNumber(written.substr(0, dash));
  const auto after = ReadWhich(written.substr(dash + 1));
  return at && after ? QueuePlace{*at, *after} : QueuePlace{};
}

QueuePage ReadQueue(sql::Tx& tx, AnswerStatus status, const QueuePlace& from, int limit) {
  // Of one moment comments come first.
  const bool in_comments = from.after.kind == AnswerKind::kComment;
  QueuePage page;
  Add(page.items,
      tx.Query(query::kQueueComments, status, from.at, in_comments ? from.after.id : 0, limit + 1,
               kShown),
      AnswerKind::kComment);
  Add(page.items,
      tx.Query(query::kQueueReferences, status, from.at, in_comments ? kNever : from.after.id,
               limit + 1),
      AnswerKind::kReference);
  std::stable_sort(
      page.items.begin(), page.items.end(),
      [](const QueueItem& a, const QueueItem& b) { return a.created_at > b.created_at; });
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.resize(static_cast<std::size_t>(limit));
    page.next = QueuePlace{page.items.back().created_at, page.items.back().which};
  }
  return page;
}

std::int64_t CountQueue(sql::Tx& tx, AnswerStatus status) {
  return tx.Int(query::kQueueCount, status, kQueueCounted + 1).value_or(0);
}

Decided DecideAll(sql::Db& db, std::span<const Which> all, AnswerStatus shown, Decision decision,
                  Id who, Seconds now) {
  Decided decided;
  while (!all.empty()) {
    const auto part = all.first(std::min(all.size(), kAtOnce));
    all = all.subspan(part.size());
    const Decided these = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      Decided some;
      const Id before = tx.Int(query::kLogNewest).value_or(0);
      for (const Which& which : part) {
        const auto item = AnswerById(tx, which.kind, which.id);
        const bool is_shown = item && item->status == shown;
        if (is_shown && Moderate(tx, which.kind, which.id, decision, who, now))
          ++some.done;
        else
          ++some.other;
      }
      some.last_act = tx.Int(query::kLogNewest).value_or(0);
      some.first_act = before + 1;
      return some;
    });
    decided.done += these.done;
    decided.other += these.other;
    if (decided.first_act == 0) decided.first_act = these.first_act;
    decided.last_act = these.last_act;
  }
  return decided;
}

int EraseAll(sql::Tx& tx, std::span<const Which> all, Id who, Seconds now) {
  int erased = 0;
  for (const Which& which : all) {
    const auto item = AnswerById(tx, which.kind, which.id);
    if (!item || item->status != AnswerStatus::kTrash) continue;
    const bool is_comment = which.kind == AnswerKind::kComment;
    if (is_comment ? EraseComment(tx, which.id) : EraseReference(tx, which.id)) ++erased;
  }
  if (erased > 0) Log(tx, who, "erase.answers", std::to_string(erased), now);
  return erased;
}

std::optional<Id> ReplyTo(sql::Tx& tx, const Settings& settings, const Reply& reply, Seconds now) {
  const std::optional<StoredComment> comment = CommentById(tx, reply.comment);
  if (!comment) return std::nullopt;
  NewComment answer;
  answer.digest = "reply " + std::to_string(reply.comment) + " " + std::to_string(reply.author) +
                  " " + ShortHash(reply.text);
  if (const auto there = tx.Int(query::kCommentRepeated, answer.digest, now - kSameWithin))
    return there;
  if (comment->status != AnswerStatus::kPublic)
    static_cast<void>(
        Moderate(tx, AnswerKind::kComment, reply.comment, Decision::kApprove, reply.author, now));
  answer.entry_id = comment->entry_id;
  if (settings.comments_replies) answer.parent_id = reply.comment;
  answer.status = AnswerStatus::kPublic;
  answer.created_at = now;
  answer.author_name = reply.name;
  answer.author_id = reply.author;
  answer.mode = settings.comments_mode;
  answer.body = reply.text;
  answer.html = reply.html;
  const Id id = AddComment(tx, answer);
  NoteCommentShown(tx, id, answer.entry_id, now);
  return id;
}

BlockResult BlockFrom(sql::Tx& tx, BlockKind kind, std::string_view typed, Id who, Seconds now) {
  BlockResult result = AddBlockRule(tx, kind, typed, now);
  if (result.outcome == BlockOutcome::kAdded)
    Log(tx, who, "block", kind == BlockKind::kEmail ? NameOf(kind) : result.rule.pattern, now);
  return result;
}

bool UnblockFrom(sql::Tx& tx, Id rule, Id who, Seconds now) {
  const bool removed = RemoveBlockRule(tx, rule);
  if (removed) Log(tx, who, "unblock", "", now);
  return removed;
}

Id EntryOfReference(sql::Tx& tx, Id reference) {
  return tx.Int(query::kReferenceEntry, reference).value_or(0);
}

std::string FeedSecret(sql::Tx& tx, Id author) {
  const std::int64_t edition = tx.Int(query::kPersonFeed, author).value_or(0);
  if (edition <= 0) return "";
  return std::to_string(author) + "-" + SignerOf(tx).Mac("feed", FeedText(author, edition));
}

std::optional<Id> FeedOwner(sql::Tx& tx, std::string_view secret) {
  const std::size_t dash = std::min(secret.find('-'), secret.size());
  const auto author = ReadNumber(secret.substr(0, dash));
  if (!author || dash == secret.size()) return std::nullopt;
  const std::int64_t edition = tx.Int(query::kPersonFeed, *author).value_or(0);
  const bool fits = SignerOf(tx).Fits(secret.substr(dash + 1), "feed", FeedText(*author, edition));
  return fits && edition > 0 ? author : std::nullopt;
}

void RenewFeed(sql::Tx& tx, Id author) {
  const std::int64_t edition = tx.Int(query::kPersonFeed, author).value_or(0);
  tx.Exec(query::kPersonFeedSet, author, (edition < 0 ? -edition : edition) + 1);
}

void EndFeed(sql::Tx& tx, Id author) {
  const std::int64_t edition = tx.Int(query::kPersonFeed, author).value_or(0);
  if (edition > 0) tx.Exec(query::kPersonFeedSet, author, -edition);
}

}  // namespace daybook::journal
