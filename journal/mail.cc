// Mail to be sent: see mail.h.
#include "journal/mail.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "journal/edit_common.h"
#include "journal/jobs.h"
#include "sql/queries/bounce.h"
#include "sql/queries/mail.h"
#include "sql/tx.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr Seconds kDay = 86400, kHour = 3600;
constexpr std::int64_t kToOne = 3, kFromOne = 10, kInAll = 200, kFollowUps = 20, kMessages = 20;
constexpr size_t kErrorMax = 300;

bool OverBudget(sql::Tx& tx, const NewMail& mail, Seconds now) {
  const Seconds since = now - kDay;
  return tx.Int(query::kMailCountTo, text::MailboxOf(mail.to), since).value_or(0) >= kToOne ||
         tx.Int(query::kMailCountFrom, mail.network, since).value_or(0) >= kFromOne ||
         tx.Int(query::kMailCountStrangers, since).value_or(0) >= kInAll;
}

// Confirmations first.
int Priority(MailTemplate kind) {
  switch (kind) {
    case MailTemplate::kConfirmComment:
    case MailTemplate::kRecover:
    case MailTemplate::kInvite:
    case MailTemplate::kConfirmSubscription:
    case MailTemplate::kConfirmFriend:
      return 0;
    case MailTemplate::kTest:
    case MailTemplate::kIssueTest:
    case MailTemplate::kMessage:
    case MailTemplate::kAlert:
      return 1;
    case MailTemplate::kApproved:
    case MailTemplate::kFriend:
    case MailTemplate::kFollowUp:
    case MailTemplate::kMailing:
      break;
  }
  return 2;
}

}  // namespace

MailTaken EnqueueMail(sql::Tx& tx, const Settings& settings, const NewMail& mail, Seconds now) {
  if (!settings.MailIsSet() || mail.to.empty()) return MailTaken::kOff;
  if (tx.Has(query::kMailIsSuppressed, mail.to)) return MailTaken::kSuppressed;
  if (settings.rates && !mail.network.empty() && OverBudget(tx, mail, now))
    return MailTaken::kOverBudget;
  nlohmann::ordered_json fields = nlohmann::ordered_json::object();
  for (const auto& [name, value] : mail.fields) fields[name] = CleanLine(value);
  const std::int64_t most = mail.kind == MailTemplate::kFollowUp  ? kFollowUps
                            : mail.kind == MailTemplate::kMessage ? kMessages
                                                                  : 0;
  if (most > 0 && settings.rates &&
      tx.Int(query::kMailCountOf, mail.to, mail.kind, now - kDay).value_or(0) >= most)
    return MailTaken::kOverBudget;
  const Id id = tx.Insert(query::kMailInsert, mail.kind, mail.to, fields.dump(), mail.network, now,
                          mail.network.empty() ? std::string() : text::MailboxOf(mail.to));
  Enqueue(tx, {JobKind::kMail, id, now, Priority(mail.kind)});
  return MailTaken::kQueued;
}

std::optional<QueuedMail> LoadMail(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kMailLoad, id);
  if (!rows.Step()) return std::nullopt;
  QueuedMail mail;
  mail.id = id;
  mail.kind = rows.As<MailTemplate>(0);
  // Checked again: the database may have come from anywhere.
  if (auto address = text::ParseEmail(rows.Text(1))) mail.to = *std::move(address);
  const auto fields = nlohmann::ordered_json::parse(rows.Text(2), nullptr, false);
  if (fields.is_object()) {
    for (const auto& [name, value] : fields.items())
      if (value.is_string()) mail.fields.emplace_back(name, CleanLine(value.get<std::string>()));
  }
  mail.created_at = rows.Int(3);
  return mail;
}

Seconds NextMailAt(sql::Tx& tx, const Settings& settings, Seconds now) {
  Seconds next = now;
  for (const MailCap& cap : CapsOf(settings)) {
    const auto oldest =
        tx.Int(query::kMailNthSent, now - cap.window, cap.messages - 1, now + cap.window);
    if (oldest) next = std::max(next, *oldest + cap.window + 1);
  }
  return next;
}

std::vector<MailCap> CapsOf(const Settings& settings) {
  std::vector<MailCap> caps = {{kHour, settings.mail_per_hour}};
  if (settings.mail_per_5min > 0) caps.push_back({300, settings.mail_per_5min});
  if (settings.mail_per_day > 0) caps.push_back({kDay, settings.mail_per_day});
  return caps;
}

bool MailIsHeld(sql::Tx& tx) { return tx.Has(query::kMailIsHeld); }

void NoteMailSent(sql::Tx& tx, Id id, Seconds now) { tx.Exec(query::kMailSent, id, now); }

void NoteMailFailed(sql::Tx& tx, Id id, std::string_view error, Seconds now) {
  tx.Exec(query::kMailFailed, id, now, CleanLine(error.substr(0, kErrorMax)));
}

std::string RecipientOf(sql::Tx& tx, Id id) {
  return tx.Text(query::kBounceRecipient, id).value_or("");
}

void NoteBounce(sql::Tx& tx, Id id, std::string_view why, bool hard, Seconds now) {
  const auto address = text::ParseEmail(RecipientOf(tx, id));
  if (!address) return;
  tx.Exec(query::kBounceNote, id, now, CleanLine(why.substr(0, kErrorMax)));
  if (hard) SuppressAddress(tx, *address, now);
}

void SuppressAddress(sql::Tx& tx, const text::EmailAddress& address, Seconds now) {
  tx.Exec(query::kMailSuppress, address, now);
  tx.Exec(query::kBounceSubscriber, address, now);
}

void DropMail(sql::Tx& tx, Id id) { tx.Exec(query::kMailDrop, id); }

void ForgetMails(sql::Tx& tx, Seconds before) { tx.Exec(query::kMailForget, before); }

}  // namespace daybook::journal
