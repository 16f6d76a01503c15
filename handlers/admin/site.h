// What the pages about the site as a whole are made of: panels with lists, forms and their fields
// (templates/admin/site.tpl), and acts that end where they began.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/admin/frame.h"
#include "journal/settings.h"

namespace daybook::handlers::admin {

// What the tab is called under which that address stands; empty if it is under none.
std::string SitePartName(const templates::Words& words, std::string_view path);

// A page of the navigation's item "The site", with its tabs; `path` is the tab's. Notices that a
// redirect asks for (?done=saved) are said.
class SitePage : public Page {
 public:
  SitePage(const Frame& frame, const Viewer& viewer, std::string_view title, std::string_view path,
           bool wrong = false);
};
// The text admin.site.done.NAME where the address asks for it, and there is one.
void NoticeDone(Page& page, const fcgi::Request& request);

templates::Block AddPanel(Page& page, std::string_view title = {}, std::string_view text = {});
// Lines as they are, such as what was said with a server.
void AddTalk(templates::Block panel, std::string_view lines);
// A form that posts to `path` of the journal.
templates::Block AddForm(templates::Block panel, const Frame& frame, std::string_view path,
                         bool files = false);
templates::Block AddGroup(templates::Block form, std::string_view title = {},
                          std::string_view text = {});
void AddHidden(templates::Block form, std::string_view name, std::string_view value);
// `kind`: "primary", "danger" or "".
void AddButton(templates::Block form, std::string_view text, std::string_view value = "save",
               std::string_view kind = "primary");

struct Choice {
  std::string value, text;
};
struct Field {
  enum class Kind {
    kLine,
    kNumber,
    kColor,
    kSecret,
    kMoment,
    kCheck,
    kSelect,
    kArea,
    kCode,
    kFile
  };
  std::string name, label;
  std::string value = {};
  Kind kind = Kind::kLine;
  std::string help = {}, wrong = {};
  std::vector<Choice> choices = {};
  bool locked = false;
  int rows = 6;  // of kArea and kCode
};
void AddField(templates::Block group, const Field& field);

// One line of a list; give it buttons by AddActs.
struct Item {
  std::string title;
  text::SafeUrl url = {};
  std::string state = {};
  std::vector<std::string> meta = {};
  int depth = 0;
};
templates::Block AddItem(templates::Block list, const Item& item);
struct Act {
  std::string_view name;
  std::string label;
  std::string_view kind = "quiet";
};
void AddActs(templates::Block item, const Frame& frame, std::string_view path, std::string_view id,
             const std::vector<Act>& acts);

// A table of names and numbers, its largest a full bar.
struct Figure {
  std::string name;
  std::int64_t number = 0;
  text::SafeUrl url = {};
};
void AddFigures(templates::Block panel, const templates::Words& words, std::string_view name,
                std::string_view of_names, std::string_view of_numbers,
                const std::vector<Figure>& figures);

// A text whose key is made from a name, as admin.setting.NAME; empty where there is none.
std::string WordNamed(const templates::Words& words, const std::string& key);
// A moment as the fields of Field::kMoment have it: "2007-03-19T08:15".
std::string MomentText(journal::Seconds at, std::string_view zone);
std::optional<journal::Seconds> MomentIn(std::string_view typed, std::string_view zone);
// What CheckSetting found, in the reader's language; empty: nothing.
std::string SettingProblem(const templates::Words& words, const journal::SettingDef& def,
                           const journal::CheckedValue& checked);

// Writes when the page's read transaction has ended, then leads back to `path` with what was done.
// `change` gives that name ("saved"), or "" where what it was about is gone: 404.
fcgi::Response Write(Visit& visit, sql::Publicity publicity, std::string path,
                     std::function<std::string(sql::Tx&)> change);

// "A%_b" -> "%a\%\_b%" is not portable; what LIKE would take for a pattern becomes any character.
std::string LikePattern(std::string_view typed);
std::int64_t PageAsked(const fcgi::Request& request, std::int64_t pages);

}  // namespace daybook::handlers::admin
