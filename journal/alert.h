// What the owner and writers are told by mail about answers: to the owner, what waits, with links
// that decide without signing in; to a writer who asked for it, that a comment is public. What a
// mail says is read when it leaves. The page behind the links is handlers/decide.cc; decisions
// themselves are moderate.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/mail.h"
#include "journal/model.h"
#include "journal/moderate.h"
#include "journal/queue.h"
#include "journal/sign.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// Something came that waits: the owner is told, of all that came meanwhile together, two minutes
// later and at most once an hour. Imports do not call this.
void NoteWaiting(sql::Tx& tx, Seconds now);
// The mail, if there is anything to tell; the job of NoteWaiting.
void AlertOwner(sql::Tx& tx, const Settings& settings, Seconds now);

// One of the things in such a mail.
struct AlertItem {
  Answered answer;
  bool clean = false;  // its text may be quoted
  std::string link;    // absolute
};
inline constexpr int kAlertItems = 20;  // in one mail; the rest is counted
struct Alert {
  std::vector<AlertItem> items;
  std::int64_t waiting = 0;  // in all
};
// What is in a mail of MailTemplate::kAlert by now; nothing where nothing of it waits any more.
[[nodiscard]] std::optional<Alert> ReadAlert(sql::Tx& tx, const Settings& settings,
                                             const QueuedMail& mail, Seconds now);

// The link of one thing: two weeks, until somebody decided, by whatever way.
[[nodiscard]] std::string DecideToken(const Signer& signer, const Which& which, Seconds now);
struct Deciding {
  enum class State { kGood, kDecided, kExpired, kForged };
  State state = State::kForged;
  Which which;
  Answered answer;  // of a good one
};
[[nodiscard]] Deciding ReadDecideToken(sql::Tx& tx, const Signer& signer, std::string_view token,
                                       Seconds now);

// A comment that waited is public. Its writer is told, once, who has a confirmed address and asked
// for mail about the entry.
void NoteApproved(sql::Tx& tx, Id comment, Seconds now);
// The job of NoteApproved.
void TellWriter(sql::Tx& tx, const Settings& settings, Id comment, Seconds now);
// Puts the words into a mail of MailTemplate::kApproved: entry, link, leave. False where the
// comment is hidden again or the entry was left.
[[nodiscard]] bool FillApproved(sql::Tx& tx, const Settings& settings, QueuedMail& mail,
                                Seconds now);

}  // namespace daybook::journal
