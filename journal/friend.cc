// Entries mailed to friends: see friend.h.
#include "journal/friend.h"

#include <charconv>

#include "journal/subscriber.h"
#include "sql/queries/comment.h"
#include "sql/queries/friend.h"
#include "sql/queries/subscriber.h"
#include "sql/tx.h"
#include "text/email.h"
#include "text/excerpt.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
using Kind = FriendAnswer::Kind;
using State = FriendLink::State;
constexpr Seconds kDay = 86400, kLinkLife = 7 * kDay, kRest = 7 * kDay;
constexpr std::int64_t kTroubles = 5;  // in kRest: then no more leaves
constexpr std::int64_t kAskedFor = 0;  // reason of a suppression
constexpr size_t kExcerpt = 300;

bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<signed char>(c) < 0;  // a letter of any script
}

struct EntryOf {
  std::string path, title, excerpt;
};
std::optional<EntryOf> PublicEntry(sql::Tx& tx, Id id, Seconds now) {
  sql::Rows rows = tx.Query(query::kFriendEntry, id, now);
  if (!rows.Step() || !rows.Text(4).empty()) return std::nullopt;
  EntryOf entry{rows.String(0), rows.String(1), rows.String(2)};
  if (entry.excerpt.empty()) entry.excerpt = rows.String(3);
  entry.excerpt = text::MakeExcerpt(entry.excerpt, kExcerpt);
  return entry;
}

std::string KeyOf(const Signer& signer, const text::EmailAddress& recipient) {
  return signer.Mac("friend recipient", text::MailboxOf(recipient));
}

std::string LinkText(Id id, Seconds at) { return std::to_string(id) + "-" + std::to_string(at); }

std::optional<std::int64_t> Number(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || number < 0)
    return std::nullopt;
  return number;
}

// Whether it may leave at all; else when it may.
std::optional<FriendAnswer> Refused(sql::Tx& tx, const Settings& settings, const FriendMail& mail,
                                    bool proved, Seconds now) {
  if (!settings.rates) return std::nullopt;
  if (tx.Int(query::kFriendTroubles, now - kRest).value_or(0) >= kTroubles)
    return FriendAnswer{Kind::kResting, now + kDay};
  // Told only to whom the address belongs.
  if (!proved) return std::nullopt;
  const auto third = tx.Int(query::kFriendNthSent, mail.sender, now - kDay, kFriendsADay - 1);
  if (third) return FriendAnswer{Kind::kTooMany, *third + kDay + 1};
  return std::nullopt;
}

Id Insert(sql::Tx& tx, const Signer& signer, const FriendMail& mail, Seconds now) {
  return tx.Insert(query::kFriendInsert, mail.entry_id, mail.sender, mail.sender_name,
                   mail.recipient, mail.note, KeyOf(signer, mail.recipient), now);
}

// Its row is marked or, where nothing leaves, taken away: who wants no mail, or has the entry
// already, is nobody's business.
void Send(sql::Tx& tx, const Settings& settings, const Signer& signer, Id id,
          const FriendMail& mail, const EntryOf& entry, Seconds now) {
  const std::string base = settings.Origin() + settings.BasePath();
  NewMail one;
  one.kind = MailTemplate::kFriend;
  one.to = mail.recipient;
  one.network = mail.network.empty() ? "unknown" : mail.network;
  one.fields = {{"entry", entry.title.empty() ? entry.path : entry.title},
                {"entry_id", std::to_string(mail.entry_id)},
                {"link", base + text::EncodePath(entry.path)},
                {"excerpt", entry.excerpt},
                {"name", mail.sender_name},
                {"reply", mail.sender.str()},
                {"note", mail.note},
                {"leave", base + "/unsubscribe/all/" + NeverToken(signer, {id, mail.recipient})}};
  const bool again = tx.Has(query::kFriendWasSent, mail.entry_id, KeyOf(signer, mail.recipient));
  if (again || EnqueueMail(tx, settings, one, now) != MailTaken::kQueued) {
    tx.Exec(query::kFriendDrop, id);
    return;
  }
  tx.Exec(query::kFriendSent, id, now, tx.Int(query::kFriendNewestMail, mail.recipient));
}

}  // namespace

bool HasLink(std::string_view text) {
  if (text.find("://") != std::string_view::npos || text.find('@') != std::string_view::npos)
    return true;
  // A dot between two letters, at least two of them behind it: "example.org", not "e.g." or "3.5".
  for (size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
    if (dot == 0 || dot + 2 >= text.size() || !IsAlnum(text[dot - 1])) continue;
    const auto letter = [](char c) { return IsAlnum(c) && !(c >= '0' && c <= '9'); };
    if (letter(text[dot + 1]) && letter(text[dot + 2])) return true;
  }
  return false;
}

