// `daybook mail test ADDRESS` and `daybook mail records`: what the owner's page of mail does, on a
// terminal.
#include <curl/curl.h>
#include <signal.h>

#include <cstdio>
#include <ctime>

#include "journal/journal.h"
#include "sql/tx.h"
#include "text/email.h"
#include "work/command.h"
#include "work/mail_check.h"

namespace daybook::work {
namespace {

using journal::MailRecord;
using journal::MailTest;

int Test(journal::Journal& journal, const text::EmailAddress& to) {
  signal(SIGPIPE, SIG_IGN);
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return text::kFailed;
  const journal::Settings settings = journal.Load();
  const templates::Templates templates({settings.language, "", journal.home.Theme(), true});
  MailTest test = SendTestMail(journal.home, settings, templates, to, std::time(nullptr));
  test.done_at = std::time(nullptr);
  journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { journal::NoteMailTest(tx, test); });
  if (test.state == MailTest::State::kTaken) {
    text::Print("The test mail to " + test.to + " was taken. Look whether it arrived.");
    return text::kDone;
  }
  if (!test.talk.empty()) std::fputs(test.talk.c_str(), stdout);
  std::fflush(stdout);
  text::Complain("The test mail did not leave: " + test.why);
  return text::kFailed;
}

int Records(journal::Journal& journal) {
  const journal::Settings settings = journal.Load();
  journal::MailRecords all = LookUpRecordsOf(journal.home, settings);
  if (all.domain.empty()) {
    text::Complain("Set mail.from first: its domain is what is looked up.");
    return text::kFailed;
  }
  all.asked_at = all.done_at = std::time(nullptr);
  journal.db.Write(sql::Publicity::kPrivate,
                   [&](sql::Tx& tx) { journal::NoteMailRecords(tx, all); });
  static constexpr const char* kStates[] = {"good", "missing", "wrong", "no answer"};
  for (const MailRecord& record : all.records) {
    const bool unsigned_here = record.kind == "DKIM" && record.name.empty();
    text::Print(record.kind + ": " +
                (unsigned_here ? "mail is not signed here; `daybook dkim` makes a key"
                               : kStates[static_cast<size_t>(record.state)]));
    if (!record.found.empty()) text::Print("  found: " + record.found);
    if (!record.wanted.empty()) text::Print("  TXT " + record.name + "\n  " + record.wanted);
  }
  return all.AllGood() ? text::kDone : text::kFailed;
}

}  // namespace

int RunMail(const text::Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home || arguments.rest.empty()) return text::kWrongUse;
  journal::Journal journal = journal::OpenJournal(*home);
  if (arguments.rest[0] == "records") return Records(journal);
  const auto to = text::ParseEmail(arguments.rest.back());
  return to ? Test(journal, *to) : text::kWrongUse;
}

}  // namespace daybook::work
