// The frame of the owner's pages: navigation, who is signed in, headers.
#include "handlers/admin/frame.h"

#include "journal/queue.h"
#include "templates/admin_keys.h"
#include "text/language.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

namespace {

struct Item {
  templates::WordKey name;
  std::string_view path;
  Least least;
  std::int64_t Viewer::*count = nullptr;  // shown beside it where it is not 0
  bool only_counted = false;              // and it is there only then
};
constexpr Item kItems[] = {
    {word::kAdminNavWrite, "/admin/write", Least::kAuthor},
    {word::kAdminNavEntries, "/admin/entries", Least::kAuthor},
    {word::kAdminNavPages, "/admin/pages", Least::kEditor},
    {word::kAdminNavMedia, "/admin/media", Least::kAuthor},
    {word::kAdminQueueWaiting, "/admin/waiting", Least::kEditor, &Viewer::waiting},
    {word::kAdminMessages, "/admin/messages", Least::kOwner, &Viewer::messages, true},
    {word::kAdminNavSite, "/admin/site", Least::kEditor},
    {word::kAdminPeople, "/admin/people", Least::kOwner},
    {word::kAdminNavDoctor, "/admin/doctor", Least::kOwner},
};

void FillNavigation(templates::View& view, const Frame& frame, const Viewer& viewer,
                    std::string_view here) {
  Block signed_in = view.Add(key::kSignedIn);
  for (const Item& item : kItems) {
    if (!Allows(item.least, viewer.person)) continue;
    if (item.only_counted && viewer.*item.count == 0) continue;
    Block block = signed_in.Add(key::kNavItem);
    block.Set(key::kNavTitle, frame.words().Get(item.name));
    block.Set(key::kNavUrl, frame.links.To(item.path));
    block.Show(key::kNavCurrent, item.path == here);
    if (item.count && viewer.*item.count > 0)
      block.Show(key::kNavCounted, key::kNavCount, CountText(frame.words(), viewer.*item.count));
  }
}

}  // namespace

Page::Page(const Frame& frame, const Viewer& viewer, templates::TemplateId id,
           std::string_view title, std::string_view path, bool wrong)
    : frame_(frame), view_(frame.templates, id) {
  const templates::Words& words = frame.words();
  std::string name(title);
  if (wrong) name = words.Format(word::kFormErrorTitle, {{"title", name}});
  view_.Set(key::kLang, words.language());
  view_.Show(key::kRtl, text::RunsRightToLeft(words.language()));
  view_.Set(key::kRootUrl, frame.links.root());
  // What has no owner has no title yet, and nothing that could be viewed.
  const std::string_view journal =
      path == kFirstRun ? std::string_view("Daybook") : frame.site.settings.title;
  view_.Set(key::kSiteTitle, journal);
  view_.Set(key::kPageTitle,
            words.Format(word::kListTitle, {{"name", name}, {"journal", journal}}));
  view_.Set(key::kPageHeading, title);
  view_.Set(key::kActToken, viewer.token);
  view_.Show(key::kViewable, path != kFirstRun);
  if (viewer.person.id == 0) return;
  FillNavigation(view_, frame, viewer, path);
  view_.Set(key::kViewerName, viewer.person.name);
  view_.Set(key::kAccountUrl, frame.links.To("/admin/account"));
  view_.Set(key::kSignOutUrl, frame.links.To("/admin/sign-out"));
  if (frame.site.old_data) Alert(words.Get(word::kAdminUpgradeOld));
}

void Page::Notice(std::string_view text) { view_.Show(key::kFormNotice, key::kNoticeText, text); }
void Page::Alert(std::string_view text) { view_.Show(key::kFormAlert, key::kAlertText, text); }
void Page::ComesAgain() { view_.Show(key::kComesAgain); }
fcgi::Response Page::Done(int status) { return fcgi::Html(view_.Render(), status); }

fcgi::Response Said(const Frame& frame, const Viewer& viewer, templates::WordKey title,
                    std::string_view text, int status) {
  Page page(frame, viewer, templates::tpl::kAdminSaid, frame.words().Get(title), "");
  page.Alert(text);
  return page.Done(status);
}

std::string CountText(const templates::Words& words, std::int64_t count) {
  if (count <= journal::kQueueCounted) return words.Number(count);
  return words.Number(journal::kQueueCounted) + "+";
}

void MarkOwners(fcgi::Response& response) {
  response.Set("X-Frame-Options", "DENY").Set("X-Robots-Tag", "noindex");
}

fcgi::Form ReadForm(const fcgi::Request& request, std::span<const fcgi::FormField> fields) {
  auto parsed = fcgi::Form::Parse(request, fields);
  if (fcgi::Form* form = std::get_if<fcgi::Form>(&parsed)) return std::move(*form);
  const bool other = std::get<fcgi::FormProblem>(parsed) == fcgi::FormProblem::kNotAForm;
  throw fcgi::HttpError(other ? 415 : 400, "form");
}

}  // namespace daybook::handlers::admin
