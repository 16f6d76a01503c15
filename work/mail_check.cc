// What the owner asks about mail: see mail_check.h and journal/mail_check.h.
#include "work/mail_check.h"

#include "sql/tx.h"
#include "text/email.h"
#include "work/dkim.h"
#include "work/drain.h"
#include "work/mail_records.h"
#include "work/transport.h"

namespace daybook::work {

using journal::MailCheck;
using journal::MailTest;

MailTest SendTestMail(const journal::Home& home, const journal::Settings& settings,
                      const templates::Templates& templates, const text::EmailAddress& to,
                      journal::Seconds now) {
  MailTest test;
  test.to = to.str();
  test.asked_at = now;
  const auto key = DkimKey::Load(home);
  const std::unique_ptr<Mailer> mailer = MailerFor(settings, key ? &*key : nullptr);
  journal::QueuedMail mail;
  mail.kind = journal::MailTemplate::kTest;
  mail.to = to;
  mail.id = now;  // of no row; its Message-ID wants a number
  mail.created_at = now;
  const Message message = MessageOf(mail, settings, templates);
  Delivered delivered{Delivery::kTryAgain, "mail is not set up"};
  if (message.from.empty()) {
    delivered.detail = "the setting mail.from is empty";
  } else if (mailer) {
    delivered = mailer->Send(message);
    test.talk = mailer->conversation();
  }
  const bool taken = delivered.outcome == Delivery::kTaken;
  test.state = taken ? MailTest::State::kTaken : MailTest::State::kFailed;
  if (!taken) test.why = delivered.detail;
  return test;
}

journal::MailRecords LookUpRecordsOf(const journal::Home& home, const journal::Settings& settings) {
  const auto key = DkimKey::Load(home);
  return LookUpMailRecords(settings, key ? &*key : nullptr, [&](const std::string& name) {
    return LookUpTxt(name, settings.mail_dns);
  });
}

void DoMailCheck(const Tools& tools, const journal::Job& job) {
  sql::Db& db = tools.journal.db;
  const journal::Settings settings = tools.journal.Load();
  const auto finish = [&](auto&& note) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      if (journal::FinishJob(tx, job)) note(tx);
    });
  };
  switch (static_cast<MailCheck>(job.subject)) {
    case MailCheck::kTest: {
      const auto asked = db.Read([](sql::Tx& tx) { return journal::LastMailTest(tx); });
      const auto to = asked ? text::ParseEmail(asked->to) : std::nullopt;
      if (!to || asked->state != MailTest::State::kAsked) return finish([](sql::Tx&) {});
      MailTest test =
          SendTestMail(tools.journal.home, settings, tools.templates, *to, tools.clock());
      test.asked_at = asked->asked_at;
      test.done_at = tools.clock();
      return finish([&](sql::Tx& tx) { journal::NoteMailTest(tx, test); });
    }
    case MailCheck::kKey:
      static_cast<void>(DkimKey::Make(tools.journal.home));
      break;
    case MailCheck::kRecords:
      break;
  }
  journal::MailRecords records = LookUpRecordsOf(tools.journal.home, settings);
  records.asked_at = records.done_at = tools.clock();
  finish([&](sql::Tx& tx) { journal::NoteMailRecords(tx, records); });
}

}  // namespace daybook::work
