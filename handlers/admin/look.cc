// Colours, fonts, the owner's own style sheet, and the theme's templates: replaced only by what the
// lint and a trial say is sound.
#include "journal/look.h"

#include <algorithm>
#include <cmath>

#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/settings.h"
#include "journal/theme.h"
#include "templates/admin_keys.h"
#include "templates/embedded.h"
#include "templates/lint.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::StyleWrong;
using templates::Block;

namespace {

constexpr std::string_view kPath = "/admin/look";
constexpr std::string_view kTemplatePath = "/admin/look/template";
constexpr std::string_view kOwnStyle = "own.css";
constexpr std::size_t kTemplateMax = 200'000;

struct Group {
  templates::WordKey title;
  std::string_view names;
};
constexpr Group kGroups[] = {
    {word::kAdminLookLight, "theme.paper theme.ink theme.accent"},
    {word::kAdminLookDark, "theme.dark.paper theme.dark.ink theme.dark.accent"},
    {word::kAdminLookFonts, "theme.font theme.font.headings"},
    {word::kAdminLookFrame, "theme.sidebar theme"},
};
constexpr std::string_view kNames =
    "theme.paper theme.ink theme.accent theme.dark.paper theme.dark.ink theme.dark.accent "
    "theme.font theme.font.headings theme.sidebar theme";

constexpr fcgi::FormField kFileFields[] = {
    {"name", 200}, {"text", kTemplateMax}, {"act", 20}, {"file", 0, true}};

// What readers see and mails; a broken page of the owner's could not be mended from it.
bool IsOffered(std::string_view name) {
  return name.ends_with(".tpl") && !name.starts_with("admin/") &&
         !name.starts_with("parts/admin_") && name != "parts/media_tool.tpl" &&
         name != "mail/layout.tpl" &&  // it brings its style along, as a mail must
         !templates::OriginalTemplate(name).empty();
}

std::string OneDigit(double number) {
  const auto tenths = static_cast<std::int64_t>(std::floor(number * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// With what was typed, where that is good.
journal::Settings Typed(journal::Settings settings, const TypedSettings& typed) {
  const std::pair<std::string_view, std::string journal::Settings::*> colors[] = {
      {"theme.paper", &journal::Settings::color_paper},
      {"theme.ink", &journal::Settings::color_ink},
      {"theme.accent", &journal::Settings::color_accent},
      {"theme.dark.paper", &journal::Settings::dark_paper},
      {"theme.dark.ink", &journal::Settings::dark_ink},
      {"theme.dark.accent", &journal::Settings::dark_accent}};
  for (const auto& [name, value] : typed.changed)
    for (const auto& [known, field] : colors)
      if (name == known) settings.*field = value;
  return settings;
}

void AddContrast(Block group, const templates::Words& words, const journal::Settings& settings,
                 bool dark) {
  Block lines = group.Add(key::kGroupLines);
  for (const journal::ReadPair& pair : journal::ReadPairs(settings)) {
    if (pair.dark != dark) continue;
    const bool weak = pair.contrast < journal::kContrastAA;
    Block line = lines.Add(key::kGroupLine);
    line.Set(key::kLineName, words.Get(pair.accent ? word::kAdminLookLinks : word::kAdminLookText));
    line.Set(key::kLineText, words.Format(weak ? word::kAdminLookWeak : word::kAdminLookStrong,
                                          {{"ratio", OneDigit(pair.contrast)}}));
  }
}

std::string StyleText(const templates::Words& words, StyleWrong wrong, std::size_t size) {
  switch (wrong) {
    case StyleWrong::kLong:
      return words.Format(word::kErrLongBytes,
                          {{"n", words.Number(static_cast<std::int64_t>(size))},
                           {"max", words.Number(journal::kStyleMax)}});
    case StyleWrong::kText:
      return words.Get(word::kAdminLintText);
    case StyleWrong::kForeign:
      return words.Get(word::kAdminLookStyleForeign);
    case StyleWrong::kOpen:
      return words.Get(word::kAdminLookStyleOpen);
    case StyleWrong::kNone:
      break;
  }
  return "";
}

struct LookTyped {
  TypedSettings settings;
  std::optional<std::string> style;
  std::string wrong_style;
  bool preview = false;
};

fcgi::Response ShowLook(const Frame& frame, const Viewer& viewer, sql::Db& db,
                        const fcgi::Request& request, const LookTyped& typed) {
  const templates::Words& words = frame.words();
  const journal::Home home = HomeOf(db);
  const journal::Config config = journal::LoadConfig(home.ConfigFile());
  const journal::Settings settings =
      db.Read([&](sql::Tx& tx) { return journal::LoadSettings(tx, config); });
  const auto folder = home.Theme(settings.theme);
  const bool wrong = !typed.settings.wrong.empty() || !typed.wrong_style.empty();
  SitePage page(frame, viewer, words.Get(word::kAdminSiteLook), kPath, wrong);
  NoticeDone(page, request);
  const journal::Settings shown = Typed(settings, typed.settings);
  if (typed.preview && !wrong) page.Notice(words.Get(word::kAdminLookPreviewed));
  Block form = AddForm(AddPanel(page, "", words.Get(word::kAdminLookAbout)), frame, kPath);
  for (const Group& one : kGroups) {
    Block group = AddGroup(form, words.Get(one.title));
    AddSettings(group, one.names, frame, settings, config, typed.settings);
    if (one.names.starts_with("theme.paper")) AddContrast(group, words, shown, false);
    if (one.names.starts_with("theme.dark")) AddContrast(group, words, shown, true);
  }
  AddButton(form, words.Get(word::kAdminLookSave));
  AddButton(form, words.Get(word::kAdminLookCheck), "preview", "");

  Block style =
      AddForm(AddPanel(page, words.Get(word::kAdminLookStyle)), frame, "/admin/look/style");
  AddField(
      AddGroup(style),
      {.name = "text",
       .label = words.Get(word::kAdminLookStyleField),
       .value = typed.style ? *typed.style : journal::ReadThemeFile(folder, kOwnStyle).value_or(""),
       .kind = Field::Kind::kCode,
       .help = words.Get(word::kAdminLookStyleHelp),
       .wrong = typed.wrong_style,
       .rows = 10});
  AddButton(style, words.Get(word::kAdminLookStyleSave));

  Block files = AddPanel(page, words.Get(word::kAdminLookTemplates),
                         words.Get(word::kAdminLookTemplatesAbout));
  Block list = files.Add(key::kItems);
  for (const templates::EmbeddedFile& file : templates::EmbeddedTemplates()) {
    if (!IsOffered(file.name)) continue;
    std::error_code error;
    const bool own = std::filesystem::exists(folder / file.name, error);
    Item item;
    item.title = file.name;
    item.url = frame.links.To(kTemplatePath, "?file=" + text::EncodeComponent(file.name));
    if (own) item.state = words.Get(word::kAdminLookReplaced);
    AddItem(list, item);
  }
  return page.Done(wrong ? 422 : 200);
}

std::string FaultText(const templates::Words& words, const templates::LintFault& fault) {
  return templates::Fill(WordNamed(words, "admin.lint." + std::string(fault.why)),
                         {{"n", words.Number(fault.line)}, {"what", fault.about}});
}

fcgi::Response ShowTemplate(const Frame& frame, const Viewer& viewer, sql::Db& db,
                            const fcgi::Request& request, const std::string& name,
                            const std::string* typed, const std::vector<std::string>& wrong) {
  const templates::Words& words = frame.words();
  const auto own = journal::ReadThemeFile(HomeOf(db).Theme(frame.site.settings.theme), name);
  SitePage page(frame, viewer, name, kPath, !wrong.empty());
  NoticeDone(page, request);
  Block panel =
      AddPanel(page, "", words.Get(own ? word::kAdminTemplateOwn : word::kAdminTemplateOriginal));
  Block form = AddForm(panel, frame, kTemplatePath, true);
  AddHidden(form, "name", name);
  Block group = AddGroup(form);
  std::string faults;
  for (const std::string& one : wrong) faults += (faults.empty() ? "" : " ") + one;
  AddField(group,
           {.name = "text",
            .label = words.Get(word::kAdminTemplateText),
            .value = typed ? *typed : own.value_or(std::string(templates::OriginalTemplate(name))),
            .kind = Field::Kind::kCode,
            .help = words.Get(word::kAdminTemplateHelp),
            .wrong = faults,
            .rows = 24});
  AddField(group, {.name = "file",
                   .label = words.Get(word::kAdminTemplateFile),
                   .kind = Field::Kind::kFile,
                   .help = words.Get(word::kAdminTemplateFileHelp)});
  AddButton(form, words.Get(word::kAdminTemplateSave));
  if (own) {
    Block reset =
        AddForm(AddPanel(page, words.Get(word::kAdminTemplateReset)), frame, kTemplatePath, false);
    AddHidden(reset, "name", name);
    AddGroup(reset, "", words.Get(word::kAdminTemplateResetAbout));
    AddButton(reset, words.Get(word::kAdminTemplateReset), "reset", "danger");
  }
  return page.Done(wrong.empty() ? 200 : 422);
}

// What keeps a template from being used; empty: nothing does.
std::vector<std::string> Faults(const Frame& frame, const std::filesystem::path& folder,
                                const std::string& name, const std::optional<std::string>& text) {
  const templates::Words& words = frame.words();
  std::vector<std::string> faults;
  if (text && text->size() > kTemplateMax) {
    faults.push_back(words.Format(word::kErrLongBytes,
                                  {{"n", words.Number(static_cast<std::int64_t>(text->size()))},
                                   {"max", words.Number(kTemplateMax)}}));
    return faults;
  }
  if (text) {
    for (const templates::LintFault& fault : templates::Lint(name, *text))
      faults.push_back(FaultText(words, fault));
  }
  if (!faults.empty()) return faults;
  templates::TemplateSet set{.language = frame.site.settings.language, .theme = folder};
  // What was amiss before this file is another's.
  const auto before = templates::ThemeComplaints(set);
  set.trial.emplace(name, text);
  for (const std::string& complaint : templates::ThemeComplaints(set)) {
    if (std::find(before.begin(), before.end(), complaint) == before.end())
      faults.push_back(words.Format(word::kAdminLintLoad, {{"what", complaint}}));
  }
  return faults;
}

}  // namespace

fcgi::Response LookPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    return ShowLook(frame, viewer, db, request, {});
  };
  return {};
}

fcgi::Response LookPost(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
    const auto fields = SettingFields(kNames, {"switch", "act"});
    const fcgi::Form form = ReadForm(request, fields);
    LookTyped typed;
    typed.settings = ReadSettings(form, kNames, frame, config);
    typed.preview = form["act"] == "preview";
    if (typed.preview || !typed.settings.wrong.empty())
      return ShowLook(frame, viewer, db, request, typed);
    if (!typed.settings.changed.empty())
      db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
        WriteSettings(tx, config, typed.settings, viewer.person.id, now);
      });
    return fcgi::Redirect(303, frame.links.To(kPath, "?done=saved").view());
  };
  return {};
}

