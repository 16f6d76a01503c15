// Another release of the programs, and back: uploaded or found here, put in place by daybook-work
// (work/upgrade.cc), which checks all of it first.
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/pieces.h"
#include "handlers/admin/site.h"
#include "journal/audit.h"
#include "journal/import_slices.h"
#include "journal/launch.h"
#include "journal/upgrade.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::UpgradeState;
using templates::Block;
using Step = journal::UpgradeState::Step;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHere = "/admin/upgrade";
constexpr fcgi::FormField kUpload[] = {{"release", 0, true}, {"act", 10}};
constexpr std::size_t kMegabytes = 64;  // as much as the web servers' configurations let through

std::string WhyText(const templates::Words& words, const UpgradeState& state) {
  if (state.why.empty()) return "";
  return templates::Fill(WordNamed(words, "admin.upgrade.why." + state.why),
                         {{"what", state.what}});
}

void FillBefore(Block panel, const Frame& frame, const UpgradeState& state) {
  const templates::Words& words = frame.words();
  const std::string date = MomentOf(frame, state.at, "").date_time;
  const bool done = state.step == Step::kDone;
  const auto say = [&](std::string_view text) {
    panel.Add(key::kPanelText).Set(key::kPanelWords, text);
  };
  if (!done && state.step != Step::kUndone && state.step != Step::kSwapping) return;
  if (state.step != Step::kSwapping)
    say(words.Format(done ? word::kAdminUpgradeDone : word::kAdminUpgradeUndone,
                     {{"from", state.from}, {"to", state.to}, {"date", date}}));
  if (state.step == Step::kUndone && !state.what.empty())
    say(words.Format(word::kAdminUpgradeLeft, {{"what", state.what}}));
  if (state.step == Step::kUndone) return;
  say(words.Format(word::kAdminUpgradeUndoAbout, {{"from", state.from}}));
  AddButton(AddForm(panel, frame, kHere), words.Get(word::kAdminUpgradeUndo), "undo", "");
}

fcgi::Response Show(const Frame& frame, const Viewer& viewer, sql::Db& db,
                    const fcgi::Request& request, const std::string& wrong) {
  const templates::Words& words = frame.words();
  const journal::Home home = HomeOf(db);
  SitePage page(frame, viewer, words.Get(word::kAdminUpgrade), kHere, !wrong.empty());
  NoticeDone(page, request);
  const UpgradeState state = journal::LoadUpgrade(home);
  const std::string why = WhyText(words, state);
  if (!why.empty()) page.Alert(why);
  Block panel =
      AddPanel(page, "", words.Format(word::kAdminUpgradeAbout, {{"edition", DAYBOOK_VERSION}}));
  if (journal::IsUpgrading(home)) {
    Block bar = panel.Add(key::kRunning);
    bar.Set(key::kStateUrl, frame.links.To(std::string(kHere) + "/state"));
    bar.Set(key::kImportWhat, words.Get(word::kAdminUpgradeRunning));
    bar.Set(key::kRunningText, words.Get(word::kAdminUpgradeWait));
    page.ComesAgain();
    return page.Done(200);
  }
  const fs::path programs = journal::ProgramFolder();
  if (access(programs.c_str(), W_OK) != 0) {
    panel.Add(key::kPanelText)
        .Set(key::kPanelWords,
             words.Format(word::kAdminUpgradeShut, {{"folder", programs.string()}}));
    return page.Done(200);
  }
  FillBefore(panel, frame, state);
  if (const auto found = journal::ReleasesFound(home); !found.empty()) {
    Block ready = AddPanel(
        page, "",
        words.Format(word::kAdminUpgradeFound, {{"file", found.front().filename().string()}}));
    AddButton(AddForm(ready, frame, kHere), words.Get(word::kAdminUpgradeButton), "upgrade");
  }
  Block form = AddForm(AddPanel(page, ""), frame, std::string(kHere) + "/file", true);
  AddField(AddGroup(form),
           {.name = "release",
            .label = words.Get(word::kAdminUpgradeFile),
            .kind = Field::Kind::kFile,
            .help = words.Format(word::kAdminUpgradeFileHelp, {{"max", std::to_string(kMegabytes)},
                                                               {"folder", "private/upgrade"}}),
            .wrong = wrong});
  AddButton(form, words.Get(word::kAdminUpgradeUpload), "upload", "");
  return page.Done(wrong.empty() ? 200 : 422);
}

}  // namespace

fcgi::Response UpgradePage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    return Show(frame, viewer, db, request, "");
  };
  return {};
}

fcgi::Response UpgradeStatus(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context)](sql::Db& db) {
    if (!journal::IsUpgrading(HomeOf(db))) return PieceAnswer({{"running", false}});
    return PieceAnswer(
        {{"running", true}, {"what", frame.words().Get(word::kAdminUpgradeRunning)}});
  };
  return {};
}

fcgi::Response UpgradePost(Visit& visit) {
  static const std::vector<fcgi::FormField> fields = {{"act", 10}};
  const fcgi::Form form = ReadForm(visit.context.request, fields);
  visit.context.act = [frame = FrameOf(visit.context), who = visit.person().id, form,
                       now = visit.context.now](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    const bool undo = form["act"] == "undo";
    if (!undo && form["act"] != "upgrade") throw fcgi::HttpError(422, "act");
    db.Write(sql::Publicity::kPrivate,
             [&](sql::Tx& tx) { journal::Log(tx, who, "site", kHere, now); });
    journal::StartUpgrade(home, undo);
    // So that the page shows that it has begun. What was refused at once is shown, too.
    for (int left = 50; left > 0 && !journal::IsUpgrading(home); --left)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return fcgi::Redirect(303, frame.links.To(kHere).view());
  };
  return {};
}

fcgi::Response UpgradeUpload(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    const templates::Words& words = frame.words();
    const journal::Home home = HomeOf(db);
    const auto wrong = [&](const std::string& text) {
      return Show(frame, viewer, db, request, text);
    };
    if (request.body_state == fcgi::BodyState::kNotKept)
      return wrong(words.Get(word::kAdminUpgradeWhyDisk));
    const fcgi::Form form = ReadForm(request, kUpload);
    const fcgi::FormFile* file = form.files().empty() ? nullptr : &form.files().front();
    if (file == nullptr || file->size == 0)
      return wrong(words.Format(word::kAdminUpgradeWhyNone, {{"what", "private/upgrade"}}));
    const bool zip = file->name.ends_with(".zip");
    if (!zip && !file->name.ends_with(".gz") && !file->name.ends_with(".tgz"))
      return wrong(words.Format(word::kAdminUpgradeWhyUnreadable, {{"what", file->name}}));
    const fs::path target =
        home.Private() / "upgrade" / (zip ? "daybook-uploaded.zip" : "daybook-uploaded.tar.gz");
    fs::create_directories(target.parent_path());
    if (!journal::KeepUpload(UploadOf(request, *file), target))
      return wrong(words.Get(word::kAdminUpgradeWhyDisk));
    std::error_code error;
    fs::last_write_time(target, fs::file_time_type::clock::now(), error);
    return fcgi::Redirect(303, frame.links.To(kHere, "?done=release").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
