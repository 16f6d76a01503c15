// Readers: how an address is confirmed, and what its owner may do.
#include "journal/comment_own.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "journal/contact.h"
#include "journal/edit.h"
#include "journal/edit_common.h"
#include "journal/friend.h"
#include "journal/judge.h"
#include "journal/mail.h"
#include "sql/queries/comment.h"
#include "sql/queries/moderate.h"
#include "sql/tx.h"
#include "text/dates.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

template <typename Query, typename Key>
std::optional<Reader> ReadReader(sql::Tx& tx, const Query& query, const Key& key) {
  sql::Rows rows = tx.Query(query, key);
  if (!rows.Step()) return std::nullopt;
  return Reader{rows.Int(0),         rows.String(1),      rows.String(2),
                rows.OptionalInt(3), rows.OptionalInt(4), rows.Int(5)};
}

constexpr std::string_view kWithdraw = "withdraw";

std::string ReceiptSubject(std::string_view receipt) { return "receipt " + std::string(receipt); }

// What the token of a confirming mail vouches for.
std::string ConfirmText(Id comment, bool notify, std::string_view email) {
  return std::to_string(comment) + (notify ? ".1." : ".0.") + std::string(email);
}

}  // namespace

std::optional<Reader> ReaderById(sql::Tx& tx, Id id) {
  return ReadReader(tx, query::kReaderById, id);
}

void AskToConfirm(sql::Tx& tx, const Settings& settings, const Signer& signer,
                  const ConfirmRequest& request, Seconds now) {
  const std::optional<text::EmailAddress> email = text::ParseEmail(request.email);
  if (!email) return;
  if (request.reader_id != 0) {
    const std::optional<Reader> reader = ReaderById(tx, request.reader_id);
    if (reader && reader->confirmed_at && reader->email == email->view()) {
      if (request.notify) FollowThread(tx, request.entry_id, reader->id, now);
      return;
    }
  }
  if (!settings.MailIsSet()) return;
  const GateOf entry = GateOfEntry(tx, settings, request.entry_id, now);
  NewMail mail;
  mail.kind = MailTemplate::kConfirmComment;
  mail.to = *email;
  const std::string token =
      std::to_string(request.comment_id) + (request.notify ? "-1-" : "-0-") +
      WriteToken(signer, "confirm", ConfirmText(request.comment_id, request.notify, email->view()),
                 now);
  mail.fields = {{"link", request.confirm + token},
                 {"entry", entry.title},
                 {"entry_url", settings.Origin() + settings.BasePath() + entry.path}};
  mail.network = request.network;
  // Whatever came of it, the person is told the same: an address must not be found out here.
  static_cast<void>(EnqueueMail(tx, settings, mail, now));
}

Confirmation CheckConfirmation(sql::Tx& tx, const Signer& signer, std::string_view token,
                               Seconds now) {
  Confirmation found;
  const std::size_t first = token.find('-');
  const std::size_t second = token.find('-', first + 1);
  if (first == std::string_view::npos || second != first + 2) return found;
  Id id = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + first, id);
  if (error != std::errc() || end != token.data() + first) return found;
  const bool notify = token[first + 1] == '1';
  const std::optional<StoredComment> comment = CommentById(tx, id);
  if (!comment || comment->author_email.empty()) return found;
  found.state = CheckToken(signer, "confirm", ConfirmText(id, notify, comment->author_email),
                           token.substr(second + 1), now, kConfirmLife);
  if (found.state == TokenState::kForged) return found;
  found.comment_id = id;
  found.email = comment->author_email;
  found.notify = notify;
  return found;
}

std::optional<Reader> Confirm(sql::Tx& tx, const Settings& settings, const Signer& signer,
                              std::string_view token, Seconds now) {
  const Confirmation found = CheckConfirmation(tx, signer, token, now);
  if (found.state != TokenState::kGood) return std::nullopt;
  const std::optional<StoredComment> comment = CommentById(tx, found.comment_id);
  const auto email = text::ParseEmail(found.email);
  if (!email) return std::nullopt;
  const auto reader = ConfirmReader(tx, *email, comment->author_name, now);
  tx.Exec(query::kCommentClaim, comment->id, reader->id);
  // Approved before its address was confirmed. Where nothing is held, being public proves nothing.
  if (comment->status == AnswerStatus::kPublic && settings.comments_hold != Hold::kNone)
    tx.Exec(query::kReaderTrust, reader->id, now);
  if (found.notify) FollowThread(tx, comment->entry_id, reader->id, now);
  return ReaderById(tx, reader->id);
}

std::optional<Reader> ConfirmReader(sql::Tx& tx, const text::EmailAddress& email,
                                    std::string_view name, Seconds now) {
  std::optional<Reader> reader = ReadReader(tx, query::kReaderByEmail, email);
  const Id id = reader ? reader->id : tx.Insert(query::kReaderInsert, email, name, now);
  tx.Exec(query::kReaderConfirm, id, now);
  return ReaderById(tx, id);
}