fcgi::Response StylePost(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    const fcgi::Form form = ReadForm(request, kFileFields);
    const auto folder = HomeOf(db).Theme(frame.site.settings.theme);
    LookTyped typed;
    typed.style = std::string(form["text"]);
    typed.wrong_style =
        StyleText(frame.words(), journal::CheckStyle(*typed.style), typed.style->size());
    if (typed.wrong_style.empty()) {
      const bool written = typed.style->empty()
                               ? !journal::ReadThemeFile(folder, kOwnStyle) ||
                                     journal::RemoveThemeFile(folder, kOwnStyle)
                               : journal::WriteThemeFile(folder, kOwnStyle, *typed.style);
      if (!written) typed.wrong_style = frame.words().Get(word::kAdminLookUnwritable);
    }
    if (!typed.wrong_style.empty()) return ShowLook(frame, viewer, db, request, typed);
    db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) { journal::NoteThemeChanged(tx); });
    return fcgi::Redirect(303, frame.links.To(kPath, "?done=saved").view());
  };
  return {};
}

fcgi::Response TemplatePage(Visit& visit) {
  const std::string name = visit.context.request.Param("file").value_or("");
  if (!IsOffered(name)) throw fcgi::HttpError(404);
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, name,
                       &request = visit.context.request](sql::Db& db) {
    return ShowTemplate(frame, viewer, db, request, name, nullptr, {});
  };
  return {};
}

