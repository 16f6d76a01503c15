// The owner's list of who gets mail: counts, search, add, remove, the file in and out.
#include <charconv>

#include "handlers/admin/pages.h"
#include "handlers/admin/site.h"
#include "journal/audit.h"
#include "journal/subscriber.h"
#include "templates/admin_keys.h"
#include "text/email.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::CsvProblem;
using journal::Subscriber;
using templates::Block;

namespace {

constexpr std::string_view kHere = "/admin/subscribers";
constexpr std::int64_t kOnAPage = 100;
constexpr std::size_t kCsvMax = 8 << 20;
constexpr fcgi::FormField kFields[] = {{"email", 400},    {"note", 2000}, {"posts", 10},
                                       {"newsletter", 5}, {"id", 20},     {"act", 20},
                                       {"csv", kCsvMax},  {"switch", 20}};
constexpr std::string_view kPosts[] = {"each", "weekly", "monthly", "none"};
constexpr templates::WordKey kPostsWords[] = {
    word::kSubscribePostsEach, word::kSubscribePostsWeekly, word::kSubscribePostsMonthly,
    word::kSubscribePostsNone};
constexpr templates::WordKey kStates[] = {
    word::kAdminSubscribersAsked, word::kAdminSubscribersConfirmed, word::kAdminSubscribersLeft,
    word::kAdminSubscribersBounced};
constexpr templates::WordKey kWhys[] = {word::kErrEmail, word::kAdminSubscribersKnown,
                                        word::kAdminSubscribersAway, word::kAdminSubscribersPosts,
                                        word::kAdminSubscribersTag};

struct Typed {
  std::string email, note, csv, wrong_email, wrong_note, wrong_csv_note;
  std::optional<journal::CsvTaken> taken;
  bool of_file = false;
};

void FillList(Page& page, const Frame& frame, Context& context) {
  const templates::Words& words = frame.words();
  const std::string asked = context.request.Param("q").value_or("");
  const std::string like = LikePattern(asked);
  const std::int64_t count = journal::CountSubscribersLike(context.tx, like);
  Paging paging;
  paging.pages = std::max<std::int64_t>(1, (count + kOnAPage - 1) / kOnAPage);
  paging.page = PageAsked(context.request, paging.pages);
  Block panel = AddPanel(page, words.Get(word::kAdminSubscribersList),
                         count == 0 ? words.Get(asked.empty() ? word::kAdminSubscribersEmpty
                                                              : word::kAdminSubscribersNone)
                                    : "");
  if (count > 0 || !asked.empty()) {
    Block find = panel.Add(key::kPanelFind);
    find.Set(key::kFindUrl, frame.links.To(kHere));
    find.Set(key::kQuery, asked);
  }
  if (count > 0) {
    Block list = panel.Add(key::kItems);
    for (const Subscriber& one :
         journal::SubscribersLike(context.tx, like, kOnAPage, (paging.page - 1) * kOnAPage)) {
      Item item;
      item.title = one.email;
      item.state = words.Get(kStates[static_cast<std::size_t>(one.status)]);
      item.meta.push_back(words.Get(kPostsWords[static_cast<std::size_t>(one.choices.cadence)]));
      if (one.choices.newsletter) item.meta.push_back(words.Get(word::kSidebarNewsletter));
      item.meta.push_back(MomentOf(frame, one.confirmed_at.value_or(one.asked_at), "").date);
      AddActs(AddItem(list, item), frame, kHere, std::to_string(one.id),
              {{"remove", words.Get(word::kAdminSubscribersRemove), "quiet danger"}});
    }
  }
  FillPaging(page.view(), frame, std::string(kHere) + "?q=" + text::EncodeComponent(asked), paging);
}

fcgi::Response ShowAll(Visit& visit, const Typed& typed) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const bool wrong =
      !typed.wrong_email.empty() || !typed.wrong_note.empty() || !typed.wrong_csv_note.empty();
  SitePage page(frame, visit.viewer, words.Get(word::kAdminSubscribers), kHere, wrong);
  NoticeDone(page, context.request);
  if (typed.taken) {
    page.Notice(words.Plural(word::kAdminSubscribersTaken, typed.taken->added));
    if (typed.taken->failed > 0) {
      Block panel =
          AddPanel(page, words.Plural(word::kAdminSubscribersFailed, typed.taken->failed));
      Block list = panel.Add(key::kItems);
      for (const CsvProblem& problem : typed.taken->problems) {
        Item item;
        item.title =
            words.Format(word::kAdminSubscribersLine,
                         {{"n", words.Number(problem.line)},
                          {"what", words.Get(kWhys[static_cast<std::size_t>(problem.why)])}});
        if (!problem.value.empty()) item.meta.push_back(problem.value);
        AddItem(list, item);
      }
    }
  }
  const journal::SubscriberCounts counts = journal::CountSubscribers(context.tx);
  AddFigures(AddPanel(page, ""), words, words.Get(word::kAdminSubscribers),
             words.Get(word::kAdminSubscribersKind), words.Get(word::kAdminSubscribersCount),
             {{words.Get(word::kAdminSubscribersConfirmed), counts.confirmed},
              {words.Get(word::kSubscribePostsEach), counts.each},
              {words.Get(word::kSubscribePostsWeekly), counts.weekly},
              {words.Get(word::kSubscribePostsMonthly), counts.monthly},
              {words.Get(word::kSidebarNewsletter), counts.newsletter},
              {words.Get(word::kAdminSubscribersAsked), counts.asked},
              {words.Get(word::kAdminSubscribersLeft), counts.left},
              {words.Get(word::kAdminSubscribersBounced), counts.bounced}});
  FillList(page, frame, context);
  Block add = AddForm(AddPanel(page, words.Get(word::kAdminSubscribersAdd),
                               words.Get(word::kAdminSubscribersAddAbout)),
                      frame, kHere);
  Block group = AddGroup(add);
  AddField(group, {.name = "email",
                   .label = words.Get(word::kAdminSignInName),
                   .value = typed.email,
                   .wrong = typed.wrong_email});
  AddField(group, {.name = "note",
                   .label = words.Get(word::kAdminSubscribersNote),
                   .value = typed.of_file ? "" : typed.note,
                   .help = words.Get(word::kAdminSubscribersNoteHelp),
                   .wrong = typed.wrong_note});
  Field posts{.name = "posts",
              .label = words.Get(word::kSubscribePosts),
              .value = "each",
              .kind = Field::Kind::kSelect};
  for (int i = 0; i < 4; ++i)
    posts.choices.push_back({std::string(kPosts[i]), words.Get(kPostsWords[i])});
  AddField(group, posts);
  AddField(group, {.name = "newsletter",
                   .label = words.Get(word::kSidebarNewsletter),
                   .kind = Field::Kind::kCheck});
  AddButton(add, words.Get(word::kAdminSubscribersAdd), "add");
  Block file_panel = AddPanel(page, words.Get(word::kAdminSubscribersFile));
  Block text = file_panel.Add(key::kPanelText);
  text.Set(key::kPanelWords, words.Get(word::kAdminSubscribersFileAbout));
  Block link = text.Add(key::kPanelLink);
  link.Set(key::kPanelUrl, frame.links.To("/admin/subscribers.csv"));
  link.Set(key::kPanelLabel, words.Get(word::kAdminSubscribersExport));
  Block file = AddForm(file_panel, frame, kHere);
  Block of_file = AddGroup(file);
  AddField(of_file, {.name = "csv",
                     .label = words.Get(word::kAdminSubscribersCsv),
                     .value = typed.csv,
                     .kind = Field::Kind::kCode});
  AddField(of_file, {.name = "note",
                     .label = words.Get(word::kAdminSubscribersNote),
                     .value = typed.of_file ? typed.note : "",
                     .wrong = typed.wrong_csv_note});
  AddButton(file, words.Get(word::kAdminSubscribersImport), "import");
  return page.Done(wrong ? 422 : 200);
}

}  // namespace

