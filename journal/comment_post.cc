// In this order: the gate, the same form again, the same text again, rates, the judge, the row.
#include "journal/comment_post.h"

#include "journal/alert.h"
#include "journal/comment_own.h"
#include "journal/comment_read.h"
#include "journal/edit.h"
#include "journal/follow.h"
#include "journal/judge.h"
#include "sql/queries/comment.h"
#include "sql/queries/write_answer.h"
#include "sql/tx.h"
#include "text/email.h"
#include "text/network.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr Seconds kDoubleWithin = 60;

std::string Digest(const Signer& signer, const CommentPost& post) {
  std::string text = std::to_string(post.entry_id);
  for (const std::string* part :
       {&post.author_name, &post.author_email, &post.author_url, &post.body})
    text.append(1, '\0').append(*part);
  return signer.Mac("digest", text);
}

// One level, and only below what readers see.
Id ParentOf(sql::Tx& tx, const Settings& settings, const CommentPost& post) {
  if (post.parent_id == 0 || !settings.comments_replies) return 0;
  sql::Rows rows = tx.Query(query::kCommentState, post.parent_id);
  const bool fits = rows.Step() && rows.Int(0) == post.entry_id &&
                    rows.As<AnswerStatus>(1) == AnswerStatus::kPublic;
  return fits ? post.parent_id : 0;
}

AnswerStatus StatusFor(JudgeOutcome outcome) {
  switch (outcome) {
    case JudgeOutcome::kPublish:
      return AnswerStatus::kPublic;
    case JudgeOutcome::kHold:
      return AnswerStatus::kHeld;
    case JudgeOutcome::kSpam:
      break;
  }
  return AnswerStatus::kSpam;
}

}  // namespace

Posted PostComment(sql::Tx& tx, const Settings& settings, const Signer& signer,
                   const CommentPost& post, Seconds now) {
  const GateOf gate = GateOfEntry(tx, settings, post.entry_id, now);
  const std::string digest = Digest(signer, post);
  // Made from the form and what stands in it, so that the same form gives the same receipt,
  // whatever broke in between.
  const std::string receipt = signer.Mac("receipt", post.stamp.nonce + digest);
  if (tx.Has(query::kCommentIdByReceipt, receipt)) return {PostOutcome::kRepeated, receipt, 0};
  if (gate.gate == Gate::kNowhere) return {PostOutcome::kNowhere, "", 0};
  if (gate.gate == Gate::kClosed) return {PostOutcome::kClosed, "", 0};
  if (std::optional<std::string> same =
          tx.Text(query::kCommentReceiptByDigest, digest, now - kDoubleWithin))
    return {PostOutcome::kRepeated, *std::move(same), 0};
  if (const std::optional<Seconds> again =
          RateLimited(tx, settings, AnswerKind::kComment, post.address, now))
    return {PostOutcome::kTooMany, "", *again};

  Candidate candidate;
  candidate.author_name = post.author_name;
  candidate.author_email = post.author_email;
  candidate.author_url = post.author_url;
  candidate.body = post.body;
  candidate.address = post.address;
  candidate.reader_id = post.reader_id;
  candidate.honeypot = post.honeypot;
  candidate.seconds_to_post = now - post.stamp.first_at;
  const Verdict verdict = Judge(tx, settings, candidate);

  NewComment comment;
  comment.entry_id = post.entry_id;
  comment.parent_id = ParentOf(tx, settings, post);
  comment.status = StatusFor(verdict.outcome);
  comment.created_at = now;
  comment.author_name = post.author_name;
  comment.author_email = post.author_email;
  comment.author_url = post.author_url;
  comment.mode = settings.comments_mode;
  comment.body = post.body;
  comment.html = post.html;
  comment.reader_id = post.reader_id;
  comment.network = text::NetworkOf(post.address);
  comment.score = verdict.score;
  comment.reasons = StoredReasons(verdict.reasons);
  comment.receipt = receipt;
  comment.digest = digest;
  const Id id = AddComment(tx, comment);
  if (comment.status == AnswerStatus::kPublic) NoteCommentShown(tx, id, post.entry_id, now);
  if (comment.status == AnswerStatus::kHeld) NoteWaiting(tx, now);
  CountPost(tx, settings, AnswerKind::kComment, post.address, now);
  if (comment.status != AnswerStatus::kSpam) {
    AskToConfirm(tx, settings, signer,
                 {id, post.entry_id, post.author_email, post.author_name, post.reader_id,
                  post.notify, comment.network, post.confirm},
                 now);
  }
  return {PostOutcome::kTaken, receipt, 0};
}

}  // namespace daybook::journal