fcgi::Response TemplatePost(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    const fcgi::Form form = ReadForm(request, kFileFields);
    const std::string name(form["name"]);
    if (!IsOffered(name)) throw fcgi::HttpError(404);
    const auto folder = HomeOf(db).Theme(frame.site.settings.theme);
    std::optional<std::string> text;
    if (form["act"] != "reset") {
      text = std::string(form["text"]);
      for (const fcgi::FormFile& file : form.files())
        if (file.size > 0)
          text = file.spooled ? std::string(kTemplateMax + 1, ' ') : std::string(file.bytes);
      std::erase(*text, '\r');
    }
    auto faults = Faults(frame, folder, name, text);
    if (faults.empty() && !(text ? journal::WriteThemeFile(folder, name, *text)
                                 : journal::RemoveThemeFile(folder, name)))
      faults.push_back(frame.words().Get(word::kAdminLookUnwritable));
    if (!faults.empty())
      return ShowTemplate(frame, viewer, db, request, name, text ? &*text : nullptr, faults);
    db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) { journal::NoteThemeChanged(tx); });
    return fcgi::Redirect(303, frame.links
                                   .To(kTemplatePath, "?file=" + text::EncodeComponent(name) +
                                                          "&done=" + (text ? "saved" : "removed"))
                                   .view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
