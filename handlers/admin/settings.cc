// The settings in groups, with the addresses that a pattern would make; and the journal's own
// address, which moves after a look at what that changes.
#include "handlers/admin/settings.h"

#include <chrono>
#include <filesystem>

#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "journal/audit.h"
#include "journal/permalink.h"
#include "journal/site.h"
#include "templates/admin_keys.h"
#include "text/slug.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::SettingDef;
using templates::Block;
using Kind = SettingDef::Kind;

namespace {

constexpr std::string_view kPath = "/admin/settings";
constexpr std::string_view kAddressPath = "/admin/settings/address";
constexpr std::size_t kValueMax = 4000;
// Links in texts are made again at once for as long as a web server waits; the rest is the
// worker's.
constexpr auto kRenderTime = std::chrono::seconds(8);

struct Group {
  templates::WordKey title;
  std::string_view names;
};
constexpr Group kGroups[] = {
    {word::kAdminSettingsJournal, "title tagline owner email copyright language zone"},
    {word::kAdminSettingsAddresses, "permalink"},
    {word::kAdminSettingsLists, "front.entries front.show feed.entries feed.show opml"},
    {word::kAdminSettingsComments,
     "comments comments.hold comments.close_days comments.replies comments.mode"},
    {word::kAdminSettingsReferences, "references.webmention references.send references.trackback"},
    {word::kAdminSettingsLines,
     "line.posted_by line.categories line.permalink line.print line.mail related"},
    {word::kAdminSettingsDates, "date.order date.clock"},
    {word::kAdminSettingsRobots, "robots.search robots.training_away security.contact"},
    {word::kAdminSettingsKept, "trash.days network.days session.days media.limit"},
    {word::kAdminSettingsServer, "proxy.trust cache.seconds rates"},
};

std::string AllNames() {
  std::string names;
  for (const Group& group : kGroups) names.append(group.names).append(" ");
  return names;
}

template <typename F>
void ForEach(std::string_view names, F&& f) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (const SettingDef* def = journal::FindSetting(names.substr(0, end))) f(*def);
    names.remove_prefix(std::min(end + 1, names.size()));
  }
}

std::vector<Choice> Languages(const templates::Words& words, const std::string& now) {
  std::vector<Choice> choices;
  bool known = false;
  for (const templates::EmbeddedCatalogue& one : templates::EmbeddedWords()) {
    std::string name(one.language);
    for (char& c : name) c = c == '-' ? '_' : static_cast<char>(std::tolower(c));
    const std::string text = WordNamed(words, "admin.language." + name);
    choices.push_back({std::string(one.language), text.empty() ? std::string(one.language) : text});
    known = known || one.language == now;
  }
  if (!known) choices.push_back({now, now});
  return choices;
}

