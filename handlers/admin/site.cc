// Panels, forms, lists and fields of the pages about the site.
#include "handlers/admin/site.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "handlers/admin/pages.h"
#include "journal/audit.h"
#include "templates/admin_keys.h"
#include "text/dates.h"
#include "text/html_clean.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

namespace {

struct Tab {
  templates::WordKey name;
  std::string_view path;
  Least least;
};
constexpr Tab kTabs[] = {
    {word::kAdminSiteSettings, "/admin/settings", Least::kOwner},
    {word::kAdminSiteLook, "/admin/look", Least::kOwner},
    {word::kAdminSiteSidebar, "/admin/sidebar", Least::kOwner},
    {word::kAdminSiteCategories, "/admin/categories", Least::kEditor},
    {word::kAdminSiteTags, "/admin/tags", Least::kEditor},
    {word::kAdminSiteRedirects, "/admin/redirects", Least::kOwner},
    {word::kAdminMessages, "/admin/messages", Least::kOwner},
    {word::kAdminSubscribers, "/admin/subscribers", Least::kOwner},
    {word::kAdminMailings, "/admin/mailings", Least::kOwner},
    {word::kAdminMail, "/admin/mail", Least::kOwner},
    {word::kAdminSiteStatistics, "/admin/statistics", Least::kOwner},
    {word::kAdminBackup, "/admin/backup", Least::kOwner},
    {word::kAdminUpgrade, "/admin/upgrade", Least::kOwner},
    {word::kAdminSiteTrash, "/admin/trash", Least::kEditor},
};

void ShowText(Block block, templates::SectionKey section, templates::TextKey key,
              std::string_view text) {
  if (!text.empty()) block.Show(section, key, text);
}

}  // namespace

SitePage::SitePage(const Frame& frame, const Viewer& viewer, std::string_view title,
                   std::string_view path, bool wrong)
    : Page(frame, viewer, templates::tpl::kAdminSite, title, "/admin/site", wrong) {
  for (const Tab& tab : kTabs) {
    if (!Allows(tab.least, viewer.person)) continue;
    Block block = view().Add(key::kSiteTab);
    block.Set(key::kTabName, frame.words().Get(tab.name));
    block.Set(key::kTabUrl, frame.links.To(tab.path));
    block.Show(key::kTabCurrent, tab.path == path);
  }
}

std::string SitePartName(const templates::Words& words, std::string_view path) {
  for (const Tab& tab : kTabs) {
    if (path == tab.path || (path.starts_with(tab.path) && path[tab.path.size()] == '/'))
      return words.Get(tab.name);
  }
  return "";
}

fcgi::Response SiteIndex(Visit& visit) {
  for (const Tab& tab : kTabs) {
    if (Allows(tab.least, visit.person()))
      return fcgi::Redirect(303, visit.context.links.To(tab.path).view());
  }
  throw fcgi::HttpError(404);
}

void NoticeDone(Page& page, const fcgi::Request& request) {
  const std::string done = request.Param("done").value_or("");
  if (done.empty() || done.size() > 20) return;
  const std::string text = WordNamed(page.words(), "admin.site.done." + done);
  if (!text.empty()) page.Notice(text);
}

Block AddPanel(Page& page, std::string_view title, std::string_view text) {
  Block panel = page.view().Add(key::kPanel);
  ShowText(panel, key::kPanelNamed, key::kPanelTitle, title);
  if (!text.empty()) panel.Add(key::kPanelText).Set(key::kPanelWords, text);
  return panel;
}

void AddTalk(Block panel, std::string_view lines) {
  panel.Show(key::kPanelTalk, key::kTalkText, lines);
}

Block AddForm(Block panel, const Frame& frame, std::string_view path, bool files) {
  Block form = panel.Add(key::kForm);
  const std::size_t query = std::min(path.find('?'), path.size());
  form.Set(key::kFormUrl, frame.links.To(path.substr(0, query), path.substr(query)));
  form.Set(key::kFormClass, "fields groups");
  form.Show(key::kFormFiles, files);
  return form;
}

