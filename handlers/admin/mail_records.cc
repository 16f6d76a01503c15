// The records in DNS that receivers of mail look for: what was found and what to add, on the
// owner's page of mail (mail.cc). They are looked up by work/mail_records.cc.
#include "handlers/admin/mail.h"
#include "handlers/comment_pages.h"
#include "journal/mail_check.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::MailRecord;
using journal::Seconds;
using templates::Block;

namespace {

std::string RecordText(const templates::Words& words, const MailRecord& record,
                       const std::string& domain) {
  const auto named = [&](const std::string& end) {
    return WordNamed(words, "admin.mail.records." + end);
  };
  if (record.state == MailRecord::State::kUnknown) return named("unanswered");
  std::string kind = record.kind;
  for (char& c : kind)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  if (!record.why.empty()) return named(record.why);
  return templates::Fill(named(kind), {{"domain", domain}});
}

void AddRecord(Block list, const templates::Words& words, const MailRecord& record,
               const std::string& domain) {
  using State = MailRecord::State;
  Item item;
  item.title = record.kind;
  const bool unsigned_here = record.kind == "DKIM" && record.name.empty();
  if (!unsigned_here)
    item.state = words.Get(record.state == State::kGood      ? word::kAdminMailRecordsGood
                           : record.state == State::kMissing ? word::kAdminMailRecordsMissing
                           : record.state == State::kWrong   ? word::kAdminMailRecordsWrong
                                                             : word::kAdminMailRecordsUnknown);
  item.meta.push_back(RecordText(words, record, domain));
  if (!record.found.empty())
    item.meta.push_back(words.Format(word::kAdminMailRecordsFound, {{"text", record.found}}));
  if (record.kind == "SPF" && record.state == State::kMissing)
    item.meta.push_back(words.Get(word::kAdminMailRecordsSpfHost));
  AddItem(list, item);
}

}  // namespace

void AddRecords(Page& page, sql::Tx& tx, const journal::Settings& settings, Seconds now) {
  const Frame& frame = page.frame();
  const templates::Words& words = frame.words();
  const std::string domain = journal::MailDomain(settings);
  const auto last = journal::LastMailRecords(tx);
  Block panel =
      AddPanel(page, words.Get(word::kAdminMailRecords),
               domain.empty() ? words.Get(word::kAdminMailRecordsNone)
                              : words.Format(word::kAdminMailRecordsAbout, {{"domain", domain}}));
  if (domain.empty()) return;
  const bool runs = last && last->done_at == 0;
  if (runs)
    panel.Add(key::kPanelText).Set(key::kPanelWords, words.Get(word::kAdminMailRecordsRuns));
  const bool known = last && last->done_at > 0 && last->domain == domain;
  bool signs = true;
  if (known) {
    panel.Add(key::kPanelText)
        .Set(key::kPanelWords, words.Format(word::kAdminMailRecordsAt,
                                            {{"time", TimeOf(frame, last->done_at, now)}}));
    Block list = panel.Add(key::kItems);
    for (const MailRecord& record : last->records) {
      AddRecord(list, words, record, domain);
      if (record.kind == "DKIM" && record.name.empty()) signs = false;
    }
  }
  Block form = AddForm(panel, frame, "/admin/mail");
  if (known) {
    for (const MailRecord& record : last->records) {
      if (record.wanted.empty()) continue;
      Block group = AddGroup(
          form, record.kind,
          words.Get(record.state == MailRecord::State::kWrong ? word::kAdminMailRecordsChange
                                                              : word::kAdminMailRecordsAdd));
      Block line = group.Add(key::kGroupLines).Add(key::kGroupLine);
      line.Set(key::kLineName, record.name);
      line.Set(key::kLineText, record.wanted);
    }
  }
  AddButton(form, words.Get(word::kAdminMailRecordsLook), "records", "");
  if (!signs) AddButton(form, words.Get(word::kAdminMailRecordsKey), "key", "");
}

}  // namespace daybook::handlers::admin