bool MayEdit(const StoredComment& comment, Id reader, Seconds now) {
  const bool is_there =
      comment.status == AnswerStatus::kPublic || comment.status == AnswerStatus::kHeld;
  return reader != 0 && comment.reader_id == reader && is_there && comment.author_id == 0 &&
         now < comment.created_at + kEditWindow;
}

std::vector<StoredComment> CommentsOfReader(sql::Tx& tx, const Reader& reader) {
  std::vector<Id> ids;
  {
    sql::Rows rows = tx.Query(query::kCommentsOfReader, reader.id, reader.email);
    while (rows.Step()) ids.push_back(rows.Int(0));
  }
  std::vector<StoredComment> comments;
  for (const Id id : ids)
    if (std::optional<StoredComment> comment = CommentById(tx, id))
      comments.push_back(*std::move(comment));
  return comments;
}

bool EditOwn(sql::Tx& tx, const Settings& settings, Id id, Id reader, std::string_view body,
             std::string_view address, Seconds now) {
  const std::optional<StoredComment> old = CommentById(tx, id);
  if (!old || !MayEdit(*old, reader, now)) return false;
  Candidate candidate;
  candidate.author_name = old->author_name;
  candidate.author_email = old->author_email;
  candidate.author_url = old->author_url.str();
  candidate.body = body;
  candidate.address = address;
  candidate.reader_id = reader;
  const Verdict verdict = Judge(tx, settings, candidate);
  EditComment(tx, id, settings.comments_mode, body, now);
  tx.Exec(query::kCommentPutVerdict, id, verdict.score, StoredReasons(verdict.reasons));
  if (old->status != AnswerStatus::kPublic || verdict.outcome == JudgeOutcome::kPublish)
    return true;
  return SetCommentStatus(
      tx, id, verdict.outcome == JudgeOutcome::kHold ? AnswerStatus::kHeld : AnswerStatus::kSpam,
      now);
}

bool WithdrawOwn(sql::Tx& tx, Id id, Id reader, Seconds now) {
  const std::optional<StoredComment> comment = CommentById(tx, id);
  if (!comment || !MayEdit(*comment, reader, now)) return false;
  static_cast<void>(Untrain(tx, AnswerKind::kComment, id));  // not a word of it stays
  tx.Exec(query::kLogPut, now, std::optional<Id>(), kWithdraw, ReceiptSubject(comment->receipt),
          "");
  return EraseComment(tx, id);
}

bool WasWithdrawn(sql::Tx& tx, std::string_view receipt) {
  return tx.Has(query::kLogHas, ReceiptSubject(receipt), kWithdraw);
}

std::vector<Follow> FollowsOf(sql::Tx& tx, Id reader) {
  std::vector<Follow> follows;
  sql::Rows rows = tx.Query(query::kFollowsOfReader, reader);
  while (rows.Step()) follows.push_back({rows.Int(0), rows.String(1), rows.String(2), rows.Int(3)});
  return follows;
}

void FollowThread(sql::Tx& tx, Id entry, Id reader, Seconds now) {
  tx.Exec(query::kFollowPut, entry, reader, now);
}

bool LeaveThread(sql::Tx& tx, Id entry, Id reader) {
  return tx.Exec(query::kFollowDrop, entry, reader) > 0;
}

std::string ExportReader(sql::Tx& tx, const Reader& reader) {
  using Json = nlohmann::ordered_json;
  const auto time = [](Seconds at) { return text::Rfc3339Date(at, "UTC"); };
  constexpr const char* kStatus[] = {"waiting", "public", "waiting", "deleted"};
  Json all;
  all["email"] = reader.email;
  all["name"] = reader.name;
  all["first_seen"] = time(reader.created_at);
  if (reader.confirmed_at) all["confirmed"] = time(*reader.confirmed_at);
  all["comments"] = Json::array();
  for (const StoredComment& comment : CommentsOfReader(tx, reader)) {
    Json item;
    item["entry"] = comment.entry_path;
    item["entry_title"] = comment.entry_title;
    item["date"] = time(comment.created_at);
    if (comment.edited_at) item["edited"] = time(*comment.edited_at);
    item["status"] = kStatus[static_cast<int>(comment.status)];
    item["name"] = comment.author_name;
    item["url"] = comment.author_url.str();
    item["text"] = comment.body;
    if (!comment.network.empty()) item["network"] = comment.network;
    all["comments"].push_back(std::move(item));
  }
  all["followed"] = Json::array();
  for (const Follow& follow : FollowsOf(tx, reader.id))
    all["followed"].push_back({{"entry", follow.path}, {"since", time(follow.created_at)}});
  return all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void EraseReader(sql::Tx& tx, const Reader& reader) {
  for (const StoredComment& comment : CommentsOfReader(tx, reader)) {
    if (comment.author_id != 0) continue;
    static_cast<void>(Untrain(tx, AnswerKind::kComment, comment.id));
    EraseComment(tx, comment.id);
  }
  EraseFriendMails(tx, reader.email);
  EraseMessages(tx, reader.email);
  tx.Exec(query::kMailErase, reader.email);
  tx.Exec(query::kReaderErase, reader.id);
}

}  // namespace daybook::journal
