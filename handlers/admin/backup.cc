// Backups and exports on the owner's page: made by a worker, listed and fetched here, and the way
// back to one.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "fcgi/file_answer.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/pieces.h"
#include "handlers/admin/settings.h"
#include "journal/audit.h"
#include "journal/backups.h"
#include "journal/launch.h"
#include "templates/admin_keys.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::Keeping;
using journal::KeptFile;
using templates::Block;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHere = "/admin/backup";
constexpr std::string_view kSettings = "backup.daily";

struct Wrong {
  std::string alert, restore;
};

std::string FormName(const templates::Words& words, Keeping what) {
  for (const journal::ExportForm& form : journal::kExportForms)
    if (form.what == what) return WordNamed(words, "admin.export." + std::string(form.name));
  return "";
}

struct Running {
  std::string what;
  std::int64_t done = 0, total = 0;
};
std::optional<Running> RunningNow(const templates::Words& words, const journal::Home& home,
                                  const std::vector<std::int64_t>& kept) {
  if (kept.empty()) return std::nullopt;
  constexpr auto kLast = static_cast<std::int64_t>(Keeping::kStatic);
  if (kept.front() > kLast) return Running{words.Get(word::kAdminBackupRestoring)};
  const auto step = journal::BackupStepOf(home);
  const auto what = static_cast<Keeping>(kept.front());
  if (what != Keeping::kBackup && !(what == Keeping::kStatic && step))
    return Running{words.Get(word::kAdminBackupExporting)};
  if (!step) return Running{words.Get(word::kAdminBackupBegins)};
  const std::string done = words.Number(step->done), total = words.Number(step->total);
  return Running{words.Format(step->files ? word::kAdminBackupFiles : word::kAdminBackupPages,
                              {{"done", done}, {"total", total}}),
                 step->done, step->total};
}

text::SafeUrl UrlOf(const Frame& frame, const fs::path& file) {
  return frame.links.To(std::string(kHere) + "/file/" +
                        text::EncodeComponent(file.filename().string()));
}

void AddFiles(Block panel, const Frame& frame, const std::vector<KeptFile>& files) {
  const templates::Words& words = frame.words();
  if (files.empty()) return;
  Block list = panel.Add(key::kItems);
  for (const KeptFile& file : files) {
    const std::string date = MomentOf(frame, file.at, "").date_time;
    Item item;
    item.title = file.what == Keeping::kBackup
                     ? words.Format(word::kAdminBackupOf, {{"date", date}})
                     : words.Format(word::kAdminExportOf,
                                    {{"form", FormName(words, file.what)}, {"date", date}});
    item.url = UrlOf(frame, file.file);
    item.meta.push_back(BytesText(words, static_cast<std::int64_t>(file.bytes)));
    item.meta.push_back(file.file.filename().string());
    AddActs(AddItem(list, item), frame, kHere, file.file.filename().string(),
            {{"erase", words.Get(word::kAdminErase), "quiet danger"}});
    const fs::path report = journal::ReportOf(file.file);
    std::error_code none;
    if (!fs::exists(report, none)) continue;
    Item more;
    more.title = words.Get(word::kAdminExportReport);
    more.url = UrlOf(frame, report);
    more.depth = 1;
    AddItem(list, more);
  }
}

void FillMaking(Page& page, const Frame& frame, const journal::Home& home,
                const std::vector<std::int64_t>& kept, const std::vector<KeptFile>& backups) {
  const templates::Words& words = frame.words();
  Block panel = AddPanel(page, "", words.Get(word::kAdminBackupAbout));
  if (backups.empty() && kept.empty())
    panel.Add(key::kPanelText).Set(key::kPanelWords, words.Get(word::kAdminBackupNone));
  if (const auto running = RunningNow(words, home, kept)) {
    Block bar = panel.Add(key::kRunning);
    bar.Set(key::kStateUrl, frame.links.To(std::string(kHere) + "/state"));
    bar.Set(key::kImportWhat, running->what);
    bar.Set(key::kRunningText, words.Get(word::kAdminBackupWait));
    if (running->total > 0) {
      bar.Show(key::kImportCounted);
      bar.Set(key::kImportDone, std::to_string(running->done));
      bar.Set(key::kImportTotal, std::to_string(running->total));
    }
    page.ComesAgain();
  } else {
    AddButton(AddForm(panel, frame, kHere), words.Get(word::kAdminBackupMake), "backup");
  }
  AddFiles(panel, frame, backups);
}

