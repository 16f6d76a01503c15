// Letters to many: the mail of a new entry, a digest, an issue of the newsletter. A letter is a
// row in `mailing`, each of its copies a row in `mail` that is written once for each subscriber and
// marked when it left, so that a kill loses none. What a copy says is made in work/mailing.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/mail.h"
#include "journal/model.h"
#include "journal/settings.h"
#include "journal/subscriber.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

enum class MailingKind { kEntry = 0, kWeekly = 1, kMonthly = 2, kIssue = 3 };
enum class MailingStatus {
  kDraft = 0,
  kWaits = 1,    // for its time
  kWriting = 2,  // its copies
  kSending = 3,
  kPaused = 4,
  kDone = 5,
  kStopped = 6,
  kNever = 7,  // of an entry that was old when it appeared
};
enum class Audience { kIssues = 0, kEach = 1, kWeekly = 2, kMonthly = 3, kAll = 4 };

struct Mailing {
  Id id = 0;
  MailingKind kind = MailingKind::kEntry;
  MailingStatus status = MailingStatus::kDraft;
  Id entry_id = 0;
  Seconds since = 0, send_at = 0;
  Audience audience = Audience::kIssues;
  Id tag_id = 0;
  bool archive = false;
  Id queued_to = 0;
  Seconds created_at = 0;
  std::optional<Seconds> began_at, ended_at;
  std::int64_t sent = 0, failed = 0, total = 0;  // see ProgressOf
  std::string title, path;                       // of its entry
};
[[nodiscard]] std::optional<Mailing> MailingById(sql::Tx& tx, Id id);
// The newest first, with what was sent of each.
[[nodiscard]] std::vector<Mailing> Mailings(sql::Tx& tx, std::int64_t limit);
// Those that wait, are under way or paused.
[[nodiscard]] std::vector<Mailing> OpenMailings(sql::Tx& tx);

inline constexpr Seconds kSecondThoughts = 15 * 60;  // between publication and its mails
// An entry was saved; imports do not call this. Its mails leave once, whatever is done to it; none
// where nothing ever left, not even a test mail.
void NoteEntryForMail(sql::Tx& tx, const Settings& settings, Id entry, bool is_open,
                      Seconds visible_at, Seconds now);

// Of the entry itself, not of a digest.
[[nodiscard]] std::optional<Mailing> MailingOfEntry(sql::Tx& tx, Id entry);
// Before any copy was made, so that it may go after all.
[[nodiscard]] bool StoppedInTime(const Mailing& mailing);

// --- what the owner's page does; each gives false where it does not fit the state

[[nodiscard]] bool SendNow(sql::Tx& tx, Id mailing, Seconds now);
[[nodiscard]] bool SendAt(sql::Tx& tx, Id mailing, Seconds at);
// An issue that waits for its time is a draft again (Unsend).
[[nodiscard]] bool Stop(sql::Tx& tx, Id mailing, Seconds now);
[[nodiscard]] bool Unsend(sql::Tx& tx, Id mailing);
[[nodiscard]] bool Pause(sql::Tx& tx, Id mailing);
[[nodiscard]] bool Resume(sql::Tx& tx, Id mailing, Seconds now);
// An issue of the newsletter, written as a page that nobody sees yet.
[[nodiscard]] Id NewIssue(sql::Tx& tx, Id page, Seconds now);
void SetIssue(sql::Tx& tx, Id mailing, Audience audience, Id tag, bool archive);
// Its text goes to the trash, unless it is public.
[[nodiscard]] bool EraseIssue(sql::Tx& tx, const Settings& settings, Id mailing, Seconds now);
// The issue that is written as that page and has not left; 0: none.
[[nodiscard]] Id IssueOf(sql::Tx& tx, Id page);
// How many would get it.
[[nodiscard]] std::int64_t AudienceCount(sql::Tx& tx, Audience audience, Id tag);
struct TagChoice {
  Id id = 0;
  std::string name;
};
[[nodiscard]] std::vector<TagChoice> TagChoices(sql::Tx& tx);
// It as one mail to somebody who writes here.
[[nodiscard]] MailTaken AskForIssueTest(sql::Tx& tx, const Settings& settings, Id mailing,
                                        const text::EmailAddress& to, Seconds now);
struct PastIssue {
  std::string title, path;
  Seconds at = 0;
};
// Those that everybody may read, the newest first.
[[nodiscard]] std::vector<PastIssue> PastIssues(sql::Tx& tx, std::int64_t limit);

// When a letter of which so many copies wait will be through, by the host's cap.
[[nodiscard]] Seconds DoneBy(sql::Tx& tx, const Settings& settings, std::int64_t waiting,
                             Seconds now);

// --- digests

// Somebody wants one: it is made at the next morning for it, eight o'clock on Monday or the first.
void WantDigest(sql::Tx& tx, const Settings& settings, Cadence cadence, Seconds now);
[[nodiscard]] Seconds NextDigestAt(const Settings& settings, Cadence cadence, Seconds now);
// The mailing for what is new since the last one; nothing where nothing is. Asks for the next.
void MakeDigest(sql::Tx& tx, const Settings& settings, Cadence cadence, Seconds now);
struct NewEntry {
  Id id = 0;
  std::string title, path, summary, zone;
  Seconds visible_at = 0;
};
[[nodiscard]] std::vector<NewEntry> EntriesOf(sql::Tx& tx, const Mailing& digest);
[[nodiscard]] bool HasWantedTag(sql::Tx& tx, Id entry, Id subscriber);

// --- for daybook-work

// Its time has come. False: nothing goes now (it was stopped, its entry is hidden; an issue whose
// text lies in the trash is a draft again). An issue for the archive becomes a public page.
[[nodiscard]] bool BeginMailing(sql::Tx& tx, const Settings& settings, const Mailing& mailing,
                                Seconds now);
// Writes copies for some more subscribers; false when it has them all.
[[nodiscard]] bool WriteCopies(sql::Tx& tx, const Mailing& mailing, Seconds now);
struct Copy {
  Id id = 0;
  std::string to;
  Id subscriber = 0;
  std::string secret;
  bool all_tags = true;
  int attempts = 0;
};
[[nodiscard]] std::vector<Copy> NextCopies(sql::Tx& tx, Id mailing, Seconds now);
[[nodiscard]] bool IsWanted(sql::Tx& tx, Id copy);
// As NextMailAt, but what others wait for always finds room: a tenth of the cap is theirs.
[[nodiscard]] Seconds NextCopyAt(sql::Tx& tx, const Settings& settings, Seconds now);
void PutOffCopy(sql::Tx& tx, Id copy, Seconds until, std::string_view why);
// When its next copy may be tried; nothing when none waits.
[[nodiscard]] std::optional<Seconds> NextTry(sql::Tx& tx, Id mailing);
[[nodiscard]] bool OthersWait(sql::Tx& tx, Seconds now);
void EndMailing(sql::Tx& tx, Id mailing, MailingStatus status, Seconds now);
struct MailingText {
  std::string title, path, body_html, more_html, language, zone;
  Seconds visible_at = 0;
};
[[nodiscard]] std::optional<MailingText> TextOf(sql::Tx& tx, Id entry);
// Everybody may read it: an entry, or the page that an issue is.
[[nodiscard]] bool EntryIsOpen(sql::Tx& tx, Id entry, Seconds now);
[[nodiscard]] bool PageIsOpen(sql::Tx& tx, Id page, Seconds now);

}  // namespace daybook::journal
