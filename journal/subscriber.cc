// Who gets letters to many: see subscriber.h. The owner's file of them is subscriber_csv.cc.
#include "journal/subscriber.h"

#include <algorithm>
#include <charconv>

#include "journal/edit_common.h"
#include "journal/mailing.h"
#include "sql/queries/subscriber.h"
#include "sql/tx.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr Seconds kConfirmLife = 7 * 86400;
constexpr size_t kMostTags = 40, kProofMax = 2000;
constexpr std::int64_t kAskedFor = 0;  // reason of a suppression

std::optional<Subscriber> One(sql::Rows rows) {
  if (!rows.Step()) return std::nullopt;
  Subscriber one;
  one.id = rows.Int(0);
  one.email = rows.String(1);
  one.status = rows.As<SubscriberStatus>(2);
  one.choices.cadence = rows.As<Cadence>(3);
  one.choices.newsletter = rows.Bool(4);
  one.choices.all_tags = rows.Bool(5);
  one.secret = rows.String(6);
  one.asked_at = rows.Int(7);
  one.confirmed_at = rows.OptionalInt(8);
  one.left_at = rows.OptionalInt(9);
  one.proof = rows.String(10);
  return one;
}

Seconds LastWord(const Subscriber& one) {
  return std::max(one.confirmed_at.value_or(0), one.left_at.value_or(0));
}

std::optional<Id> TakeNumber(std::string_view& text, char end) {
  Id id = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || id < 0 || at == text.data()) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(at - text.data()));
  if (text.empty() || text.front() != end) return std::nullopt;
  text.remove_prefix(1);
  return id;
}

// "01.5.9": cadence, newsletter, then the tags; without a tag all of them.
std::string ChoiceText(const Choices& choices) {
  std::string text = std::to_string(static_cast<int>(choices.cadence));
  text += choices.newsletter ? '1' : '0';
  text += choices.all_tags ? '1' : '0';
  for (const Id tag : choices.tags) text += "." + std::to_string(tag);
  return text;
}

Choices ReadChoices(std::string_view text) {  // signed, so it is ours
  Choices choices;
  if (text.size() < 3) return choices;
  choices.cadence = static_cast<Cadence>(std::clamp(text[0] - '0', 0, 3));
  choices.newsletter = text[1] == '1';
  choices.all_tags = text[2] == '1';
  text.remove_prefix(3);
  while (!text.empty() && text.front() == '.') {
    Id tag = 0;
    const auto [at, error] = std::from_chars(text.data() + 1, text.data() + text.size(), tag);
    if (error != std::errc()) break;
    choices.tags.push_back(tag);
    text.remove_prefix(static_cast<size_t>(at - text.data()));
  }
  return choices;
}

std::string SignedText(const Subscriber& one, Seconds at, std::string_view choices) {
  return std::to_string(one.id) + "-" + std::to_string(at) + "-" + std::string(choices) + "-" +
         one.secret;
}

void PutTags(sql::Tx& tx, Id id, const Choices& choices) {
  tx.Exec(query::kSubscriberDropTags, id);
  if (choices.all_tags) return;
  for (const Id tag : choices.tags) tx.Exec(query::kSubscriberPutTag, id, tag);
}

std::string Proof(std::string_view text, std::string_view network) {
  std::string proof = CleanText(text.substr(0, kProofMax));
  if (!network.empty()) proof += "\n" + std::string(network);
  return proof;
}

}  // namespace

std::optional<Subscriber> SubscriberById(sql::Tx& tx, Id id) {
  return One(tx.Query(query::kSubscriberById, id));
}
std::optional<Subscriber> SubscriberByEmail(sql::Tx& tx, std::string_view email) {
  return One(tx.Query(query::kSubscriberByEmail, email));
}

std::vector<WantedTag> TagsOf(sql::Tx& tx, Id subscriber) {
  std::vector<WantedTag> tags;
  sql::Rows rows = tx.Query(query::kSubscriberTags, subscriber);
  while (rows.Step()) tags.push_back({rows.Int(0), rows.String(1), rows.String(2)});
  return tags;
}