void FillExports(Page& page, const Frame& frame, const journal::Home& home, bool idle) {
  const templates::Words& words = frame.words();
  Block panel = AddPanel(page, words.Get(word::kAdminExport), words.Get(word::kAdminExportAbout));
  if (idle) {
    Block form = AddForm(panel, frame, kHere);
    Field which{.name = "form",
                .label = words.Get(word::kAdminExportForm),
                .value = "wxr",
                .kind = Field::Kind::kSelect};
    for (const journal::ExportForm& one : journal::kExportForms)
      which.choices.push_back({std::string(one.name), FormName(words, one.what)});
    AddField(AddGroup(form), which);
    AddButton(form, words.Get(word::kAdminExportMake), "export", "");
  }
  AddFiles(panel, frame, journal::ExportsOf(home));
}

void FillRestore(Page& page, const Frame& frame, const std::vector<KeptFile>& backups, bool idle,
                 const std::string& wrong) {
  const templates::Words& words = frame.words();
  Block panel = AddPanel(page, words.Get(word::kAdminGoback), words.Get(word::kAdminGobackAbout));
  panel.Add(key::kPanelText).Set(key::kPanelWords, words.Get(word::kAdminGobackElsewhere));
  if (!idle || backups.empty()) return;
  Block form = AddForm(panel, frame, kHere);
  Block group = AddGroup(form);
  Field which{
      .name = "backup", .label = words.Get(word::kAdminGobackChoose), .kind = Field::Kind::kSelect};
  for (const KeptFile& one : backups)
    which.choices.push_back({std::to_string(one.at), MomentOf(frame, one.at, "").date_time});
  AddField(group, which);
  AddField(group, {.name = "sure",
                   .label = words.Get(word::kAdminGobackSure),
                   .kind = Field::Kind::kCheck,
                   .wrong = wrong});
  AddButton(form, words.Get(word::kAdminGobackButton), "restore", "danger");
}

fcgi::Response Show(const Frame& frame, const Viewer& viewer, sql::Db& db,
                    const fcgi::Request& request, const Wrong& wrong) {
  const templates::Words& words = frame.words();
  const journal::Home home = HomeOf(db);
  const journal::Config config = journal::LoadConfig(home.ConfigFile());
  const bool bad = !wrong.alert.empty() || !wrong.restore.empty();
  SitePage page(frame, viewer, words.Get(word::kAdminBackup), kHere, bad);
  NoticeDone(page, request);
  journal::Settings settings;
  const auto kept = db.Read([&](sql::Tx& tx) {
    settings = journal::LoadSettings(tx, config);
    return journal::BeingKept(tx);
  });
  const std::vector<KeptFile> backups = journal::BackupsOf(home);
  const std::string why = journal::WhyNothingWasKept(home);
  if (!wrong.alert.empty())
    page.Alert(wrong.alert);
  else if (!why.empty() && kept.empty())
    page.Alert(words.Format(word::kAdminBackupFailed, {{"why", why}}));
  FillMaking(page, frame, home, kept, backups);
  Block daily = AddForm(AddPanel(page, words.Get(word::kAdminBackupDaily)), frame, kHere);
  AddSettings(AddGroup(daily), kSettings, frame, settings, config, {});
  AddButton(daily, words.Get(word::kAdminSettingsSave), "save", "");
  FillExports(page, frame, home, kept.empty());
  FillRestore(page, frame, backups, kept.empty(), wrong.restore);
  return page.Done(bad ? 422 : 200);
}

// One of those that are listed, or a report beside one; never another.
std::optional<fs::path> Listed(const journal::Home& home, std::string_view name) {
  std::vector<KeptFile> all = journal::BackupsOf(home);
  const std::vector<KeptFile> exports = journal::ExportsOf(home);
  all.insert(all.end(), exports.begin(), exports.end());
  for (const KeptFile& one : all) {
    if (one.file.filename() == name) return one.file;
    if (journal::ReportOf(one.file).filename() == name) return journal::ReportOf(one.file);
  }
  return std::nullopt;
}

