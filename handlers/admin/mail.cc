// How mail leaves: whether it works, what waits, the test mail, ending and beginning again, the
// settings of mail and the records that receivers look for. What needs the network is asked of
// daybook-work (journal/mail_check.h). Letters to many have a page of their own (mailings.cc).
#include "handlers/admin/mail.h"

#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/settings.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "journal/mail_check.h"
#include "templates/admin_keys.h"
#include "text/email.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::MailTest;
using journal::Seconds;
using templates::Block;

namespace {

constexpr std::string_view kHere = "/admin/mail", kTestPage = "/admin/mail/test";
constexpr std::string_view kSending = "mail.sending";
constexpr Seconds kTestTakes = 150;  // with a worker at hand
constexpr std::int64_t kTroubles = 10;

struct Group {
  templates::WordKey title;
  std::string_view names;
};
constexpr Group kGroups[] = {
    {word::kAdminMailWay, "mail smtp smtp.tls smtp.user smtp.password"},
    {word::kAdminMailSender, "mail.from mail.from_name mail.bounces"},
    {word::kAdminMailLimits, "mail.per_5min mail.per_hour mail.per_day"},
};

std::string AllNames() {
  std::string names;
  for (const Group& group : kGroups) names.append(group.names).append(" ");
  return names;
}

// What stands on the page beside what the journal knows.
struct Typed {
  TypedSettings settings;
  std::string to, wrong_to;
  bool locked = false;  // ending mail was asked for, but daybook.conf decides
  [[nodiscard]] bool IsWrong() const {
    return !settings.wrong.empty() || !wrong_to.empty() || locked;
  }
};

std::string StateText(const templates::Words& words, const journal::Settings& settings) {
  if (!settings.mail_sending) return words.Get(word::kAdminMailEnded);
  if (!settings.MailHasWay()) return words.Get(word::kAdminMailNoWay);
  const std::string& sender = journal::MailSender(settings);
  if (sender.empty()) return words.Get(word::kAdminMailNoSender);
  if (settings.mail != journal::Transport::kSendmail)
    return words.Format(word::kAdminMailBySmtp, {{"server", settings.smtp}, {"address", sender}});
  const std::string program = journal::SendmailProgram(settings);
  if (program.empty()) return words.Get(word::kAdminMailNoProgram);
  return words.Format(word::kAdminMailByProgram, {{"program", program}, {"address", sender}});
}

std::string TestText(const Frame& frame, const MailTest& test, Seconds now) {
  const templates::Words& words = frame.words();
  const std::string done = TimeOf(frame, test.done_at, now);
  switch (test.state) {
    case MailTest::State::kTaken:
      return words.Format(word::kAdminMailTestTaken, {{"address", test.to}, {"time", done}});
    case MailTest::State::kFailed:
      return words.Format(word::kAdminMailTestFailed,
                          {{"address", test.to}, {"time", done}, {"why", test.why}});
    case MailTest::State::kAsked:
      break;
  }
  if (now > test.asked_at + kTestTakes)
    return words.Format(word::kAdminMailTestStuck, {{"time", TimeOf(frame, test.asked_at, now)}});
  return words.Format(word::kAdminMailTestRuns, {{"address", test.to}});
}

void AddState(Page& page, sql::Tx& tx, const journal::Settings& settings, bool locked,
              Seconds now) {
  const Frame& frame = page.frame();
  const templates::Words& words = frame.words();
  Block panel = AddPanel(page, "", StateText(words, settings));
  const journal::MailQueue queue = journal::QueueOfMail(tx, now);
  if (settings.MailHasWay())
    panel.Add(key::kPanelText)
        .Set(key::kPanelWords,
             queue.last
                 ? words.Format(word::kAdminMailWorked, {{"time", TimeOf(frame, *queue.last, now)}})
                 : words.Get(word::kAdminMailUntried));
  if (locked) {
    panel.Add(key::kPanelText).Set(key::kPanelWords, words.Get(word::kAdminMailLocked));
    return;
  }
  Block form = AddForm(panel, frame, kHere);
  if (settings.mail_sending)
    AddButton(form, words.Get(word::kAdminMailEnd), "end", "danger");
  else
    AddButton(form, words.Get(word::kAdminMailBegin), "begin");
}

void AddQueue(Page& page, sql::Tx& tx, const journal::Settings& settings, Seconds now) {
  const Frame& frame = page.frame();
  const templates::Words& words = frame.words();
  const journal::MailQueue queue = journal::QueueOfMail(tx, now);
  const std::string letters = words.Number(queue.letters), copies = words.Number(queue.copies);
  std::string text = words.Get(word::kAdminMailQueueNone);
  if (queue.letters + queue.copies > 0) {
    const std::string done =
        TimeOf(frame, journal::DoneBy(tx, settings, queue.letters + queue.copies, now), now);
    text =
        words.Format(settings.mail_sending ? word::kAdminMailQueueWaits : word::kAdminMailQueueHeld,
                     {{"letters", letters}, {"copies", copies}, {"time", done}});
  }
  Block panel = AddPanel(page, words.Get(word::kAdminMailQueue), text);
  panel.Add(key::kPanelText)
      .Set(key::kPanelWords,
           words.Format(word::kAdminMailQueueSent, {{"hour", words.Number(queue.in_hour)},
                                                    {"day", words.Number(queue.in_day)}}));
  std::vector<Item> items;
  for (const journal::Mailing& mailing : journal::OpenMailings(tx)) {
    Item item;
    item.title = MailingName(words, mailing);
    item.url = frame.links.To("/admin/mailings");
    item.meta = {MailingProgress(frame, tx, mailing, now)};
    items.push_back(std::move(item));
  }
  for (const journal::MailTrouble& trouble : journal::TroublesOfMail(tx, kTroubles)) {
    Item item;
    item.title = trouble.to;
    item.state = words.Get(trouble.next ? word::kAdminMailPutOff : word::kAdminMailRefused);
    item.meta = {trouble.why};
    if (trouble.next)
      item.meta.push_back(
          words.Format(word::kAdminMailPutOffNext, {{"time", TimeOf(frame, *trouble.next, now)}}));
    items.push_back(std::move(item));
  }
  if (items.empty()) return;
  Block list = panel.Add(key::kItems);
  for (const Item& item : items) AddItem(list, item);
}

void AddTest(Page& page, sql::Tx& tx, const journal::Settings& settings, const Viewer& viewer,
             const Typed& typed, Seconds now) {
  const Frame& frame = page.frame();
  const templates::Words& words = frame.words();
  const auto last = journal::LastMailTest(tx);
  if (!last && !settings.MailHasWay()) return;
  Block panel =
      AddPanel(page, words.Get(word::kAdminMailTest), last ? TestText(frame, *last, now) : "");
  if (last && last->state == MailTest::State::kFailed && !last->talk.empty())
    AddTalk(panel, last->talk);
  if (!settings.MailHasWay()) return;
  Block form = AddForm(panel, frame, kHere);
  const std::string own = viewer.person.email.empty() ? settings.email : viewer.person.email;
  AddField(AddGroup(form), {.name = "to",
                            .label = words.Get(word::kAdminMailTestTo),
                            .value = typed.wrong_to.empty() ? own : typed.to,
                            .wrong = typed.wrong_to});
  AddButton(form, words.Get(word::kAdminMailTestSend), "test");
}

void AddLimits(Page& page) {
  const Frame& frame = page.frame();
  const templates::Words& words = frame.words();
  Block form = AddForm(
      AddPanel(page, words.Get(word::kAdminMailHosts), words.Get(word::kAdminMailHostsAbout)),
      frame, kHere);
  std::vector<Choice> choices;
  for (const journal::MailHost& host : journal::KnownMailHosts()) {
    const std::string name(host.name);
    const auto [text, n] = host.per_5min > 0
                               ? std::pair(word::kAdminMailHostsMinutes, host.per_5min)
                           : host.per_day > 0 ? std::pair(word::kAdminMailHostsDay, host.per_day)
                                              : std::pair(word::kAdminMailHostsHour, host.per_hour);
    choices.push_back({name, words.Format(text, {{"name", name}, {"n", words.Number(n)}})});
  }
  AddField(AddGroup(form), {.name = "host",
                            .label = words.Get(word::kAdminMailHostsPick),
                            .value = choices.front().value,
                            .kind = Field::Kind::kSelect,
                            .choices = choices});
  AddButton(form, words.Get(word::kAdminMailHostsTake), "limits", "");
}

fcgi::Response Show(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                    const journal::Config& config, const fcgi::Request& request, const Typed& typed,
                    Seconds now) {
  const templates::Words& words = frame.words();
  const journal::Settings settings = journal::LoadSettings(tx, config);
  SitePage page(frame, viewer, words.Get(word::kAdminMail), kHere, typed.IsWrong());
  if (typed.locked) {
    page.Alert(words.Get(word::kAdminMailLocked));
  } else if (typed.IsWrong()) {
    page.Alert(words.Plural(
        word::kAdminSettingsWrong,
        static_cast<std::int64_t>(typed.settings.wrong.size() + (typed.wrong_to.empty() ? 0 : 1))));
  }
  NoticeDone(page, request);
  AddState(page, tx, settings, config.Find(kSending) != nullptr, now);
  AddQueue(page, tx, settings, now);
  AddTest(page, tx, settings, viewer, typed, now);
  Block form = AddForm(AddPanel(page, words.Get(word::kAdminMailSettings)), frame, kHere);
  for (const Group& group : kGroups)
    AddSettings(AddGroup(form, words.Get(group.title)), group.names, frame, settings, config,
                typed.settings);
  AddButton(form, words.Get(word::kAdminSettingsSave));
  AddLimits(page);
  AddRecords(page, tx, settings, now);
  return page.Done(typed.IsWrong() ? 422 : 200);
}

// Writes, then leads to a page. `what`: the setting for the log; empty: none.
fcgi::Response Change(sql::Db& db, const Frame& frame, const Viewer& viewer, std::string_view what,
                      sql::Publicity publicity, std::string_view path, std::string_view query,
                      Seconds now, const std::function<void(sql::Tx&)>& change) {
  db.Write(publicity, [&](sql::Tx& tx) {
    change(tx);
    journal::Log(tx, viewer.person.id, what.empty() ? "site" : "setting",
                 what.empty() ? kHere : what, now);
  });
  return fcgi::Redirect(303, frame.links.To(path, query).view());
}

}  // namespace

