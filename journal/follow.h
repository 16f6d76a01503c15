// Mails about comments: who asked to be told gets one for each comment that readers see, once, but
// for the one who wrote it. Between a comment's becoming public and the mail's leaving anything may
// change, so what a mail says is read when it leaves. Following and leaving by cookie:
// comment_own.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/mail.h"
#include "journal/model.h"
#include "journal/settings.h"
#include "journal/sign.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// A comment became public, by being posted or approved; imports do not call this.
void NoteCommentShown(sql::Tx& tx, Id comment, Id entry, Seconds now);

// Queues the mails about a comment for some of those who are still to have one; true if there are
// more. Called again after a crash, it goes on where it was.
[[nodiscard]] bool TellFollowers(sql::Tx& tx, const Settings& settings, Id comment, Seconds now);

// Puts the words into a mail of kFollowUp: name, text, entry, link, leave (absolute addresses).
// False where nobody wants it any more: the comment is not public, the thread was left.
[[nodiscard]] bool FillFollowUp(sql::Tx& tx, const Settings& settings, QueuedMail& mail,
                                Seconds now);

// What the link in such a mail stands for; it does not end, since mails are kept for years.
struct Leaving {
  Id entry_id = 0, reader_id = 0;
};
[[nodiscard]] std::string LeaveToken(const Signer& signer, const Leaving& leaving);
[[nodiscard]] std::optional<Leaving> ReadLeaveToken(const Signer& signer, std::string_view token);

}  // namespace daybook::journal
