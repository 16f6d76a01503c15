// An entry that a reader mails to somebody. The sender's own address is proved first, by the button
// in a mail or by the cookie that came of one; what leaves then is a fixed text with the entry's
// title and excerpt, and a note without links. Each address gets an entry once, and may say "never
// again"; a few of those, or of addresses that do not exist, and no more leaves for a week. It is
// not the form (handlers/friend.cc) nor the mail's words (templates/mail/friend.tpl).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/comment_own.h"
#include "journal/mail.h"
#include "journal/model.h"
#include "journal/settings.h"
#include "journal/sign.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

inline constexpr std::size_t kFriendNoteMax = 300;  // characters
inline constexpr int kFriendsADay = 3;              // of one sender

// Whether something in it could be opened or dialled up: "://", "www.", "name.tld".
[[nodiscard]] bool HasLink(std::string_view text);

// Already checked: the name is one line that is not empty, the note has no link, neither is too
// long.
struct FriendMail {
  Id entry_id = 0;
  std::string sender_name;
  text::EmailAddress sender, recipient;
  std::string note;     // may be empty
  std::string network;  // of the sender, /24 or /48
};

struct FriendAnswer {
  enum class Kind {
    kSent,     // or it would have been, were it not for what only the recipient is to know
    kAsked,    // the sender is asked by mail; the same is said where a budget (mail.h) is used up
    kTooMany,  // of this sender today; see again_at
    kResting,  // the breaker; see again_at
    kNowhere   // the entry is not public any more
  };
  Kind kind = Kind::kNowhere;
  Seconds again_at = 0;
};
// `proved`: the sender's address is, by cookie.
[[nodiscard]] FriendAnswer MailToFriend(sql::Tx& tx, const Settings& settings, const Signer& signer,
                                        const FriendMail& mail, bool proved, Seconds now);

// The link of the mail that asks the sender: once, for a week.
struct FriendLink {
  enum class State { kGood, kUsed, kExpired, kForged };
  State state = State::kForged;
  Id id = 0;
  FriendMail mail;
  std::string entry_path, entry_title;
};
[[nodiscard]] FriendLink ReadFriendLink(sql::Tx& tx, const Signer& signer, std::string_view token,
                                        Seconds now);
struct FriendConfirmed {
  FriendLink::State state = FriendLink::State::kForged;
  FriendAnswer answer;
  std::optional<Reader> reader;  // whose address is proved by it
};
// The press of the button.
[[nodiscard]] FriendConfirmed ConfirmFriend(sql::Tx& tx, const Settings& settings,
                                            const Signer& signer, std::string_view token,
                                            std::string_view network, Seconds now);

// Before such a mail leaves: false where its entry is not public any more.
[[nodiscard]] bool FriendMailIsWanted(sql::Tx& tx, const QueuedMail& mail, Seconds now);

// What the link below such a mail stands for. It does not end, and nobody but the journal can read
// the address in it.
struct Never {
  Id id = 0;  // of the friend_mail, 0: none
  text::EmailAddress address;
};
[[nodiscard]] std::string NeverToken(const Signer& signer, const Never& never);
[[nodiscard]] std::optional<Never> ReadNeverToken(const Signer& signer, std::string_view token);
// No mail of any kind from here, ever.
void NeverAgain(sql::Tx& tx, const Never& never, Seconds now);
// Thought better of it. Nobody is subscribed to anything by it.
void NotNever(sql::Tx& tx, const Never& never);
[[nodiscard]] bool IsNever(sql::Tx& tx, const Never& never);

void EraseFriendMails(sql::Tx& tx, std::string_view sender);
// What nobody pressed a button for; what was sent is remembered for a year.
void ForgetFriendMails(sql::Tx& tx, Seconds now);

}  // namespace daybook::journal
