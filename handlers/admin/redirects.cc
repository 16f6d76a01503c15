// Addresses that lead elsewhere, and what lies in the trash.
#include "handlers/admin/pages.h"
#include "handlers/admin/site.h"
#include "handlers/comment_pages.h"
#include "journal/edit.h"
#include "journal/site.h"
#include "templates/admin_keys.h"
#include "text/url.h"

#include <charconv>

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::RedirectWrong;
using templates::Block;

namespace {

constexpr std::string_view kRedirects = "/admin/redirects";
constexpr std::string_view kTrash = "/admin/trash";
constexpr std::int64_t kOnAPage = 100;

constexpr fcgi::FormField kFields[] = {
    {"from", 2000}, {"to", 2000}, {"status", 4}, {"id", 4000}, {"act", 20}};

struct Typed {
  std::string from, to, status = "301";
  RedirectWrong wrong = RedirectWrong::kNone;
};

std::string Blame(const templates::Words& words, RedirectWrong wrong, bool of_target) {
  switch (wrong) {
    case RedirectWrong::kFrom:
      return of_target ? "" : words.Get(word::kAdminRedirectFromWrong);
    case RedirectWrong::kOwn:
      return of_target ? "" : words.Get(word::kAdminRedirectOwn);
    case RedirectWrong::kLives:
      return of_target ? "" : words.Get(word::kAdminRedirectLives);
    case RedirectWrong::kTarget:
      return of_target ? words.Get(word::kAdminRedirectToWrong) : "";
    case RedirectWrong::kLoop:
      return of_target ? words.Get(word::kAdminRedirectLoop) : "";
    case RedirectWrong::kNone:
      break;
  }
  return "";
}

fcgi::Response ShowRedirects(Visit& visit, const Typed& typed) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const bool wrong = typed.wrong != RedirectWrong::kNone;
  SitePage page(frame, visit.viewer, words.Get(word::kAdminSiteRedirects), kRedirects, wrong);
  NoticeDone(page, context.request);
  Block form =
      AddForm(AddPanel(page, "", words.Get(word::kAdminRedirectsAbout)), frame, kRedirects);
  Block group = AddGroup(form);
  AddField(group, {.name = "from",
                   .label = words.Get(word::kAdminRedirectFrom),
                   .value = typed.from,
                   .help = words.Get(word::kAdminRedirectFromHelp),
                   .wrong = Blame(words, typed.wrong, false)});
  AddField(group, {.name = "to",
                   .label = words.Get(word::kAdminRedirectTo),
                   .value = typed.to,
                   .help = words.Get(word::kAdminRedirectToHelp),
                   .wrong = Blame(words, typed.wrong, true)});
  AddField(group, {.name = "status",
                   .label = words.Get(word::kAdminRedirectStatus),
                   .value = typed.status,
                   .kind = Field::Kind::kSelect,
                   .choices = {{"301", words.Get(word::kAdminRedirectForever)},
                               {"302", words.Get(word::kAdminRedirectForNow)},
                               {"410", words.Get(word::kAdminRedirectGone)}}});
  AddButton(form, words.Get(word::kAdminRedirectAdd), "add");

  const std::string asked = context.request.Param("q").value_or("");
  const std::string like = LikePattern(asked);
  const std::int64_t count = journal::CountSiteRedirects(context.tx, like);
  Paging paging;
  paging.pages = std::max<std::int64_t>(1, (count + kOnAPage - 1) / kOnAPage);
  paging.page = PageAsked(context.request, paging.pages);
  Block panel = AddPanel(
      page, words.Get(word::kAdminRedirectsList),
      count == 0 ? words.Get(asked.empty() ? word::kAdminRedirectsEmpty : word::kAdminRedirectsNone)
                 : "");
  if (count > 0 || !asked.empty()) {
    Block find = panel.Add(key::kPanelFind);
    find.Set(key::kFindUrl, frame.links.To(kRedirects));
    find.Set(key::kQuery, asked);
  }
  if (count > 0) {
    Block list = panel.Add(key::kItems);
    for (const journal::SiteRedirect& one :
         journal::SiteRedirects(context.tx, like, kOnAPage, (paging.page - 1) * kOnAPage)) {
      Item item;
      item.title = one.path;
      const std::string to = one.entry_path + one.target;
      if (one.status == 410)
        item.state = words.Get(word::kAdminRedirectGone);
      else
        item.meta.push_back("→ " + to);
      if (one.status == 302) item.meta.push_back(words.Get(word::kAdminRedirectForNow));
      AddActs(AddItem(list, item), frame, kRedirects, one.path,
              {{"remove", words.Get(word::kAdminSidebarRemove), "quiet danger"}});
    }
  }
  FillPaging(page.view(), frame, std::string(kRedirects) + "?q=" + text::EncodeComponent(asked),
             paging);
  return page.Done(wrong ? 422 : 200);
}

}  // namespace

