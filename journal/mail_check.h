// What the owner asks about mail and what came of it: a test mail, the key that signs, the records
// in DNS. Each is a job (jobs.h, kMailCheck) done by work/mail_check.cc; its answer is a note, a
// row of the table `setting` that is no setting. The page that shows them is admin/mail.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "journal/settings.h"
#include "text/safe.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// The payload of a job kMailCheck; never change a number.
enum class MailCheck { kRecords = 1, kTest = 2, kKey = 3 };

struct MailTest {
  enum class State { kAsked, kTaken, kFailed };
  State state = State::kAsked;
  std::string to;
  Seconds asked_at = 0, done_at = 0;
  std::string why;   // of kFailed: one line
  std::string talk;  // what was said with the server, a line each; no password is in it
};
// Takes the place of the one before.
void AskForMailTest(sql::Tx& tx, const text::EmailAddress& to, Seconds now);
[[nodiscard]] std::optional<MailTest> LastMailTest(sql::Tx& tx);
// A test mail left in the last month, or some other message did: mails of entries are on.
[[nodiscard]] bool MailWorked(sql::Tx& tx);
// What left counts for the host's caps; one that worked has mails that were put off tried at once.
void NoteMailTest(sql::Tx& tx, const MailTest& test);

struct MailRecord {
  enum class State { kGood, kMissing, kWrong, kUnknown };
  std::string kind;  // "SPF", "DKIM", "DMARC"
  State state = State::kGood;
  std::string why;     // of kWrong and kUnknown, the end of a text's key: "spf_two"
  std::string name;    // where it stands: _dmarc.example.org
  std::string found;   // what stands there; several with a blank between
  std::string wanted;  // the whole record to add; empty where it is good
};
struct MailRecords {
  std::string domain;
  Seconds asked_at = 0, done_at = 0;  // done_at 0: not yet
  std::vector<MailRecord> records;
  [[nodiscard]] bool AllGood() const;
};
// `key`: a key to sign with is made first, if there is none.
void AskForMailRecords(sql::Tx& tx, bool key, Seconds now);
[[nodiscard]] std::optional<MailRecords> LastMailRecords(sql::Tx& tx);
void NoteMailRecords(sql::Tx& tx, const MailRecords& records);

// The address that mail comes from: mail.from, else email; and its domain. Empty without one.
[[nodiscard]] const std::string& MailSender(const Settings& settings);
[[nodiscard]] std::string MailDomain(const Settings& settings);
// mail.program, else where systems have sendmail; empty if it is nowhere.
[[nodiscard]] std::string SendmailProgram(const Settings& settings);

// What waits and what left.
struct MailQueue {
  std::int64_t letters = 0, copies = 0;  // to one person; of letters to many
  std::int64_t in_hour = 0, in_day = 0;  // that left
  std::optional<Seconds> last;           // when the last one left
};
[[nodiscard]] MailQueue QueueOfMail(sql::Tx& tx, Seconds now);
// Why some of them did not arrive, the newest first.
struct MailTrouble {
  std::string to, why;
  std::optional<Seconds> next;  // when it is tried again; nothing: it is over
};
[[nodiscard]] std::vector<MailTrouble> TroublesOfMail(sql::Tx& tx, std::int64_t limit);

// What well-known hosts let out; 0: no such limit is known.
struct MailHost {
  std::string_view name;
  std::int64_t per_hour, per_day, per_5min;
};
[[nodiscard]] std::vector<MailHost> KnownMailHosts();

}  // namespace daybook::journal