std::optional<Id> TagIdOf(sql::Tx& tx, std::string_view slug) {
  return tx.Int(query::kSubscriberTagBySlug, slug);
}

void AskToSubscribe(sql::Tx& tx, const Settings& settings, const text::EmailAddress& email,
                    const Choices& choices, std::string_view network, Seconds now) {
  std::optional<Subscriber> one = SubscriberByEmail(tx, email.view());
  const bool is_new = !one;
  Choices wanted = choices;
  if (wanted.tags.size() > kMostTags) wanted.tags.resize(kMostTags);
  if (is_new) {
    Subscriber fresh;
    fresh.email = email.str();
    fresh.secret = RandomName();
    fresh.id = tx.Insert(query::kSubscriberInsert, fresh.email, wanted.cadence, wanted.newsletter,
                         wanted.all_tags, fresh.secret, now);
    one = std::move(fresh);
  }
  // Later than all that was said before, so that its link counts.
  const Seconds at = std::max(now, LastWord(*one) + 1);
  const std::string text = ChoiceText(wanted);
  const std::string token = std::to_string(one->id) + "-" + std::to_string(at) + "-" + text + "-" +
                            SignerOf(tx).Mac("subscribe", SignedText(*one, at, text));
  NewMail mail;
  mail.kind = MailTemplate::kConfirmSubscription;
  // As it was written when it was new.
  mail.to = text::ParseEmail(one->email).value_or(email);
  mail.fields = {{"link", settings.Origin() + settings.BasePath() + "/subscribe/confirm/" + token}};
  mail.network = network.empty() ? "unknown" : std::string(network);
  const bool queued = EnqueueMail(tx, settings, mail, now) == MailTaken::kQueued;
  if (queued) tx.Exec(query::kSubscriberAsked, one->id, at);
  if (!queued && is_new) tx.Exec(query::kSubscriberErase, one->id);
}

ConfirmLink ReadConfirmLink(sql::Tx& tx, const Signer& signer, std::string_view token,
                            Seconds now) {
  ConfirmLink link;
  const Id id = TakeNumber(token, '-').value_or(0);
  const Seconds at = TakeNumber(token, '-').value_or(0);
  const size_t dash = token.find('-');
  if (id == 0 || at == 0 || dash == std::string_view::npos) return link;
  const auto one = SubscriberById(tx, id);
  const std::string_view text = token.substr(0, dash);
  if (!one || !signer.Fits(token.substr(dash + 1), "subscribe", SignedText(*one, at, text)))
    return link;
  link.subscriber = *one;
  link.choices = ReadChoices(text);
  link.state = at <= LastWord(*one)      ? LinkState::kUsed
               : at + kConfirmLife < now ? LinkState::kExpired
                                         : LinkState::kGood;
  return link;
}

ConfirmLink ConfirmSubscriber(sql::Tx& tx, const Settings& settings, const Signer& signer,
                              std::string_view token, std::string_view text,
                              std::string_view network, Seconds now) {
  ConfirmLink link = ReadConfirmLink(tx, signer, token, now);
  if (link.state != LinkState::kGood) return link;
  const Seconds at = std::max(now, link.subscriber.asked_at);
  tx.Exec(query::kSubscriberConfirm, link.subscriber.id, at, Proof(text, network));
  Choose(tx, settings, link.subscriber.id, link.choices, now);
  return link;
}

std::string SubscriberToken(const Signer& signer, Id id, std::string_view secret) {
  const std::string number = std::to_string(id);
  return number + "-" + signer.Mac("subscriber", number + "-" + std::string(secret));
}

std::optional<Subscriber> ReadSubscriberToken(sql::Tx& tx, const Signer& signer,
                                              std::string_view token) {
  std::string_view mac = token;
  const auto id = TakeNumber(mac, '-');
  if (!id) return std::nullopt;
  std::optional<Subscriber> one = SubscriberById(tx, *id);
  if (!one || !signer.Fits(mac, "subscriber", std::to_string(one->id) + "-" + one->secret))
    return std::nullopt;
  for (const WantedTag& tag : TagsOf(tx, one->id)) one->choices.tags.push_back(tag.id);
  return one;
}