Block AddGroup(Block form, std::string_view title, std::string_view text) {
  Block group = form.Add(key::kFormGroup);
  ShowText(group, key::kGroupNamed, key::kGroupTitle, title);
  ShowText(group, key::kGroupText, key::kGroupWords, text);
  return group;
}

void AddHidden(Block form, std::string_view name, std::string_view value) {
  Block hidden = form.Add(key::kHiddenField);
  hidden.Set(key::kHiddenName, name);
  hidden.Set(key::kHiddenValue, value);
}

void AddButton(Block form, std::string_view text, std::string_view value, std::string_view kind) {
  Block button = form.Add(key::kFormButton);
  button.Set(key::kButtonText, text);
  button.Set(key::kButtonValue, value);
  button.Set(key::kButtonClass, kind);
}

void AddField(Block group, const Field& field) {
  using Kind = Field::Kind;
  Block block = group.Add(key::kField);
  std::string id = "f-" + field.name;
  std::replace(id.begin(), id.end(), '.', '-');
  block.Set(key::kFieldId, id);
  block.Set(key::kFieldName, field.name);
  block.Set(key::kFieldLabel, field.label);
  block.Set(key::kFieldValue, field.value);
  block.Show(key::kFieldLocked, field.locked);
  ShowText(block, key::kFieldHelped, key::kFieldHelp, field.help);
  ShowText(block, key::kFieldWrong, key::kFieldError, field.wrong);
  block.Show(key::kFieldDescribed, !field.help.empty() || !field.wrong.empty());
  if (field.kind == Kind::kCheck) {
    block.Add(key::kFieldCheck).Show(key::kFieldChecked, field.value == "on");
    return;
  }
  Block typed = block.Add(key::kFieldTyped);
  switch (field.kind) {
    case Kind::kSelect: {
      Block select = typed.Add(key::kFieldSelect);
      for (const Choice& choice : field.choices) {
        Block option = select.Add(key::kFieldOption);
        option.Set(key::kOptionValue, choice.value);
        option.Set(key::kOptionText, choice.text);
        option.Show(key::kOptionChosen, choice.value == field.value);
      }
      return;
    }
    case Kind::kArea:
    case Kind::kCode: {
      Block area = typed.Add(key::kFieldArea);
      area.Set(key::kFieldClass, field.kind == Kind::kCode ? "code" : "");
      area.Set(key::kFieldRows, field.rows);
      return;
    }
    case Kind::kFile:
      typed.Show(key::kFieldFile);
      return;
    default:
      break;
  }
  Block input = typed.Add(key::kFieldInput);
  const bool color = field.kind == Kind::kColor;
  const bool secret = field.kind == Kind::kSecret;
  input.Set(key::kFieldType, secret                        ? "password"
                             : field.kind == Kind::kMoment ? "datetime-local"
                                                           : "text");
  input.Set(key::kFieldClass, color                         ? "input colour"
                              : field.kind == Kind::kNumber ? "input short"
                                                            : "input");
  if (color && field.value.size() == 7 && field.value[0] == '#')
    input.Show(key::kFieldSwatch, key::kSwatchFill, field.value);
}

Block AddItem(Block list, const Item& item) {
  Block block = list.Add(key::kItem);
  block.Set(key::kItemTitle, item.title);
  block.Set(key::kItemDepth, std::min(item.depth, 6));
  if (item.url.empty())
    block.Show(key::kItemPlain);
  else
    block.Show(key::kItemLinked, key::kItemUrl, item.url);
  ShowText(block, key::kItemState, key::kStateText, item.state);
  for (const std::string& text : item.meta) block.Add(key::kItemMeta).Set(key::kMetaText, text);
  return block;
}