fcgi::Response SubscribersPage(Visit& visit) {
  Typed typed;
  return ShowAll(visit, typed);
}

fcgi::Response SubscribersFile(Visit& visit) {
  fcgi::Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.body = journal::SubscribersCsv(visit.context.tx);
  response.Set("Content-Disposition", "attachment; filename=\"subscribers.csv\"");
  return response;
}

fcgi::Response SubscribersPost(Visit& visit) {
  Context& context = visit.context;
  const templates::Words& words = context.templates.words();
  const fcgi::Form form = ReadForm(context.request, kFields);
  if (form["act"] == "remove") {
    journal::Id id = 0;
    std::from_chars(form["id"].data(), form["id"].data() + form["id"].size(), id);
    return Write(visit, sql::Publicity::kPrivate, std::string(kHere),
                 [id](sql::Tx& tx) -> std::string {
                   const auto one = journal::SubscriberById(tx, id);
                   if (!one) return "";
                   journal::EraseSubscriber(tx, *one);
                   return "removed";
                 });
  }
  Typed typed;
  typed.email = form["email"];
  typed.note = form["note"];
  typed.csv = form["csv"];
  typed.of_file = form["act"] == "import";
  const std::string need = typed.note.empty() ? words.Get(word::kAdminSubscribersNoteNeeded) : "";
  if (typed.of_file) {
    typed.wrong_csv_note = need;
    if (!need.empty()) return ShowAll(visit, typed);
    context.act = [frame = FrameOf(context), typed, viewer = visit.viewer,
                   now = context.now](sql::Db& db) {
      Typed done;
      db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
        done.taken =
            journal::TakeSubscribersCsv(tx, frame.site.settings, typed.csv, typed.note, now);
        journal::Log(tx, viewer.person.id, "site", kHere, now);
      });
      return db.Read([&](sql::Tx& tx) {
        fcgi::Request request;
        request.path = kHere;
        fcgi::Captures captures;
        Context after{request, captures, tx, frame.templates, frame.site, frame.links, now};
        Visit again{after, viewer};
        return ShowAll(again, done);
      });
    };
    return {};
  }
  const auto email = text::ParseEmail(typed.email);
  if (!email) typed.wrong_email = words.Get(word::kErrEmail);
  typed.wrong_note = need;
  if (email && need.empty()) {
    const auto known = journal::SubscriberByEmail(context.tx, email->view());
    if (known && known->status != journal::SubscriberStatus::kAsked)
      typed.wrong_email = words.Get(word::kAdminSubscribersKnown);
  }
  if (!typed.wrong_email.empty() || !typed.wrong_note.empty()) return ShowAll(visit, typed);
  journal::Choices choices;
  for (int i = 0; i < 4; ++i)
    if (form["posts"] == kPosts[i]) choices.cadence = static_cast<journal::Cadence>(i);
  choices.newsletter = form["newsletter"] == "on";
  return Write(visit, sql::Publicity::kPrivate, std::string(kHere),
               [email = *email, choices, note = typed.note, now = context.now,
                settings = context.site.settings](sql::Tx& tx) -> std::string {
                 return journal::AddSubscriber(tx, settings, email, choices, note, now) ==
                                journal::Added::kAdded
                            ? "added"
                            : "away";
               });
}

}  // namespace daybook::handlers::admin