void Choose(sql::Tx& tx, const Settings& settings, Id id, const Choices& choices, Seconds now) {
  tx.Exec(query::kSubscriberChoose, id, choices.cadence, choices.newsletter, choices.all_tags);
  PutTags(tx, id, choices);
  if (choices.cadence == Cadence::kWeekly || choices.cadence == Cadence::kMonthly)
    WantDigest(tx, settings, choices.cadence, now);
}

void Leave(sql::Tx& tx, Id id, Seconds now) {
  const auto one = SubscriberById(tx, id);
  if (!one) return;
  tx.Exec(query::kSubscriberLeave, id, std::max(now, LastWord(*one)));
  tx.Exec(query::kSubscriberDropCopies, id);
}

void LeaveForGood(sql::Tx& tx, const Subscriber& subscriber, Seconds now) {
  Leave(tx, subscriber.id, now);
  tx.Exec(query::kSuppressionPut, subscriber.email, kAskedFor, now);
}

bool SubscribeAgain(sql::Tx& tx, const Settings& settings, const Subscriber& subscriber,
                    std::string_view text, std::string_view network, Seconds now) {
  tx.Exec(query::kSuppressionLift, subscriber.email);
  if (tx.Int(query::kSuppressionOf, subscriber.email)) return false;
  tx.Exec(query::kSubscriberConfirm, subscriber.id, std::max(now, LastWord(subscriber)),
          Proof(text, network));
  Choose(tx, settings, subscriber.id, subscriber.choices, now);
  return true;
}

void EraseSubscriber(sql::Tx& tx, const Subscriber& subscriber) {
  tx.Exec(query::kSubscriberEraseMails, subscriber.email);
  tx.Exec(query::kSuppressionLift, subscriber.email);
  tx.Exec(query::kSubscriberErase, subscriber.id);
}

void NoteBounced(sql::Tx& tx, Id id, Seconds now) { tx.Exec(query::kSubscriberBounced, id, now); }

void ForgetAsked(sql::Tx& tx, Seconds before) { tx.Exec(query::kSubscriberForgetAsked, before); }

Added AddSubscriber(sql::Tx& tx, const Settings& settings, const text::EmailAddress& email,
                    const Choices& choices, std::string_view note, Seconds now) {
  if (tx.Int(query::kSuppressionOf, email)) return Added::kSuppressed;
  const auto known = SubscriberByEmail(tx, email.view());
  // Who left is not brought back by somebody else.
  if (known && known->status != SubscriberStatus::kAsked) return Added::kKnown;
  const Id id = known ? known->id
                      : tx.Insert(query::kSubscriberInsert, email, choices.cadence,
                                  choices.newsletter, choices.all_tags, RandomName(), now);
  tx.Exec(query::kSubscriberConfirm, id, now, Proof(note, ""));
  Choose(tx, settings, id, choices, now);
  return Added::kAdded;
}

SubscriberCounts CountSubscribers(sql::Tx& tx) {
  sql::Rows rows = tx.Query(query::kSubscriberCounts);
  SubscriberCounts counts;
  if (rows.Step())
    counts = {rows.Int(0), rows.Int(1), rows.Int(2), rows.Int(3),
              rows.Int(4), rows.Int(5), rows.Int(6), rows.Int(7)};
  return counts;
}

std::int64_t CountSubscribersLike(sql::Tx& tx, std::string_view like) {
  return tx.Int(query::kSubscriberFound, like).value_or(0);
}

std::vector<Subscriber> SubscribersLike(sql::Tx& tx, std::string_view like, std::int64_t limit,
                                        std::int64_t offset) {
  std::vector<Subscriber> list;
  sql::Rows rows = tx.Query(query::kSubscriberList, like, limit, offset);
  while (rows.Step()) {
    Subscriber one;
    one.id = rows.Int(0);
    one.email = rows.String(1);
    one.status = rows.As<SubscriberStatus>(2);
    one.choices = {rows.As<Cadence>(3), rows.Bool(4), rows.Bool(5), {}};
    one.asked_at = rows.Int(7);
    one.confirmed_at = rows.OptionalInt(8);
    one.left_at = rows.OptionalInt(9);
    one.proof = rows.String(10);
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace daybook::journal