fcgi::Response RedirectsPage(Visit& visit) { return ShowRedirects(visit, {}); }

fcgi::Response RedirectsPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  if (form["act"] == "remove") {
    return Write(visit, sql::Publicity::kPublic, std::string(kRedirects),
                 [path = std::string(form["id"])](sql::Tx& tx) -> std::string {
                   return journal::RemoveRedirect(tx, path) ? "removed" : "";
                 });
  }
  Typed typed{std::string(form["from"]), std::string(form["to"]), std::string(form["status"])};
  if (typed.status != "302" && typed.status != "410") typed.status = "301";
  const int status = typed.status == "302" ? 302 : typed.status == "410" ? 410 : 301;
  const auto checked = journal::CheckRedirect(visit.context.tx, visit.context.site.settings.url,
                                              typed.from, typed.to, status);
  typed.wrong = checked.wrong;
  if (typed.wrong != RedirectWrong::kNone) return ShowRedirects(visit, typed);
  return Write(visit, sql::Publicity::kPublic, std::string(kRedirects),
               [checked, status](sql::Tx& tx) -> std::string {
                 return journal::AddRedirect(tx, checked.from, checked.target, status) ? "added"
                                                                                       : "";
               });
}

fcgi::Response TrashPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  SitePage page(frame, visit.viewer, words.Get(word::kAdminSiteTrash), kTrash);
  NoticeDone(page, context.request);
  const std::int64_t count = journal::CountTrash(context.tx);
  const std::int64_t days = context.site.settings.trash_days;
  Paging paging;
  paging.pages = std::max<std::int64_t>(1, (count + kOnAPage - 1) / kOnAPage);
  paging.page = PageAsked(context.request, paging.pages);
  Block panel = AddPanel(
      page, "",
      count == 0 ? words.Get(word::kAdminTrashEmpty) : words.Plural(word::kAdminTrashAbout, days));
  if (count > 0) {
    Block list = panel.Add(key::kItems);
    for (const journal::Trashed& one :
         journal::Trash(context.tx, kOnAPage, (paging.page - 1) * kOnAPage)) {
      const std::string id = std::to_string(one.id);
      Item item;
      item.title = one.title.empty() ? words.Get(word::kAdminUntitled) : one.title;
      item.url = frame.links.To("/admin/entries/" + id);
      if (one.kind == journal::EntryKind::kPage)
        item.meta.push_back(words.Get(word::kAdminEditPage));
      if (one.at)
        item.meta.push_back(words.Format(
            word::kAdminTrashUntil, {{"date", MomentOf(frame, *one.at + days * 86400, "").date}}));
      Block block = AddItem(list, item);
      AddActs(block, frame, kTrash, id,
              {{"restore", words.Get(word::kAdminRestore)},
               {"erase", words.Get(word::kAdminErase), "quiet danger"}});
    }
  }
  FillPaging(page.view(), frame, std::string(kTrash), paging);
  return page.Done();
}

fcgi::Response TrashActPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  journal::Id id = 0;
  const std::string_view typed = form["id"];
  std::from_chars(typed.data(), typed.data() + typed.size(), id);
  const auto draft = journal::LoadDraft(visit.context.tx, id);
  if (!draft || draft->status != journal::EntryStatus::kTrash) throw fcgi::HttpError(404);
  return Write(visit, sql::Publicity::kPublic, std::string(kTrash),
               [id, erase = form["act"] == "erase", now = visit.context.now,
                settings = visit.context.site.settings](sql::Tx& tx) -> std::string {
                 if (erase) return journal::EraseEntry(tx, id, now) ? "erased" : "";
                 return journal::RestoreEntry(tx, settings, id, journal::EntryStatus::kDraft, now)
                            ? "restored"
                            : "";
               });
}

}  // namespace daybook::handlers::admin