std::vector<Choice> ChoicesOf(const templates::Words& words, const SettingDef& def) {
  std::vector<Choice> choices;
  for (std::string_view rest = def.choices; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string value(rest.substr(0, end));
    std::string text = WordNamed(words, "admin.setting." + std::string(def.name) + "." + value);
    if (text.empty()) text = WordNamed(words, "admin.choice." + value);
    choices.push_back({value, text.empty() ? value : text});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return choices;
}

// What the pattern would make of the newest entries.
void AddExamples(Block group, const Frame& frame, sql::Tx& tx, std::string_view pattern,
                 journal::Seconds now) {
  if (journal::CheckPattern(pattern)) return;
  Block lines = group.Add(key::kGroupLines);
  auto entries = journal::NewestPermalinks(tx, 3);
  if (entries.empty()) {
    journal::PermalinkParts parts;
    parts.date = text::ToLocal(now, frame.site.settings.zone);
    parts.slug = text::MakeSlug(frame.words().Get(word::kAdminSettingsExample)).str();
    parts.id = 1;
    parts.author = "author";
    parts.category = "category";
    entries.push_back({frame.words().Get(word::kAdminSettingsExample), "", std::move(parts)});
  }
  for (const journal::PermalinkOf& entry : entries) {
    Block line = lines.Add(key::kGroupLine);
    line.Set(key::kLineName,
             entry.title.empty() ? frame.words().Get(word::kAdminUntitled) : entry.title);
    line.Set(key::kLineText, frame.links.Full(journal::MakePath(pattern, entry.parts)).view());
  }
}

fcgi::Response Show(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                    const journal::Config& config, const fcgi::Request& request,
                    const TypedSettings& typed, bool preview, journal::Seconds now) {
  const templates::Words& words = frame.words();
  const bool wrong = !typed.wrong.empty();
  SitePage page(frame, viewer, words.Get(word::kAdminSiteSettings), kPath, wrong);
  if (wrong)
    page.Alert(
        words.Plural(word::kAdminSettingsWrong, static_cast<std::int64_t>(typed.wrong.size())));
  NoticeDone(page, request);
  if (preview && !wrong) page.Notice(words.Get(word::kAdminSettingsPreviewed));
  const journal::Settings settings = journal::LoadSettings(tx, config);
  Block panel = AddPanel(page);
  Block form = AddForm(panel, frame, kPath);
  for (const Group& one : kGroups) {
    const bool addresses = one.names == "permalink";
    Block group = AddGroup(form, words.Get(one.title));
    AddSettings(group, one.names, frame, settings, config, typed);
    if (!addresses) continue;
    const auto found = typed.typed.find("permalink");
    AddExamples(group, frame, tx, found == typed.typed.end() ? settings.permalink : found->second,
                now);
  }
  AddButton(form, words.Get(word::kAdminSettingsSave));
  AddButton(form, words.Get(word::kAdminSettingsPreview), "preview", "");
  Block mail = AddPanel(page, words.Get(word::kAdminMail)).Add(key::kPanelText);
  mail.Set(key::kPanelWords, words.Get(word::kAdminSettingsMailAway));
  Block mail_link = mail.Add(key::kPanelLink);
  mail_link.Set(key::kPanelUrl, frame.links.To("/admin/mail"));
  mail_link.Set(key::kPanelLabel, words.Get(word::kAdminMail));
  Block address = AddPanel(page, words.Get(word::kAdminAddressTitle));
  Block text = address.Add(key::kPanelText);
  text.Set(key::kPanelWords,
           words.Format(word::kAdminAddressNow, {{"address", frame.links.full_root().view()}}));
  Block link = text.Add(key::kPanelLink);
  link.Set(key::kPanelUrl, frame.links.To(kAddressPath));
  link.Set(key::kPanelLabel, words.Get(word::kAdminAddressChange));
  return page.Done(wrong ? 422 : 200);
}

// Whether pages can be in this language: it came along, or the theme has texts of its own.
bool Speaks(const journal::Home& home, const journal::Settings& settings, std::string_view tag) {
  const std::string_view wanted = tag.substr(0, tag.find('-'));
  for (const templates::EmbeddedCatalogue& one : templates::EmbeddedWords())
    if (one.language.substr(0, one.language.find('-')) == wanted) return true;
  std::error_code error;
  return std::filesystem::exists(home.Theme(settings.theme) / "words.txt", error);
}

fcgi::Response Address(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                       const journal::Config& config, const std::string& typed,
                       const std::string& wrong, bool preview) {
  const templates::Words& words = frame.words();
  SitePage page(frame, viewer, words.Get(word::kAdminAddressTitle), kPath, !wrong.empty());
  const bool locked = config.Find("url") != nullptr;
  Block panel = AddPanel(page, "", words.Get(word::kAdminAddressAbout));
  Block form = AddForm(panel, frame, kAddressPath);
  Block group = AddGroup(form);
  const journal::ConfigLine* line = config.Find("url");
  AddField(group, {.name = "url",
                   .label = words.Get(word::kAdminAddressField),
                   .value = typed,
                   .help = line ? words.Format(word::kAdminSettingsLocked,
                                               {{"n", std::to_string(line->line)}})
                                : std::string(),
                   .wrong = wrong,
                   .locked = locked});
  if (!locked)
    AddButton(form, words.Get(word::kAdminAddressPreview), "preview", preview ? "" : "primary");
  if (preview) {
    const journal::Settings settings = journal::LoadSettings(tx, config);
    journal::Settings after = settings;
    after.url = typed;
    const bool moves = after.BasePath() != settings.BasePath();
    Block changes = AddPanel(page, words.Get(word::kAdminAddressChanges));
    Block confirm = AddForm(changes, frame, "/admin/settings/address/move");
    AddHidden(confirm, "url", typed);
    Block list = AddGroup(confirm, "",
                          words.Get(moves ? word::kAdminAddressFolder : word::kAdminAddressHost));
    Block lines = list.Add(key::kGroupLines);
    const auto add = [&](templates::WordKey name, const std::string& path) {
      Block one = lines.Add(key::kGroupLine);
      one.Set(key::kLineName, words.Get(name));
      one.Set(key::kLineText, settings.url + path + " → " + typed + path);
    };
    add(word::kAdminAddressFront, "/");
    for (const journal::PermalinkOf& entry : journal::NewestPermalinks(tx, 1))
      add(word::kAdminAddressEntry, text::EncodePath(entry.path));
    add(word::kAdminAddressFeed, "/rss.xml");
    Block ids = lines.Add(key::kGroupLine);
    ids.Set(key::kLineName, words.Get(word::kAdminAddressIds));
    ids.Set(key::kLineText, words.Get(word::kAdminAddressIdsStay));
    Block server = lines.Add(key::kGroupLine);
    server.Set(key::kLineName, words.Get(word::kAdminAddressServer));
    server.Set(key::kLineText, words.Format(word::kAdminAddressServerText,
                                            {{"old", settings.url}, {"new", typed}}));
    AddButton(confirm, words.Get(word::kAdminAddressMove), "move");
  }
  return page.Done(wrong.empty() ? 200 : 422);
}

constexpr fcgi::FormField kAddress[] = {{"url", kValueMax}};

fcgi::Response AddressForm(Visit& visit, bool move) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, move,
                       now = visit.context.now](sql::Db& db) {
    const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
    const fcgi::Form form = ReadForm(request, kAddress);
    const SettingDef& def = *journal::FindSetting("url");
    const journal::CheckedValue checked = journal::CheckSetting(def, form["url"]);
    std::string wrong = SettingProblem(frame.words(), def, checked);
    const bool same = wrong.empty() && checked.value == frame.site.settings.url;
    if (same) wrong = frame.words().Get(word::kAdminAddressSame);
    if (config.Find("url") || !wrong.empty() || !move) {
      return db.Read([&](sql::Tx& tx) {
        return Address(frame, viewer, tx, config,
                       checked.problem.empty() ? checked.value : std::string(form["url"]), wrong,
                       wrong.empty() && !move);
      });
    }
    const bool again = db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      const journal::SetResult set = journal::SetSetting(tx, config, "url", checked.value);
      journal::Log(tx, viewer.person.id, "setting", "url", now);
      if (set.render_again) journal::WantRendering(tx);
      return set.render_again;
    });
    const auto until = std::chrono::steady_clock::now() + kRenderTime;
    while (again && std::chrono::steady_clock::now() < until && journal::RenderOn(db, config)) {
    }
    return fcgi::Redirect(303, frame.links.To(kPath, "?done=moved").view());
  };
  return {};
}

}  // namespace