fcgi::Response Ask(const Frame& frame, const Viewer& viewer, sql::Db& db,
                   const fcgi::Request& request, journal::Seconds now,
                   const std::function<void(sql::Tx&)>& ask) {
  const journal::Home home = HomeOf(db);
  if (!journal::WorkProgram(home))
    return Show(frame, viewer, db, request, {frame.words().Get(word::kAdminBackupWorkless), ""});
  journal::NoteNothingWasKept(home, "");
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    ask(tx);
    journal::Log(tx, viewer.person.id, "site", kHere, now);
  });
  return fcgi::Redirect(303, frame.links.To(kHere, "?done=making").view());
}

}  // namespace

fcgi::Response BackupPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    return Show(frame, viewer, db, request, {});
  };
  return {};
}

fcgi::Response BackupState(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context)](sql::Db& db) {
    const auto kept = db.Read([](sql::Tx& tx) { return journal::BeingKept(tx); });
    const auto running = RunningNow(frame.words(), HomeOf(db), kept);
    if (!running) return PieceAnswer({{"running", false}});
    return PieceAnswer({{"running", true},
                        {"what", running->what},
                        {"done", running->done},
                        {"total", running->total}});
  };
  return {};
}

fcgi::Response BackupFile(Visit& visit) {
  const std::string name(visit.context.captures["file"]);
  visit.context.act = [name, &request = visit.context.request](sql::Db& db) {
    const auto file = Listed(HomeOf(db), name);
    if (!file) throw fcgi::HttpError(404);
    const std::string ending = file->extension().string();
    return fcgi::FileAnswer(request, *file,
                            ending == ".zip"      ? "application/zip"
                            : ending == ".json"   ? "application/json"
                            : ending == ".report" ? "text/plain; charset=utf-8"
                                                  : "application/octet-stream")
        .Set("Content-Disposition",
             ending == ".report" ? "inline" : "attachment; filename=\"" + name + "\"");
  };
  return {};
}

fcgi::Response BackupPost(Visit& visit) {
  Context& context = visit.context;
  static const std::vector<fcgi::FormField> fields =
      SettingFields(kSettings, {"switch", "id", "act", "form", "backup", "sure"});
  const fcgi::Form form = ReadForm(context.request, fields);
  context.act = [frame = FrameOf(context), viewer = visit.viewer, &request = context.request, form,
                 now = context.now](sql::Db& db) {
    const std::string_view act = form["act"];
    const journal::Home home = HomeOf(db);
    if (act == "backup")
      return Ask(frame, viewer, db, request, now,
                 [&](sql::Tx& tx) { journal::AskToKeep(tx, Keeping::kBackup, now); });
    if (act == "export") {
      const journal::ExportForm* which = journal::ExportFormNamed(form["form"]);
      if (which == nullptr) throw fcgi::HttpError(422, "form");
      return Ask(frame, viewer, db, request, now,
                 [&](sql::Tx& tx) { journal::AskToKeep(tx, which->what, now); });
    }
    if (act == "restore") {
      if (form["sure"].empty())
        return Show(frame, viewer, db, request, {"", frame.words().Get(word::kAdminGobackUnsure)});
      const auto all = journal::BackupsOf(home);
      const auto one = std::find_if(all.begin(), all.end(), [&](const KeptFile& file) {
        return std::to_string(file.at) == form["backup"];
      });
      if (one == all.end()) throw fcgi::HttpError(404);
      return Ask(frame, viewer, db, request, now,
                 [&](sql::Tx& tx) { journal::AskToRestore(tx, one->at, now); });
    }
    std::string done = "saved";
    if (act == "erase") {
      const auto file = Listed(home, form["id"]);
      if (!file) throw fcgi::HttpError(404);
      std::error_code ignored;
      fs::remove(*file, ignored);
      fs::remove(journal::ReportOf(*file), ignored);
      done = "erased";
      db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
        journal::Log(tx, viewer.person.id, "site", file->filename().string(), now);
      });
    } else {
      const journal::Config config = journal::LoadConfig(home.ConfigFile());
      const TypedSettings typed = ReadSettings(form, kSettings, frame, config);
      if (!typed.changed.empty())
        db.Write(sql::Publicity::kPublic,
                 [&](sql::Tx& tx) { WriteSettings(tx, config, typed, viewer.person.id, now); });
    }
    return fcgi::Redirect(303, frame.links.To(kHere, "?done=" + done).view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
