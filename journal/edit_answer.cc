// Comments and references of edit.h.
#include "journal/edit.h"

#include "journal/alert.h"
#include "journal/edit_common.h"
#include "journal/follow.h"
#include "journal/search_text.h"
#include "sql/queries/comment.h"
#include "sql/queries/write_answer.h"
#include "text/email.h"
#include "text/excerpt.h"
#include "text/html_escape.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr size_t kExcerpt = 500;

struct State {
  Id entry = 0;
  AnswerStatus status = AnswerStatus::kHeld;
  std::string html, author;  // of a comment
};

std::optional<State> CommentState(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kCommentState, id);
  if (!rows.Step()) return std::nullopt;
  return State{rows.Int(0), rows.As<AnswerStatus>(1), rows.String(2), rows.String(3)};
}

std::optional<State> ReferenceState(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kReferenceState, id);
  if (!rows.Step()) return std::nullopt;
  return State{rows.Int(0), rows.As<AnswerStatus>(1), "", ""};
}

// A comment became public (+1) or ceased to be (-1).
void ShowComment(sql::Tx& tx, Id id, Id entry, std::string_view author, std::string_view html,
                 int amount, LaterWords* later = nullptr) {
  tx.MarkPublic();
  tx.Exec(query::kAddToCommentCount, entry, amount);
  if (amount < 0) {
    DropCommentText(tx, id);
  } else if (tx.Int(query::kAnswerEntry, entry).value_or(0) == 1) {
    CommentWords words{id, std::string(author), text::PlainText(html)};
    if (later != nullptr) {
      later->comments.push_back(std::move(words));
    } else {
      PutCommentText(tx, words);
    }
  }
}

void ShowReference(sql::Tx& tx, Id entry, int amount) {
  tx.MarkPublic();
  tx.Exec(query::kAddToReferenceCount, entry, amount);
}

// The comment below which a reply to `parent` hangs: one level only.
Id Parent(sql::Tx& tx, Id entry, Id parent) {
  if (parent == 0) return 0;
  sql::Rows rows = tx.Query(query::kCommentPlace, parent);
  if (!rows.Step() || rows.Int(0) != entry) return 0;
  return rows.OptionalInt(1).value_or(parent);
}

}  // namespace

void IndexLater(sql::Tx& tx, const LaterWords& later) { PutNewCommentTexts(tx, later.comments); }

Id AddComment(sql::Tx& tx, const NewComment& comment, LaterWords* later, Id wanted) {
  if (!tx.Int(query::kAnswerEntry, comment.entry_id)) return 0;
  std::optional<text::EmailAddress> email = text::ParseEmail(comment.author_email);
  std::string body = CleanText(comment.body);
  text::SafeHtml html = comment.html ? *comment.html : RenderComment(comment.mode, body);
  std::optional<std::string_view> receipt;
  if (!comment.receipt.empty()) receipt = comment.receipt;
  const std::string author = CleanLine(comment.author_name);
  Id id = tx.Insert(query::kCommentInsert, comment.entry_id,
                    Nullable(Parent(tx, comment.entry_id, comment.parent_id)), comment.status,
                    comment.created_at, author, email ? email->view() : std::string_view(),
                    CleanAddress(comment.author_url), Nullable(comment.author_id), comment.mode,
                    body, html, Nullable(comment.reader_id), comment.network, comment.score,
                    comment.reasons, receipt, comment.digest, wanted);
  if (comment.status == AnswerStatus::kPublic)
    ShowComment(tx, id, comment.entry_id, author, html.view(), 1, later);
  return id;
}

bool SetCommentStatus(sql::Tx& tx, Id id, AnswerStatus status, Seconds now) {
  std::optional<State> old = CommentState(tx, id);
  if (!old) return false;
  tx.Exec(query::kCommentSetStatus, id, status, now);
  bool was_public = old->status == AnswerStatus::kPublic;
  bool is_public = status == AnswerStatus::kPublic;
  if (was_public != is_public)
    ShowComment(tx, id, old->entry, old->author, old->html, is_public ? 1 : -1);
  if (is_public) tx.Exec(query::kCommentTrustReader, id, now);
  if (is_public && !was_public) {
    NoteCommentShown(tx, id, old->entry, now);
    NoteApproved(tx, id, now);
  }
  return true;
}

bool EditComment(sql::Tx& tx, Id id, CommentMode mode, std::string_view body, Seconds now) {
  std::optional<State> old = CommentState(tx, id);
  if (!old) return false;
  bool is_public = old->status == AnswerStatus::kPublic;
  if (is_public) ShowComment(tx, id, old->entry, "", "", -1);
  std::string clean = CleanText(body);
  text::SafeHtml html = RenderComment(mode, clean);
  tx.Exec(query::kCommentEdit, id, clean, html, mode, now);
  if (is_public) ShowComment(tx, id, old->entry, old->author, html.view(), 1);
  return true;
}

bool EraseComment(sql::Tx& tx, Id id) {
  std::optional<State> old = CommentState(tx, id);
  if (!old) return false;
  if (old->status == AnswerStatus::kPublic) ShowComment(tx, id, old->entry, "", "", -1);
  if (tx.Exec(query::kCommentFreeReplies, id) > 0) tx.MarkPublic();
  tx.Exec(query::kCommentErase, id);
  return true;
}

Id AddReference(sql::Tx& tx, const NewReference& reference) {
  if (!tx.Int(query::kAnswerEntry, reference.entry_id)) return 0;
  std::string url = CleanAddress(reference.url);
  std::string title = CleanLine(reference.title);
  Id id =
      tx.Insert(query::kReferenceInsert, reference.entry_id, reference.kind, reference.via,
                reference.status, title.empty() ? url : title, url, CleanLine(reference.site_name),
                CleanAddress(reference.site_url), CleanLine(reference.author),
                text::MakeExcerpt(CleanText(reference.excerpt), kExcerpt), reference.created_at);
  if (reference.status == AnswerStatus::kPublic) ShowReference(tx, reference.entry_id, 1);
  return id;
}

bool SetReferenceStatus(sql::Tx& tx, Id id, AnswerStatus status, Seconds now) {
  std::optional<State> old = ReferenceState(tx, id);
  if (!old) return false;
  tx.Exec(query::kReferenceSetStatus, id, status, now);
  bool was_public = old->status == AnswerStatus::kPublic;
  bool is_public = status == AnswerStatus::kPublic;
  if (was_public != is_public) ShowReference(tx, old->entry, is_public ? 1 : -1);
  return true;
}

bool EraseReference(sql::Tx& tx, Id id) {
  std::optional<State> old = ReferenceState(tx, id);
  if (!old) return false;
  if (old->status == AnswerStatus::kPublic) ShowReference(tx, old->entry, -1);
  tx.Exec(query::kReferenceErase, id);
  return true;
}

Id RenderCommentsAgain(sql::Tx& tx, Id after, int limit) {
  struct Row {
    Id id;
    CommentMode mode;
    std::string body;
  };
  std::vector<Row> rows_to_do;
  {
    sql::Rows rows = tx.Query(query::kCommentsToRender, after, limit);
    while (rows.Step())
      rows_to_do.push_back({rows.Int(0), rows.As<CommentMode>(1), rows.String(2)});
  }
  for (const Row& row : rows_to_do)
    tx.Exec(query::kCommentPutHtml, row.id, RenderComment(row.mode, row.body));
  return rows_to_do.empty() ? 0 : rows_to_do.back().id;
}

}  // namespace daybook::journal