std::vector<fcgi::FormField> SettingFields(std::string_view names,
                                           std::initializer_list<std::string_view> more) {
  std::vector<fcgi::FormField> fields;
  ForEach(names, [&](const SettingDef& def) { fields.push_back({def.name, kValueMax}); });
  for (const std::string_view name : more) fields.push_back({name, kValueMax});
  return fields;
}

TypedSettings ReadSettings(const fcgi::Form& form, std::string_view names, const Frame& frame,
                           const journal::Config& config) {
  TypedSettings read;
  const auto switches = form.All("switch");
  ForEach(names, [&](const SettingDef& def) {
    if (config.Find(def.name)) return;
    std::string typed(form[def.name]);
    if (def.kind == Kind::kSwitch) {
      if (std::find(switches.begin(), switches.end(), def.name) == switches.end()) return;
      typed = form.Has(def.name) ? "on" : "off";
    } else if (!form.Has(def.name) || (def.kind == Kind::kSecret && typed.empty())) {
      return;
    }
    read.typed.emplace(def.name, typed);
    const journal::CheckedValue checked = journal::CheckSetting(def, typed);
    if (!checked.problem.empty())
      read.wrong.emplace(def.name, SettingProblem(frame.words(), def, checked));
    else if (checked.value != journal::SettingText(frame.site.settings, def))
      read.changed.emplace_back(def.name, checked.value);
  });
  return read;
}