FriendAnswer MailToFriend(sql::Tx& tx, const Settings& settings, const Signer& signer,
                          const FriendMail& mail, bool proved, Seconds now) {
  const auto entry = PublicEntry(tx, mail.entry_id, now);
  if (!entry) return {Kind::kNowhere, 0};
  if (const auto refused = Refused(tx, settings, mail, proved, now)) return *refused;
  const Id id = Insert(tx, signer, mail, now);
  if (proved) {
    Send(tx, settings, signer, id, mail, *entry, now);
    return {Kind::kSent, 0};
  }
  const std::string text = LinkText(id, now);
  NewMail ask;
  ask.kind = MailTemplate::kConfirmFriend;
  ask.to = mail.sender;
  ask.network = mail.network.empty() ? "unknown" : mail.network;
  const std::string base = settings.Origin() + settings.BasePath();
  ask.fields = {{"entry", entry->title.empty() ? entry->path : entry->title},
                {"entry_url", base + text::EncodePath(entry->path)},
                {"link", base + "/comment/friend/" + text + "-" + signer.Mac("friend", text)}};
  if (EnqueueMail(tx, settings, ask, now) != MailTaken::kQueued) tx.Exec(query::kFriendDrop, id);
  return {Kind::kAsked, 0};
}

FriendLink ReadFriendLink(sql::Tx& tx, const Signer& signer, std::string_view token, Seconds now) {
  FriendLink link;
  const size_t first = token.find('-');
  const size_t second = first == std::string_view::npos ? first : token.find('-', first + 1);
  if (second == std::string_view::npos) return link;
  const auto id = Number(token.substr(0, first));
  const auto at = Number(token.substr(first + 1, second - first - 1));
  if (!id || !at || !signer.Fits(token.substr(second + 1), "friend", LinkText(*id, *at)))
    return link;
  link.id = *id;
  bool is_there = false, was_sent = false;
  {
    sql::Rows rows = tx.Query(query::kFriendById, *id);
    if (rows.Step() && rows.Int(6) == *at) {
      is_there = true;
      was_sent = rows.OptionalInt(7).has_value();
      link.mail.entry_id = rows.Int(0);
      if (auto sender = text::ParseEmail(rows.Text(1))) link.mail.sender = *std::move(sender);
      link.mail.sender_name = rows.String(2);
      if (auto to = text::ParseEmail(rows.Text(3))) link.mail.recipient = *std::move(to);
      link.mail.note = rows.String(4);
    }
  }
  link.state = *at + kLinkLife < now   ? State::kExpired
               : !is_there || was_sent ? State::kUsed
                                       : State::kGood;
  if (link.state != State::kGood) return link;
  const auto entry = PublicEntry(tx, link.mail.entry_id, now);
  if (!entry || link.mail.recipient.empty() || link.mail.sender.empty()) {
    link.state = State::kExpired;
    return link;
  }
  link.entry_path = entry->path;
  link.entry_title = entry->title.empty() ? entry->path : entry->title;
  return link;
}

FriendConfirmed ConfirmFriend(sql::Tx& tx, const Settings& settings, const Signer& signer,
                              std::string_view token, std::string_view network, Seconds now) {
  FriendConfirmed done;
  FriendLink link = ReadFriendLink(tx, signer, token, now);
  done.state = link.state;
  if (link.state != State::kGood) return done;
  done.reader = ConfirmReader(tx, link.mail.sender, link.mail.sender_name, now);
  const auto entry = PublicEntry(tx, link.mail.entry_id, now);
  if (const auto refused = Refused(tx, settings, link.mail, true, now)) {
    done.answer = *refused;  // the link stays good
    return done;
  }
  link.mail.network = network;
  Send(tx, settings, signer, link.id, link.mail, *entry, now);
  done.answer.kind = Kind::kSent;
  return done;
}

bool FriendMailIsWanted(sql::Tx& tx, const QueuedMail& mail, Seconds now) {
  for (const auto& [name, value] : mail.fields)
    if (name == "entry_id") return PublicEntry(tx, Number(value).value_or(0), now).has_value();
  return false;
}

std::string NeverToken(const Signer& signer, const Never& never) {
  return signer.Seal("never", std::to_string(never.id) + " " + never.address.str());
}

std::optional<Never> ReadNeverToken(const Signer& signer, std::string_view token) {
  const auto text = signer.Open("never", token);
  const size_t blank = text ? text->find(' ') : std::string::npos;
  if (blank == std::string::npos) return std::nullopt;
  const auto id = Number(std::string_view(*text).substr(0, blank));
  auto address = text::ParseEmail(std::string_view(*text).substr(blank + 1));
  if (!id || !address) return std::nullopt;
  return Never{*id, *std::move(address)};
}

void NeverAgain(sql::Tx& tx, const Never& never, Seconds now) {
  if (const auto one = SubscriberByEmail(tx, never.address.view())) Leave(tx, one->id, now);
  tx.Exec(query::kSuppressionPut, never.address, kAskedFor, now);
  tx.Exec(query::kFriendComplain, never.id, now);
  tx.Exec(query::kFriendDropWaiting, never.address, MailTemplate::kFriend);
}

void NotNever(sql::Tx& tx, const Never& never) {
  tx.Exec(query::kSuppressionLift, never.address);
  tx.Exec(query::kFriendUncomplain, never.id);
}

bool IsNever(sql::Tx& tx, const Never& never) {
  return tx.Int(query::kSuppressionOf, never.address).has_value();
}

void EraseFriendMails(sql::Tx& tx, std::string_view sender) {
  tx.Exec(query::kFriendEraseSender, sender);
}

void ForgetFriendMails(sql::Tx& tx, Seconds now) {
  constexpr Seconds kKept = 365 * kDay;
  tx.Exec(query::kFriendForgetAsked, now - 2 * kLinkLife);
  tx.Exec(query::kFriendForgetSent, now - kKept);
}

}  // namespace daybook::journal
