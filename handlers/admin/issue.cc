// An issue of the newsletter on the owner's page: to whom it goes, when, and as a test to oneself.
// Its words are written in the editor, as a page that nobody sees.
#include <charconv>

#include "handlers/admin/mail.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/site.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "journal/mailing.h"
#include "sql/db.h"
#include "templates/admin_keys.h"
#include "text/email.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::Audience;
using journal::Mailing;
using journal::MailingStatus;
using templates::Block;

namespace {

constexpr std::string_view kList = "/admin/mailings";
constexpr fcgi::FormField kFields[] = {{"act", 20},    {"audience", 5}, {"tag", 20},
                                       {"archive", 5}, {"send_at", 50}, {"switch", 20}};

std::string PlaceOf(journal::Id id) { return std::string(kList) + "/" + std::to_string(id); }

template <typename T>
T NumberIn(std::string_view typed) {
  T number = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return number;
}

struct Typed {
  std::optional<std::string> send_at;  // as it was typed
  std::string wrong, alert;
  int status = 200;
};

Mailing IssueOfPage(sql::Tx& tx, journal::Id id) {
  auto mailing = journal::MailingById(tx, id);
  if (!mailing || mailing->kind != journal::MailingKind::kIssue)
    throw fcgi::HttpError(404, "no issue");
  return *std::move(mailing);
}

bool CanChange(const Mailing& m) {
  return m.status == MailingStatus::kDraft || m.status == MailingStatus::kWaits;
}

void AddLink(Block panel, std::string_view words, const text::SafeUrl& url,
             std::string_view label) {
  Block text = panel.Add(key::kPanelText);
  text.Set(key::kPanelWords, words);
  Block link = text.Add(key::kPanelLink);
  link.Set(key::kPanelUrl, url);
  link.Set(key::kPanelLabel, label);
}

void AddChoices(Block group, const Frame& frame, sql::Tx& tx, const Mailing& m) {
  const templates::Words& words = frame.words();
  AddField(group, {.name = "audience",
                   .label = words.Get(word::kAdminMailingsTo),
                   .value = std::to_string(static_cast<int>(m.audience)),
                   .kind = Field::Kind::kSelect,
                   .choices = {{"0", words.Get(word::kAdminMailingsToIssues)},
                               {"1", words.Get(word::kAdminMailingsToEach)},
                               {"2", words.Get(word::kAdminMailingsToWeekly)},
                               {"3", words.Get(word::kAdminMailingsToMonthly)},
                               {"4", words.Get(word::kAdminMailingsToAll)}}});
  std::vector<Choice> tags = {{"0", words.Get(word::kAdminMailingsTagAny)}};
  for (const journal::TagChoice& tag : journal::TagChoices(tx))
    tags.push_back({std::to_string(tag.id), tag.name});
  if (tags.size() > 1)
    AddField(group, {.name = "tag",
                     .label = words.Get(word::kAdminMailingsTag),
                     .value = std::to_string(m.tag_id),
                     .kind = Field::Kind::kSelect,
                     .help = words.Get(word::kAdminMailingsTagHelp),
                     .choices = std::move(tags)});
  AddField(group, {.name = "archive",
                   .label = words.Get(word::kAdminMailingsArchive),
                   .value = m.archive ? "on" : "",
                   .kind = Field::Kind::kCheck});
}

fcgi::Response Show(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                    const fcgi::Request& request, const Mailing& m, const Typed& typed,
                    journal::Seconds now) {
  const templates::Words& words = frame.words();
  const std::string& zone = frame.site.settings.zone;
  SitePage page(frame, viewer, MailingName(words, m), kList, typed.status != 200);
  if (!typed.alert.empty()) page.Alert(typed.alert);
  if (typed.status == 200) NoticeDone(page, request);
  Block panel = AddPanel(page);
  AddLink(panel, MailingProgress(frame, tx, m, now),
          frame.links.To("/admin/entries/" + std::to_string(m.entry_id)),
          words.Get(word::kAdminMailingsText));
  if (CanChange(m)) {
    panel.Add(key::kPanelText)
        .Set(key::kPanelWords, words.Plural(word::kAdminMailingsCount,
                                            journal::AudienceCount(tx, m.audience, m.tag_id)));
    Block form = AddForm(panel, frame, PlaceOf(m.id));
    AddChoices(AddGroup(form), frame, tx, m);
    const bool waits = m.status == MailingStatus::kWaits;
    AddField(AddGroup(form),
             {.name = "send_at",
              .label = words.Get(word::kAdminMailingsAt),
              .value = typed.send_at.value_or(waits ? MomentText(m.send_at, zone) : ""),
              .kind = Field::Kind::kMoment,
              .help = words.Format(word::kAdminMailingsAtHelp, {{"zone", zone}}),
              .wrong = typed.wrong});
    AddButton(form, words.Get(word::kAdminMailingsSave));
    AddButton(form, words.Get(word::kAdminMailingsTest), "test", "");
    AddButton(form, words.Get(word::kAdminMailingsLater), "later", "");
    AddButton(form, words.Get(word::kAdminMailingsNow), "now", "");
    if (waits) AddButton(form, words.Get(word::kAdminMailingsUnsend), "unsend", "");
  }
  return page.Done(typed.status);
}

// Gives what was done; empty: it had begun meanwhile.
std::string Do(sql::Tx& tx, const journal::Settings& settings, const Viewer& viewer,
               const Mailing& wanted, std::string_view act, journal::Seconds at,
               journal::Seconds now) {
  const auto current = journal::MailingById(tx, wanted.id);
  if (!current || !CanChange(*current)) return "late";
  journal::SetIssue(tx, wanted.id, wanted.audience, wanted.tag_id, wanted.archive);
  journal::Log(tx, viewer.person.id, "site", PlaceOf(wanted.id), now);
  if (act == "now") return journal::SendNow(tx, wanted.id, now) ? "sending" : "late";
  if (act == "later") return journal::SendAt(tx, wanted.id, at) ? "timed" : "late";
  if (act == "unsend") return journal::Unsend(tx, wanted.id) ? "restored" : "late";
  if (act != "test") return "saved";
  const auto to = text::ParseEmail(viewer.person.email);
  if (!to) return "no_address";
  switch (journal::AskForIssueTest(tx, settings, wanted.id, *to, now)) {
    case journal::MailTaken::kQueued:
      return "test";
    case journal::MailTaken::kOff:
      return "no_mail";
    default:
      return "away";
  }
}

}  // namespace