void AddSettings(Block group, std::string_view names, const Frame& frame,
                 const journal::Settings& settings, const journal::Config& config,
                 const TypedSettings& typed) {
  const templates::Words& words = frame.words();
  ForEach(names, [&](const SettingDef& def) {
    Field field;
    field.name = def.name;
    const std::string stem = "admin.setting." + field.name;
    field.label = WordNamed(words, stem);
    field.help = WordNamed(words, stem + ".help");
    const auto was_typed = typed.typed.find(def.name);
    const auto wrong = typed.wrong.find(def.name);
    field.value =
        was_typed != typed.typed.end() ? was_typed->second : journal::SettingText(settings, def);
    if (wrong != typed.wrong.end()) field.wrong = wrong->second;
    switch (def.kind) {
      case Kind::kNumber:
        field.kind = Field::Kind::kNumber;
        break;
      case Kind::kSwitch:
        field.kind = Field::Kind::kCheck;
        break;
      case Kind::kChoice:
        field.kind = Field::Kind::kSelect;
        field.choices = ChoicesOf(words, def);
        break;
      case Kind::kColor:
        field.kind = Field::Kind::kColor;
        break;
      case Kind::kSecret:
        field.kind = Field::Kind::kSecret;
        if (!field.value.empty()) field.help = words.Get(word::kAdminSettingsSecret);
        field.value.clear();
        break;
      case Kind::kLanguage:
        field.kind = Field::Kind::kSelect;
        field.choices = Languages(words, field.value);
        break;
      default:
        break;
    }
    if (const journal::ConfigLine* line = config.Find(def.name)) {
      field.locked = true;
      field.help = words.Format(word::kAdminSettingsLocked, {{"n", std::to_string(line->line)}});
    }
    AddField(group, field);
  });
}

void WriteSettings(sql::Tx& tx, const journal::Config& config, const TypedSettings& typed,
                   journal::Id who, journal::Seconds now) {
  for (const auto& [name, value] : typed.changed) {
    static_cast<void>(journal::SetSetting(tx, config, name, value));
    journal::Log(tx, who, "setting", name, now);
  }
}

fcgi::Response SettingsPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
    return db.Read(
        [&](sql::Tx& tx) { return Show(frame, viewer, tx, config, request, {}, false, now); });
  };
  return {};
}

fcgi::Response SettingsPost(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    const journal::Config config = journal::LoadConfig(home.ConfigFile());
    const std::string names = AllNames();
    const auto fields = SettingFields(names, {"switch", "act"});
    const fcgi::Form form = ReadForm(request, fields);
    TypedSettings typed = ReadSettings(form, names, frame, config);
    for (const auto& [name, value] : typed.changed) {
      if (name == "language" && !Speaks(home, frame.site.settings, value))
        typed.wrong.emplace(name, frame.words().Get(word::kAdminSettingsSpeechless));
    }
    const bool preview = form["act"] == "preview";
    if (preview || !typed.wrong.empty()) {
      return db.Read([&](sql::Tx& tx) {
        return Show(frame, viewer, tx, config, request, typed, preview, now);
      });
    }
    if (!typed.changed.empty())
      db.Write(sql::Publicity::kPublic,
               [&](sql::Tx& tx) { WriteSettings(tx, config, typed, viewer.person.id, now); });
    return fcgi::Redirect(303, frame.links.To(kPath, "?done=saved").view());
  };
  return {};
}

fcgi::Response AddressPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer](sql::Db& db) {
    const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
    return db.Read([&](sql::Tx& tx) {
      return Address(frame, viewer, tx, config, frame.site.settings.url, "", false);
    });
  };
  return {};
}
fcgi::Response AddressPost(Visit& visit) { return AddressForm(visit, false); }
fcgi::Response AddressMovePost(Visit& visit) { return AddressForm(visit, true); }

}  // namespace daybook::handlers::admin
