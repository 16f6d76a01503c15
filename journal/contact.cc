// Messages to the owner: see contact.h.
#include "journal/contact.h"

#include <charconv>

#include "journal/judge.h"
#include "journal/mail.h"
#include "sql/queries/contact.h"
#include "sql/tx.h"
#include "text/email.h"
#include "text/network.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr Seconds kDay = 86400;

Message Row(sql::Rows& rows) {
  Message message;
  message.id = rows.Int(0);
  message.status = rows.As<MessageStatus>(1);
  message.created_at = rows.Int(2);
  message.name = rows.String(3);
  message.email = rows.String(4);
  message.body = rows.String(5);
  message.score = rows.Real(6);
  message.reasons = rows.String(7);
  return message;
}

// The owner learns of it by mail; its text goes along only if it scored clean.
void Tell(sql::Tx& tx, const Settings& settings, Id id, const NewMessage& message, bool clean,
          Seconds now) {
  const auto owner = text::ParseEmail(settings.email);
  if (!owner) return;
  NewMail mail;
  mail.kind = MailTemplate::kMessage;
  mail.to = *owner;
  mail.fields = {
      {"name", message.name},
      {"link", settings.Origin() + settings.BasePath() + "/admin/messages/" + std::to_string(id)}};
  if (clean) {
    mail.fields.emplace_back("reply", message.email);
    mail.fields.emplace_back("message", std::to_string(id));
  }
  static_cast<void>(EnqueueMail(tx, settings, mail, now));
}

}  // namespace

std::optional<Seconds> TakeMessage(sql::Tx& tx, const Settings& settings, const Signer& signer,
                                   const NewMessage& message, Seconds now) {
  std::string text = message.name;
  for (const std::string* part : {&message.email, &message.body})
    text.append(1, '\0').append(*part);
  const std::string digest = signer.Mac("message", text);
  if (tx.Has(query::kMessageRepeated, digest, now - kDay)) return std::nullopt;
  if (const auto again = RateLimited(tx, settings, AnswerKind::kMessage, message.address, now))
    return again;
  Candidate candidate;
  candidate.kind = AnswerKind::kMessage;
  candidate.author_name = message.name;
  candidate.author_email = message.email;
  candidate.body = message.body;
  candidate.address = message.address;
  candidate.honeypot = message.honeypot;
  candidate.seconds_to_post = message.seconds_to_post;
  const Verdict verdict = Judge(tx, settings, candidate);
  const bool spam = verdict.outcome == JudgeOutcome::kSpam;
  const Id id =
      tx.Insert(query::kMessageInsert, spam ? MessageStatus::kSpam : MessageStatus::kNew, now,
                message.name, message.email, message.body, text::NetworkOf(message.address),
                verdict.score, StoredReasons(verdict.reasons), digest);
  CountPost(tx, settings, AnswerKind::kMessage, message.address, now);
  if (!spam) Tell(tx, settings, id, message, verdict.score < kHoldScore && !message.honeypot, now);
  return std::nullopt;
}

std::optional<Message> MessageById(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kMessageById, id);
  if (!rows.Step()) return std::nullopt;
  return Row(rows);
}

std::vector<Message> Messages(sql::Tx& tx, MessageStatus status, std::int64_t limit,
                              std::int64_t offset) {
  std::vector<Message> list;
  sql::Rows rows = tx.Query(query::kMessageList, status, limit, offset);
  while (rows.Step()) list.push_back(Row(rows));
  return list;
}

std::int64_t CountMessages(sql::Tx& tx, MessageStatus status) {
  return tx.Int(query::kMessageCount, status).value_or(0);
}

bool SetMessage(sql::Tx& tx, Id id, MessageStatus status, Seconds now) {
  return tx.Exec(query::kMessagePutStatus, id, status, now) > 0;
}

bool EraseMessage(sql::Tx& tx, Id id) { return tx.Exec(query::kMessageErase, id) > 0; }

bool FillMessage(sql::Tx& tx, QueuedMail& mail) {
  for (const auto& [name, value] : mail.fields) {
    if (name != "message") continue;
    Id id = 0;
    std::from_chars(value.data(), value.data() + value.size(), id);
    auto message = MessageById(tx, id);
    if (!message || message->status >= MessageStatus::kSpam) return false;
    mail.fields.emplace_back("note", std::move(message->body));
    break;
  }
  return true;
}

void EraseMessages(sql::Tx& tx, std::string_view email) {
  if (!email.empty()) tx.Exec(query::kMessageEraseOf, email);
}

void ForgetMessages(sql::Tx& tx, const Settings& settings, Seconds now) {
  tx.Exec(query::kMessageForget, now - settings.trash_days * kDay);
  tx.Exec(query::kMessageForgetNetworks, now - settings.network_days * kDay);
}

}  // namespace daybook::journal