fcgi::Response IssuePage(Visit& visit) {
  Context& context = visit.context;
  const Mailing mailing = IssueOfPage(context.tx, context.captures.Int("id"));
  return Show(FrameOf(context), visit.viewer, context.tx, context.request, mailing, {},
              context.now);
}

fcgi::Response IssuePost(Visit& visit) {
  Context& context = visit.context;
  Mailing mailing = IssueOfPage(context.tx, context.captures.Int("id"));
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const fcgi::Form form = ReadForm(context.request, kFields);
  const std::string act(form["act"]);
  mailing.audience = static_cast<Audience>(std::clamp(NumberIn<int>(form["audience"]), 0, 4));
  mailing.archive = form["archive"] == "on";
  mailing.tag_id = 0;
  const auto tag = NumberIn<journal::Id>(form["tag"]);
  for (const journal::TagChoice& choice : journal::TagChoices(context.tx))
    if (choice.id == tag) mailing.tag_id = tag;
  journal::Seconds at = 0;
  Typed typed;
  typed.send_at = std::string(form["send_at"]);
  if (act == "later") {
    const auto moment = MomentIn(*typed.send_at, frame.site.settings.zone);
    if (!moment)
      typed.wrong = words.Get(word::kAdminErrDate);
    else if (*moment <= context.now)
      typed.wrong = words.Get(word::kAdminMailingsPast);
    at = moment.value_or(0);
    if (!typed.wrong.empty()) {
      typed.alert = words.Plural(word::kAdminSettingsWrong, 1);
      typed.status = 422;
      return Show(frame, visit.viewer, context.tx, context.request, mailing, typed, context.now);
    }
  }
  context.act = [frame, viewer = visit.viewer, mailing, act, at, typed, &request = context.request,
                 now = context.now](sql::Db& db) mutable {
    std::string done;
    try {
      db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
        done = Do(tx, frame.site.settings, viewer, mailing, act, at, now);
      });
    } catch (const sql::DbError& error) {
      const bool full = error.kind() == sql::DbError::Kind::kFull;
      typed.alert = frame.words().Get(word::kAdminErrStore);
      typed.status = full ? 507 : 503;
      return db.Read(
          [&](sql::Tx& tx) { return Show(frame, viewer, tx, request, mailing, typed, now); });
    }
    return fcgi::Redirect(303, frame.links.To(PlaceOf(mailing.id), "?done=" + done).view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
