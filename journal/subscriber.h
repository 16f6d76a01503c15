// Who gets letters to many: asking, confirming, choosing, leaving. Nobody is written to before
// the press of a button in the one mail that asks; every link is signed and proves whose it is, so
// nobody signs in. It is not what is sent (mailing.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/mail.h"
#include "journal/model.h"
#include "journal/settings.h"
#include "journal/sign.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

enum class SubscriberStatus { kAsked = 0, kConfirmed = 1, kLeft = 2, kBounced = 3 };
enum class Cadence { kEach = 0, kWeekly = 1, kMonthly = 2, kNone = 3 };

struct Choices {
  Cadence cadence = Cadence::kEach;
  bool newsletter = false;
  bool all_tags = true;
  std::vector<Id> tags;  // where not all
};

struct Subscriber {
  Id id = 0;
  std::string email;
  SubscriberStatus status = SubscriberStatus::kAsked;
  Choices choices;  // its tags: see TagsOf
  std::string secret;
  Seconds asked_at = 0;
  std::optional<Seconds> confirmed_at, left_at;
  std::string proof;
};
[[nodiscard]] std::optional<Subscriber> SubscriberById(sql::Tx& tx, Id id);
[[nodiscard]] std::optional<Subscriber> SubscriberByEmail(sql::Tx& tx, std::string_view email);
struct WantedTag {
  Id id = 0;
  std::string name, slug;
};
[[nodiscard]] std::vector<WantedTag> TagsOf(sql::Tx& tx, Id subscriber);
[[nodiscard]] std::optional<Id> TagIdOf(sql::Tx& tx, std::string_view slug);

// Somebody typed an address. What is known, left for good, or over a budget (mail.h) is not told:
// the answer is the same. Nothing changes but that one mail may leave.
void AskToSubscribe(sql::Tx& tx, const Settings& settings, const text::EmailAddress& email,
                    const Choices& choices, std::string_view network, Seconds now);

// The link of that mail. It carries what was chosen, works once, for a week.
enum class LinkState { kGood, kUsed, kExpired, kForged };
struct ConfirmLink {
  LinkState state = LinkState::kForged;
  Subscriber subscriber;
  Choices choices;
};
[[nodiscard]] ConfirmLink ReadConfirmLink(sql::Tx& tx, const Signer& signer, std::string_view token,
                                          Seconds now);
// The press of the button. `text`: what was agreed to.
[[nodiscard]] ConfirmLink ConfirmSubscriber(sql::Tx& tx, const Settings& settings,
                                            const Signer& signer, std::string_view token,
                                            std::string_view text, std::string_view network,
                                            Seconds now);

// The part of the links in all later mails that says whose they are; it does not end.
[[nodiscard]] std::string SubscriberToken(const Signer& signer, Id id, std::string_view secret);
[[nodiscard]] std::optional<Subscriber> ReadSubscriberToken(sql::Tx& tx, const Signer& signer,
                                                            std::string_view token);

void Choose(sql::Tx& tx, const Settings& settings, Id id, const Choices& choices, Seconds now);
// No more mail; copies that wait are dropped. Doing it twice does no harm.
void Leave(sql::Tx& tx, Id id, Seconds now);
// No mail of any kind, ever.
void LeaveForGood(sql::Tx& tx, const Subscriber& subscriber, Seconds now);
// By the link of a mail, so the address is proved. False: mail does not arrive there.
[[nodiscard]] bool SubscribeAgain(sql::Tx& tx, const Settings& settings,
                                  const Subscriber& subscriber, std::string_view text,
                                  std::string_view network, Seconds now);
// As if they had never been here, their "never again" as well.
void EraseSubscriber(sql::Tx& tx, const Subscriber& subscriber);
// The server says that there is no such mailbox.
void NoteBounced(sql::Tx& tx, Id id, Seconds now);
void ForgetAsked(sql::Tx& tx, Seconds before);

// --- for the owner

enum class Added { kAdded, kKnown, kSuppressed };
// Confirmed at once: the owner says why (`note`), and that is the proof.
[[nodiscard]] Added AddSubscriber(sql::Tx& tx, const Settings& settings,
                                  const text::EmailAddress& email, const Choices& choices,
                                  std::string_view note, Seconds now);
struct SubscriberCounts {
  std::int64_t asked = 0, confirmed = 0, left = 0, bounced = 0;
  std::int64_t each = 0, weekly = 0, monthly = 0, newsletter = 0;  // of the confirmed
};
[[nodiscard]] SubscriberCounts CountSubscribers(sql::Tx& tx);
// `like`: a pattern in lower case, "%" for all.
[[nodiscard]] std::int64_t CountSubscribersLike(sql::Tx& tx, std::string_view like);
[[nodiscard]] std::vector<Subscriber> SubscribersLike(sql::Tx& tx, std::string_view like,
                                                      std::int64_t limit, std::int64_t offset);
// email,status,posts,newsletter,tags,confirmed,proof: RFC 4180, in order of ids.
[[nodiscard]] std::string SubscribersCsv(sql::Tx& tx);
// A file of at least a column "email" (with or without a first line of names); line ends and
// separators of any kind (, ; tab). What cannot be taken is said by its line.
struct CsvProblem {
  enum class Why { kAddress, kKnown, kSuppressed, kPosts, kTag };
  std::int64_t line = 0;
  Why why = Why::kAddress;
  std::string value;
};
struct CsvTaken {
  std::int64_t added = 0;
  std::vector<CsvProblem> problems;  // the first hundred
  std::int64_t failed = 0;
};
[[nodiscard]] CsvTaken TakeSubscribersCsv(sql::Tx& tx, const Settings& settings,
                                          std::string_view csv, std::string_view note, Seconds now);

}  // namespace daybook::journal
