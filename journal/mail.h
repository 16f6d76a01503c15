// Mail as something to be sent: a row in `mail` and a job, written in the caller's transaction. The
// words are made from a template when it leaves, by daybook-work, which also speaks to the server.
// Nobody's bytes can become a header: an address is a checked type, a subject comes from the
// catalogue, and everything else that is shown is a field of a template's body.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/model.h"
#include "journal/settings.h"
#include "text/safe.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// Which mail; never change a number. The fields that each one shows are in its template.
enum class MailTemplate {
  kConfirmComment = 0,  // the one mail that asks a commenter to confirm the address: link, entry,
                        // entry_url. No stranger's text may stand in it.
  kTest = 1,            // the owner tries whether mail works
  kFollowUp = 2,        // a comment on an entry that is followed: comment, reader (ids); the words
                        // are read when it leaves (follow.h)
  kRecover = 3,         // somebody who signs in here forgot the password: link
  kInvite = 4,          // somebody is to sign in here for the first time: link
  kConfirmFriend = 5,   // asks a reader whether the own address is right, before an entry goes to a
                        // friend: link, entry, entry_url (friend.h)
  kFriend = 6,          // that entry: entry, entry_id, link, excerpt, name, reply, note, leave
  kAlert = 8,           // to the owner, what waits: items (alert.h)
  kApproved = 9,        // to a writer: comment (alert.h)
  kMessage = 7,         // to the owner, what a reader wrote: name, reply, note, link (contact.h)
  kIssueTest = 10,      // an issue of the newsletter to who writes it: mailing (mailing.h)
  kConfirmSubscription = 20,  // asks whether somebody wants letters to many: link (subscriber.h)
  kMailing = 21,              // one copy of a letter to many (mailing.h); never a job of its own
};

struct NewMail {
  MailTemplate kind = MailTemplate::kConfirmComment;
  text::EmailAddress to;
  // Names as in templates/mail ("link" is {{LINK}}); values are plain text of one line, addresses
  // absolute.
  std::vector<std::pair<std::string, std::string>> fields;
  std::string network;  // /24 or /48 of who caused it; empty: the journal itself
};

enum class MailTaken {
  kQueued,
  kOff,         // no transport is set up
  kSuppressed,  // this address asked for no more, or does not exist
  kOverBudget,  // too many to this address, from this network, or in all; say the same to the
                // person as for kQueued
};
// Inside the caller's transaction. Budgets, on purpose low for mail that strangers cause
// (`network` given): 3 a day to a mailbox however it is written (text/email.h), 10 a day from a
// network, and the breaker, 200 a day in all. Of kFollowUp and kMessage 20 a day to an address.
// `rates = off` turns them off.
[[nodiscard]] MailTaken EnqueueMail(sql::Tx& tx, const Settings& settings, const NewMail& mail,
                                    Seconds now);

// --- for daybook-work

struct QueuedMail {
  Id id = 0;
  MailTemplate kind = MailTemplate::kConfirmComment;
  text::EmailAddress to;
  std::vector<std::pair<std::string, std::string>> fields;
  Seconds created_at = 0;
};
// Nothing if it has been sent or dropped.
[[nodiscard]] std::optional<QueuedMail> LoadMail(sql::Tx& tx, Id id);
// When the next message may leave by the host's caps, each a rolling window; `now` or earlier: at
// once.
[[nodiscard]] Seconds NextMailAt(sql::Tx& tx, const Settings& settings, Seconds now);
// Those caps.
struct MailCap {
  Seconds window = 0;
  std::int64_t messages = 0;
};
[[nodiscard]] std::vector<MailCap> CapsOf(const Settings& settings);
// The owner ended mail, if not by a line of daybook.conf; one look at the database.
[[nodiscard]] bool MailIsHeld(sql::Tx& tx);
// Its fields are forgotten in both cases.
void NoteMailSent(sql::Tx& tx, Id id, Seconds now);
void NoteMailFailed(sql::Tx& tx, Id id, std::string_view error, Seconds now);
// Whom it is for, sent or not; empty: there is none of that id.
[[nodiscard]] std::string RecipientOf(sql::Tx& tx, Id id);
// One that was sent came back; `hard`: its address is suppressed.
void NoteBounce(sql::Tx& tx, Id id, std::string_view why, bool hard, Seconds now);
// The address does not exist: nothing will be sent there again.
void SuppressAddress(sql::Tx& tx, const text::EmailAddress& address, Seconds now);
// Nobody wants it any more; as if it had never been.
void DropMail(sql::Tx& tx, Id id);
// What was sent or failed before that moment is deleted.
void ForgetMails(sql::Tx& tx, Seconds before);

}  // namespace daybook::journal