fcgi::Response MailPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
    return db.Read([&](sql::Tx& tx) { return Show(frame, viewer, tx, config, request, {}, now); });
  };
  return {};
}

fcgi::Response MailPost(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
    const std::string names = AllNames();
    const auto fields = SettingFields(names, {"switch", "act", "to", "host", "token"});
    const fcgi::Form form = ReadForm(request, fields);
    const std::string_view act = form["act"];
    Typed typed;
    const auto again = [&] {
      return db.Read(
          [&](sql::Tx& tx) { return Show(frame, viewer, tx, config, request, typed, now); });
    };
    const auto change = [&](std::string_view what, sql::Publicity publicity, std::string_view path,
                            std::string_view query, const std::function<void(sql::Tx&)>& write) {
      return Change(db, frame, viewer, what, publicity, path, query, now, write);
    };
    if (act == "end" || act == "begin") {
      typed.locked = config.Find(kSending) != nullptr;
      if (typed.locked) return again();
      const bool end = act == "end";
      return change(
          kSending, sql::Publicity::kPublic, kHere, end ? "?done=ended" : "?done=begun",
          [&](sql::Tx& tx) {
            static_cast<void>(journal::SetSetting(tx, config, kSending, end ? "off" : "on"));
          });
    }
    if (act == "test") {
      typed.to = form["to"];
      const auto to = text::ParseEmail(typed.to);
      if (!to) {
        typed.wrong_to = frame.words().Get(word::kErrEmail);
        return again();
      }
      return change("", sql::Publicity::kPrivate, kTestPage, "",
                    [&](sql::Tx& tx) { journal::AskForMailTest(tx, *to, now); });
    }
    if (act == "records" || act == "key")
      return change("", sql::Publicity::kPrivate, kHere, "?done=looking",
                    [&](sql::Tx& tx) { journal::AskForMailRecords(tx, act == "key", now); });
    if (act == "limits") {
      for (const journal::MailHost& host : journal::KnownMailHosts()) {
        if (host.name != form["host"]) continue;
        return change(
            "mail.per_hour", sql::Publicity::kPublic, kHere, "?done=saved", [&](sql::Tx& tx) {
              for (const auto& [name, cap] : {std::pair("mail.per_hour", host.per_hour),
                                              std::pair("mail.per_day", host.per_day),
                                              std::pair("mail.per_5min", host.per_5min)})
                static_cast<void>(journal::SetSetting(tx, config, name, std::to_string(cap)));
            });
      }
      throw fcgi::HttpError(404);
    }
    typed.settings = ReadSettings(form, names, frame, config);
    if (!typed.settings.wrong.empty()) return again();
    if (!typed.settings.changed.empty())
      db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
        WriteSettings(tx, config, typed.settings, viewer.person.id, now);
      });
    return fcgi::Redirect(303, frame.links.To(kHere, "?done=saved").view());
  };
  return {};
}

fcgi::Response MailTestPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const auto last = journal::LastMailTest(context.tx);
  if (!last) return fcgi::Redirect(303, frame.links.To(kHere).view());
  SitePage page(frame, visit.viewer, words.Get(word::kAdminMailTestTitle), kHere);
  Block panel = AddPanel(page, "", TestText(frame, *last, context.now));
  if (last->state == MailTest::State::kFailed && !last->talk.empty()) {
    Block said = AddPanel(page, words.Get(word::kAdminMailTestTalk));
    AddTalk(said, last->talk);
  }
  Block link = panel.Add(key::kPanelText).Add(key::kPanelLink);
  link.Set(key::kPanelUrl, frame.links.To(kHere));
  link.Set(key::kPanelLabel, words.Get(word::kAdminMailTestBack));
  fcgi::Response response = page.Done();
  // With script and without; nothing is typed on this page.
  if (last->state == MailTest::State::kAsked && context.now <= last->asked_at + kTestTakes)
    response.Set("Refresh", "2");
  return response;
}

}  // namespace daybook::handlers::admin
