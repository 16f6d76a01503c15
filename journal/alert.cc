// What is told about answers: see alert.h.
#include "journal/alert.h"

#include <algorithm>
#include <charconv>

#include "journal/follow.h"
#include "journal/jobs.h"
#include "sql/queries/alert.h"
#include "sql/tx.h"
#include "text/email.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr Seconds kGather = 120, kEach = 3600, kLinkLife = 14 * 86400;
constexpr Id kOne = 0;  // a journal has one such job

std::string Field(const QueuedMail& mail, std::string_view name) {
  for (const auto& [have, value] : mail.fields)
    if (have == name) return value;
  return "";
}

std::string Subject(const Which& which) {
  return (which.kind == AnswerKind::kComment ? "comment " : "reference ") +
         std::to_string(which.id);
}

std::optional<Answered> Waiting(sql::Tx& tx, const Which& which) {
  auto answer = AnswerById(tx, which.kind, which.id);
  if (!answer || answer->status != AnswerStatus::kHeld ||
      tx.Has(query::kAlertDecided, Subject(which), answer->created_at))
    return std::nullopt;
  return answer;
}

}  // namespace

void NoteWaiting(sql::Tx& tx, Seconds now) {
  // Asked again, a job would be put off: the first one of several counts.
  if (!tx.Has(query::kAlertHasJob, JobKind::kAlert, kOne))
    Enqueue(tx, {JobKind::kAlert, kOne, now + kGather, 2});
}

void AlertOwner(sql::Tx& tx, const Settings& settings, Seconds now) {
  const auto owner = text::ParseEmail(settings.email);
  if (!owner || !settings.MailIsSet()) return;
  const Seconds last = tx.Int(query::kAlertLast, *owner, MailTemplate::kAlert).value_or(0);
  if (last + kEach > now && settings.rates) {
    Enqueue(tx, {JobKind::kAlert, kOne, last + kEach, 2});
    return;
  }
  struct Item {
    Seconds at;
    Which which;
  };
  std::vector<Item> items;
  // What came before the last mail is in it, or was among those that it counted.
  const Seconds since = std::max(last, now - kLinkLife);
  {
    sql::Rows rows = tx.Query(query::kAlertComments, since, kAlertItems);
    while (rows.Step()) items.push_back({rows.Int(1), {AnswerKind::kComment, rows.Int(0)}});
  }
  {
    sql::Rows rows = tx.Query(query::kAlertReferences, since, kAlertItems);
    while (rows.Step()) items.push_back({rows.Int(1), {AnswerKind::kReference, rows.Int(0)}});
  }
  if (items.empty()) return;
  std::stable_sort(items.begin(), items.end(),
                   [](const Item& a, const Item& b) { return a.at < b.at; });
  if (items.size() > kAlertItems) items.resize(kAlertItems);
  std::string names;
  for (const Item& item : items) names += (names.empty() ? "" : " ") + WriteWhich(item.which);
  NewMail mail;
  mail.kind = MailTemplate::kAlert;
  mail.to = *owner;
  mail.fields = {{"items", names}};
  static_cast<void>(EnqueueMail(tx, settings, mail, now));
}

std::optional<Alert> ReadAlert(sql::Tx& tx, const Settings& settings, const QueuedMail& mail,
                               Seconds now) {
  Alert alert;
  const Signer signer = SignerOf(tx);
  const std::string names = Field(mail, "items");
  const std::string base = settings.Origin() + settings.BasePath() + "/comment/decide/";
  for (std::string_view rest = names; !rest.empty();) {
    const size_t end = std::min(rest.find(' '), rest.size());
    const auto which = ReadWhich(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    auto answer = which ? Waiting(tx, *which) : std::nullopt;
    if (!answer) continue;
    AlertItem item;
    // Without a score nobody judged it: of a reference the judge sees what its page says.
    item.clean = answer->score && *answer->score < kHoldScore;
    item.link = base + DecideToken(signer, *which, now);
    item.answer = *std::move(answer);
    alert.items.push_back(std::move(item));
  }
  if (alert.items.empty()) return std::nullopt;
  alert.waiting = CountQueue(tx, AnswerStatus::kHeld);
  return alert;
}

std::string DecideToken(const Signer& signer, const Which& which, Seconds now) {
  const std::string text = WriteWhich(which) + "-" + std::to_string(now);
  return text + "-" + signer.Mac("decide", text);
}

Deciding ReadDecideToken(sql::Tx& tx, const Signer& signer, std::string_view token, Seconds now) {
  Deciding found;
  const size_t first = token.find('-');
  const size_t last = token.rfind('-');
  if (first == std::string_view::npos || first == last) return found;
  const auto which = ReadWhich(token.substr(0, first));
  const std::string_view digits = token.substr(first + 1, last - first - 1);
  Seconds at = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), at);
  if (!which || error != std::errc() || end != digits.data() + digits.size() ||
      !signer.Fits(token.substr(last + 1), "decide", token.substr(0, last)))
    return found;
  found.which = *which;
  auto answer = Waiting(tx, *which);
  found.state = !answer                ? Deciding::State::kDecided
                : at + kLinkLife < now ? Deciding::State::kExpired
                                       : Deciding::State::kGood;
  if (found.state == Deciding::State::kGood) found.answer = *std::move(answer);
  return found;
}

void NoteApproved(sql::Tx& tx, Id comment, Seconds now) {
  if (tx.Has(query::kApprovedComment, comment, now))
    Enqueue(tx, {JobKind::kTellWriter, comment, now});
}

void TellWriter(sql::Tx& tx, const Settings& settings, Id comment, Seconds now) {
  std::string email;
  {
    sql::Rows rows = tx.Query(query::kApprovedComment, comment, now);
    if (!rows.Step()) return;
    email = rows.String(2);
  }
  const auto address = text::ParseEmail(email);
  if (!address || tx.Exec(query::kApprovedTold, comment) == 0) return;
  NewMail mail;
  mail.kind = MailTemplate::kApproved;
  mail.to = *address;
  mail.fields = {{"comment", std::to_string(comment)}};
  static_cast<void>(EnqueueMail(tx, settings, mail, now));
}

bool FillApproved(sql::Tx& tx, const Settings& settings, QueuedMail& mail, Seconds now) {
  const std::string number = Field(mail, "comment");
  Id comment = 0;
  std::from_chars(number.data(), number.data() + number.size(), comment);
  sql::Rows rows = tx.Query(query::kApprovedComment, comment, now);
  if (!rows.Step() || rows.Text(2) != mail.to.view()) return false;
  const Id entry = rows.Int(0), reader = rows.Int(1);
  const std::string path = rows.String(3), title = rows.String(4);
  const std::string base = settings.Origin() + settings.BasePath();
  mail.fields = {
      {"entry", title.empty() ? path : title},
      {"link", base + text::EncodePath(path) + "#comment-" + number},
      {"leave", base + "/comment/unfollow/" + LeaveToken(SignerOf(tx), {entry, reader})}};
  return true;
}

}  // namespace daybook::journal
