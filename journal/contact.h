// What readers write to the owner by the contact form: judged, kept for the owner's page, and
// mailed to the owner where mail works. Nobody else gets a mail by it. It is not the form
// (handlers/contact.cc).
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

inline constexpr std::size_t kMessageMax = 10000;  // characters

enum class MessageStatus { kNew = 0, kRead = 1, kSpam = 2, kTrash = 3 };

// Already checked, as for a comment.
struct NewMessage {
  std::string name, email;  // the address is typed, not proved; may be empty
  std::string body;         // plain text
  std::string address;      // of the sender's network, whole; only its beginning is kept
  bool honeypot = false;
  std::optional<Seconds> seconds_to_post;
};
// When to try again, if too much came just now. What was sent twice is taken once.
[[nodiscard]] std::optional<Seconds> TakeMessage(sql::Tx& tx, const Settings& settings,
                                                 const Signer& signer, const NewMessage& message,
                                                 Seconds now);

struct Message {
  Id id = 0;
  MessageStatus status = MessageStatus::kNew;
  Seconds created_at = 0;
  std::string name, email, body;
  double score = 0;
  std::string reasons;  // judge.h, ReadReasons
};
[[nodiscard]] std::optional<Message> MessageById(sql::Tx& tx, Id id);
// The newest first.
[[nodiscard]] std::vector<Message> Messages(sql::Tx& tx, MessageStatus status, std::int64_t limit,
                                            std::int64_t offset);
[[nodiscard]] std::int64_t CountMessages(sql::Tx& tx, MessageStatus status);
// False: it is gone.
[[nodiscard]] bool SetMessage(sql::Tx& tx, Id id, MessageStatus status, Seconds now);
[[nodiscard]] bool EraseMessage(sql::Tx& tx, Id id);

// Puts the words into a mail of MailTemplate::kMessage. False: the message is gone or spam by now.
[[nodiscard]] bool FillMessage(sql::Tx& tx, QueuedMail& mail);

void EraseMessages(sql::Tx& tx, std::string_view email);
// Spam and trash after settings.trash_days, networks after settings.network_days.
void ForgetMessages(sql::Tx& tx, const Settings& settings, Seconds now);

}  // namespace daybook::journal