void AddActs(Block item, const Frame& frame, std::string_view path, std::string_view id,
             const std::vector<Act>& acts) {
  Block form = item.Add(key::kItemActs);
  form.Set(key::kActsUrl, frame.links.To(path));
  ShowText(form, key::kActsId, key::kIdValue, id);
  for (const Act& act : acts) {
    Block button = form.Add(key::kItemAct);
    button.Set(key::kActName, act.name);
    button.Set(key::kActLabel, act.label);
    button.Set(key::kActClass, act.kind);
  }
}

void AddFigures(Block panel, const templates::Words& words, std::string_view name,
                std::string_view of_names, std::string_view of_numbers,
                const std::vector<Figure>& figures) {
  Block table = panel.Add(key::kTable);
  table.Set(key::kTableName, name);
  table.Add(key::kTableHead).Set(key::kHeadText, of_names);
  table.Add(key::kTableHead).Set(key::kHeadText, of_numbers);
  std::int64_t most = 1;
  for (const Figure& figure : figures) most = std::max(most, figure.number);
  for (const Figure& figure : figures) {
    Block row = table.Add(key::kTableRow);
    row.Set(key::kCellName, figure.name);
    if (figure.url.empty())
      row.Show(key::kCellPlain);
    else
      row.Show(key::kCellLinked, key::kCellUrl, figure.url);
    row.Set(key::kCellText, words.Number(figure.number));
    row.Set(key::kCellPart, figure.number * 100 / most);
  }
}

std::string WordNamed(const templates::Words& words, const std::string& key) {
  const std::string* text = words.Lookup(key);
  return text == nullptr ? std::string() : *text;
}

std::string MomentText(journal::Seconds at, std::string_view zone) {
  const text::LocalTime t = text::ToLocal(at, zone);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d", t.year, t.month, t.day, t.hour,
                t.minute);
  return text;
}

std::optional<journal::Seconds> MomentIn(std::string_view typed, std::string_view zone) {
  const auto date = text::ParseIsoDate(text::TrimHtmlSpace(typed));
  if (!date || date->local.year > 9998) return std::nullopt;
  return date->offset_s ? text::FromOffset(date->local, *date->offset_s)
                        : text::FromLocal(date->local, zone);
}

std::string SettingProblem(const templates::Words& words, const journal::SettingDef& def,
                           const journal::CheckedValue& checked) {
  if (checked.problem.empty()) return "";
  const std::string text = WordNamed(words, "admin.setting.err." + std::string(checked.why));
  if (text.empty()) return checked.problem;
  return templates::Fill(
      text,
      {{"value", checked.about}, {"min", words.Number(def.min)}, {"max", words.Number(def.max)}});
}

fcgi::Response Write(Visit& visit, sql::Publicity publicity, std::string path,
                     std::function<std::string(sql::Tx&)> change) {
  visit.context.act = [frame = FrameOf(visit.context), publicity, path = std::move(path),
                       change = std::move(change), who = visit.person().id,
                       now = visit.context.now](sql::Db& db) {
    std::string done;
    db.Write(publicity, [&](sql::Tx& tx) {
      done = change(tx);
      if (!done.empty()) journal::Log(tx, who, "site", path, now);
    });
    if (done.empty()) throw fcgi::HttpError(404);
    return fcgi::Redirect(303, frame.links.To(path, "?done=" + done).view());
  };
  return {};
}

std::string LikePattern(std::string_view typed) {
  std::string pattern = "%";
  for (const char c : typed.substr(0, 200))
    pattern += c == '%' || c == '\\'  ? '_'
               : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a')
                                      : c;
  return pattern + "%";
}

std::int64_t PageAsked(const fcgi::Request& request, std::int64_t pages) {
  const std::string typed = request.Param("page").value_or("1");
  std::int64_t number = 1;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return std::clamp<std::int64_t>(number, 1, std::max<std::int64_t>(1, pages));
}

}  // namespace daybook::handlers::admin
