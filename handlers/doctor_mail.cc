// The doctor's checks of mail: its way, its sender, whether it worked, and the records that the
// owner had looked up. It sends and asks nothing itself (design.md 2).
#include "handlers/doctor.h"
#include "journal/mail_check.h"
#include "sql/tx.h"
#include "templates/admin_keys.h"

namespace daybook::handlers {
namespace {

namespace word = templates::word;
using journal::MailRecord;
using State = Finding::State;

Finding Way(sql::Tx& tx, const journal::Settings& settings, const templates::Words& words) {
  Finding found{"mail", State::kGood, words.Get(word::kAdminDoctorMail), "", ""};
  const auto say = [&](State state, std::string text, std::string mend) {
    found.state = state;
    found.text = std::move(text);
    found.mend = std::move(mend);
    return found;
  };
  const std::string set_server = words.Format(
      word::kAdminDoctorMailMend,
      {{"command", "daybook settings set smtp HOST:PORT"}, {"other", "set mail sendmail"}});
  if (!settings.mail_sending)
    return say(State::kLook, words.Get(word::kAdminDoctorMailEnded), "daybook mail begin");
  if (!settings.MailHasWay())
    return say(State::kLook, words.Get(word::kAdminDoctorMailNone), set_server);
  const std::string& sender = journal::MailSender(settings);
  if (sender.empty())
    return say(State::kBad, words.Get(word::kAdminDoctorMailSender),
               "daybook settings set mail.from NAME@HOST");
  std::string way = settings.smtp;
  if (settings.mail == journal::Transport::kSendmail) {
    way = journal::SendmailProgram(settings);
    if (way.empty())
      return say(State::kBad, words.Get(word::kAdminDoctorMailProgram),
                 "daybook settings set smtp HOST:PORT; daybook settings set mail smtp");
  }
  const std::string test =
      words.Format(word::kAdminDoctorMailPage, {{"command", "daybook mail test " + sender}});
  const auto last = journal::LastMailTest(tx);
  const auto left = journal::QueueOfMail(tx, 0).last;
  if (last && last->state == journal::MailTest::State::kFailed && left.value_or(0) < last->done_at)
    return say(State::kBad,
               words.Format(word::kAdminDoctorMailFailed, {{"way", way}, {"why", last->why}}),
               test);
  if (!left)
    return say(State::kLook, words.Format(word::kAdminDoctorMailUntried, {{"way", way}}), test);
  found.text = way;
  return found;
}

Finding Records(sql::Tx& tx, const std::string& domain, const templates::Words& words) {
  Finding found{"mail records", State::kGood, words.Get(word::kAdminDoctorRecords), "", ""};
  const auto last = journal::LastMailRecords(tx);
  std::string what;
  if (last && last->domain == domain && last->done_at > 0) {
    for (const MailRecord& record : last->records)
      if (record.state != MailRecord::State::kGood)
        what += (what.empty() ? "" : ", ") + record.kind;
    if (what.empty()) {
      found.text = words.Format(word::kAdminDoctorRecordsGood, {{"domain", domain}});
      return found;
    }
    found.text = words.Format(word::kAdminDoctorRecordsSome, {{"domain", domain}, {"what", what}});
  } else {
    found.text = words.Format(word::kAdminDoctorRecordsUnknown, {{"domain", domain}});
  }
  found.state = State::kLook;
  found.mend = words.Format(word::kAdminDoctorRecordsMend, {{"command", "daybook mail records"}});
  return found;
}

}  // namespace

Findings ExamineMail(sql::Tx& tx, const journal::Settings& settings,
                     const templates::Words& words) {
  Findings all = {Way(tx, settings, words)};
  const std::string domain = journal::MailDomain(settings);
  if (settings.MailIsSet() && !domain.empty()) all.push_back(Records(tx, domain, words));
  return all;
}

}  // namespace daybook::handlers
