// What the owner asks about mail: see mail_check.h.
#include "journal/mail_check.h"

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "journal/edit_common.h"
#include "journal/jobs.h"
#include "journal/mail.h"
#include "sql/queries/mail.h"
#include "sql/queries/settings.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
using Json = nlohmann::ordered_json;

// Names that LoadSettings does not read.
constexpr std::string_view kTestNote = "note.mail.test", kRecordsNote = "note.mail.records";
constexpr int kSoon = 1;  // somebody waits for the answer
constexpr std::size_t kTalkMax = 20'000;

std::optional<Json> Note(sql::Tx& tx, std::string_view name) {
  const auto text = tx.Text(query::kSettingGet, name);
  if (!text) return std::nullopt;
  Json note = Json::parse(*text, nullptr, false);
  return note.is_object() ? std::optional<Json>(std::move(note)) : std::nullopt;
}

// A server's words need not be UTF-8.
std::string Dump(const Json& note) {
  return note.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void AskForMailTest(sql::Tx& tx, const text::EmailAddress& to, Seconds now) {
  MailTest test;
  test.to = to.str();
  test.asked_at = now;
  NoteMailTest(tx, test);
  Enqueue(tx, {JobKind::kMailCheck, static_cast<Id>(MailCheck::kTest), now, kSoon});
}

std::optional<MailTest> LastMailTest(sql::Tx& tx) {
  const auto note = Note(tx, kTestNote);
  if (!note) return std::nullopt;
  MailTest test;
  test.state = static_cast<MailTest::State>(std::clamp(note->value("state", 0), 0, 2));
  test.to = note->value("to", "");
  test.asked_at = note->value("asked", Seconds{0});
  test.done_at = note->value("done", Seconds{0});
  test.why = note->value("why", "");
  test.talk = note->value("talk", "");
  return test;
}

bool MailWorked(sql::Tx& tx) { return tx.Int(query::kMailLastSent).has_value(); }

void NoteMailTest(sql::Tx& tx, const MailTest& test) {
  const Json note = {{"state", static_cast<int>(test.state)},
                     {"to", test.to},
                     {"asked", test.asked_at},
                     {"done", test.done_at},
                     {"why", CleanLine(test.why)},
                     {"talk", test.talk.substr(0, kTalkMax)}};
  tx.Exec(query::kSettingPut, kTestNote, Dump(note));
  if (test.state != MailTest::State::kTaken) return;
  const Id id =
      tx.Insert(query::kMailInsert, MailTemplate::kTest, test.to, "", "", test.done_at, "");
  NoteMailSent(tx, id, test.done_at);
  tx.Exec(query::kMailWakeFailed, test.done_at);
}

bool MailRecords::AllGood() const {
  return std::all_of(records.begin(), records.end(), [](const MailRecord& record) {
    return record.state == MailRecord::State::kGood;
  });
}

void AskForMailRecords(sql::Tx& tx, bool key, Seconds now) {
  MailRecords records;
  records.asked_at = now;
  NoteMailRecords(tx, records);
  const MailCheck check = key ? MailCheck::kKey : MailCheck::kRecords;
  Enqueue(tx, {JobKind::kMailCheck, static_cast<Id>(check), now, kSoon});
}

std::optional<MailRecords> LastMailRecords(sql::Tx& tx) {
  const auto note = Note(tx, kRecordsNote);
  if (!note) return std::nullopt;
  MailRecords all;
  all.domain = note->value("domain", "");
  all.asked_at = note->value("asked", Seconds{0});
  all.done_at = note->value("done", Seconds{0});
  for (const Json& one : note->value("records", Json::array())) {
    if (!one.is_object()) continue;
    all.records.push_back({one.value("kind", ""),
                           static_cast<MailRecord::State>(std::clamp(one.value("state", 0), 0, 3)),
                           one.value("why", ""), one.value("name", ""), one.value("found", ""),
                           one.value("wanted", "")});
  }
  return all;
}

void NoteMailRecords(sql::Tx& tx, const MailRecords& all) {
  Json note = {{"domain", all.domain}, {"asked", all.asked_at}, {"done", all.done_at}};
  note["records"] = Json::array();
  for (const MailRecord& one : all.records)
    note["records"].push_back({{"kind", one.kind},
                               {"state", static_cast<int>(one.state)},
                               {"why", one.why},
                               {"name", one.name},
                               {"found", one.found},
                               {"wanted", one.wanted}});
  tx.Exec(query::kSettingPut, kRecordsNote, Dump(note));
}

const std::string& MailSender(const Settings& settings) {
  return settings.mail_from.empty() ? settings.email : settings.mail_from;
}

std::string MailDomain(const Settings& settings) {
  const std::string& sender = MailSender(settings);
  const std::size_t at = sender.rfind('@');
  return at == std::string::npos ? "" : sender.substr(at + 1);
}

std::string SendmailProgram(const Settings& settings) {
  if (!settings.mail_program.empty()) {
    return access(settings.mail_program.c_str(), X_OK) == 0 ? settings.mail_program : "";
  }
  for (const char* path : {"/usr/sbin/sendmail", "/usr/lib/sendmail", "/usr/bin/sendmail"}) {
    if (access(path, X_OK) == 0) return path;
  }
  return "";
}

MailQueue QueueOfMail(sql::Tx& tx, Seconds now) {
  MailQueue queue;
  sql::Rows rows = tx.Query(query::kMailQueue, now - 3600, now - 86400);
  if (rows.Step()) {
    queue.letters = rows.Int(0);
    queue.copies = rows.Int(1);
    queue.in_hour = rows.Int(2);
    queue.in_day = rows.Int(3);
    queue.last = rows.OptionalInt(4);
  }
  return queue;
}

std::vector<MailTrouble> TroublesOfMail(sql::Tx& tx, std::int64_t limit) {
  std::vector<MailTrouble> all;
  for (const auto* which : {&query::kMailPutOff, &query::kMailPutOffCopies, &query::kMailRefused}) {
    sql::Rows rows = tx.Query(*which, limit);
    while (rows.Step()) all.push_back({rows.String(0), rows.String(1), rows.OptionalInt(2)});
  }
  return all;
}

std::vector<MailHost> KnownMailHosts() {
  return {{"A2 Hosting", 100, 0, 0},  {"Bluehost", 500, 0, 0},  {"Cloud86", 250, 0, 0},
          {"DreamHost", 100, 0, 0},   {"Free.fr", 100, 0, 0},   {"Gmail", 100, 500, 0},
          {"GoDaddy", 100, 250, 0},   {"Goneo", 250, 0, 0},     {"Google Workspace", 500, 2000, 0},
          {"GreenGeeks", 100, 0, 0},  {"HostGator", 500, 0, 0}, {"Infomaniak", 80, 0, 0},
          {"IONOS (1&1)", 300, 0, 25}};
}

}  // namespace daybook::journal
