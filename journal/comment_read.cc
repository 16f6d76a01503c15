// Whole comments, and the gate before new ones.
#include "journal/comment_read.h"

#include "sql/queries/comment.h"
#include "sql/tx.h"

namespace daybook::journal {

namespace query = sql::query;

std::optional<StoredComment> CommentById(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kCommentWhole, id);
  if (!rows.Step()) return std::nullopt;
  StoredComment comment;
  comment.id = rows.Int(0);
  comment.entry_id = rows.Int(1);
  comment.parent_id = rows.OptionalInt(2).value_or(0);
  comment.status = rows.As<AnswerStatus>(3);
  comment.created_at = rows.Int(4);
  comment.edited_at = rows.OptionalInt(5);
  comment.author_name = rows.String(6);
  comment.author_email = rows.String(7);
  // Proved when it was stored.
  comment.author_url = text::SafeUrl::Vouch(rows.String(8));
  comment.author_id = rows.OptionalInt(9).value_or(0);
  comment.reader_id = rows.OptionalInt(10).value_or(0);
  comment.mode = rows.As<CommentMode>(11);
  comment.body = rows.String(12);
  comment.html = text::SafeHtml::Vouch(rows.String(13));
  comment.network = rows.String(14);
  comment.score = rows.OptionalReal(15);
  comment.reasons = rows.String(16);
  comment.receipt = rows.String(17);
  comment.decided_at = rows.OptionalInt(18);
  comment.entry_path = rows.String(19);
  comment.entry_title = rows.String(20);
  return comment;
}

std::optional<StoredComment> CommentByReceipt(sql::Tx& tx, std::string_view receipt) {
  if (receipt.empty()) return std::nullopt;
  const std::optional<Id> id = tx.Int(query::kCommentIdByReceipt, receipt);
  return id ? CommentById(tx, *id) : std::nullopt;
}

GateOf GateOfEntry(sql::Tx& tx, const Settings& settings, Id entry, Seconds now) {
  sql::Rows rows = tx.Query(query::kCommentGate, entry);
  if (!rows.Step()) return {};
  GateOf gate{Gate::kNowhere, rows.String(9), rows.String(8)};
  const bool is_visible = rows.As<EntryStatus>(1) == EntryStatus::kPublished &&
                          rows.Int(2) <= now && rows.Int(3) > now && rows.Text(7).empty();
  const Allow allow = rows.As<Allow>(4);
  const bool by_journal = allow == Allow::kAsJournal;
  if (!is_visible || allow == Allow::kNone) return gate;
  if (allow != Allow::kOpen && settings.comments == CommentPolicy::kNone) return gate;
  // A page has comments only where its own switch says so or it brought some along.
  if (by_journal && rows.As<EntryKind>(0) == EntryKind::kPage && rows.Int(6) == 0) return gate;
  const bool is_open =
      allow == Allow::kOpen || (by_journal && settings.comments == CommentPolicy::kOpen);
  gate.gate = is_open && now < rows.Int(5) ? Gate::kOpen : Gate::kClosed;
  return gate;
}

}  // namespace daybook::journal
