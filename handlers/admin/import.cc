// Imports of the owner's side: what can be imported, how far it is, what came of it. The work is
// done by a worker, and where none runs after the replies of the page that shows it, a few seconds
// each time, or by a button where nothing may run after a reply.
#include "handlers/admin/import.h"

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/pieces.h"
#include "handlers/admin/setup.h"
#include "journal/import_slices.h"
#include "journal/launch.h"
#include "templates/admin_keys.h"
#include "templates/keys.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using journal::ImportEnd;
using journal::ImportTask;
using templates::Words;

namespace {

constexpr fcgi::FormField kFields[] = {{kImportField, 200}};
constexpr std::size_t kReportShown = 60'000;

// False if it could not be done; what kept it is in the log.
bool Slice(const journal::Home& home) { return journal::AskWork(home, "import-slice").has_value(); }

// After the reply: nobody is there to be told of an error, and the next one tries again.
void WorkAfterwards(Context& context) {
  context.afterwards = [](sql::Db& db) {
    if (!Slice(HomeOf(db))) std::fputs("daybook: import: daybook-work did not do it\n", stderr);
  };
}

std::string WhatText(const Words& words, const ImportTask& task) {
  const std::string done = words.Number(task.progress.done);
  const std::string total = words.Number(task.progress.total);
  const Words::Args numbers = {{"done", done}, {"total", total}};
  if (task.progress.what == "Entries") return words.Format(word::kAdminImportWhatEntries, numbers);
  if (task.progress.what == "Comments")
    return words.Format(word::kAdminImportWhatComments, numbers);
  if (task.progress.what == "Files") return words.Format(word::kAdminImportWhatFiles, numbers);
  return words.Get(word::kAdminImportWhatChecking);
}

bool IsCounted(const ImportTask& task) {
  return task.progress.total > 0 && task.progress.what != "Checking";
}

std::string EndText(const Words& words, const ImportTask& task) {
  switch (task.end) {
    case ImportEnd::kDone:
      return words.Get(word::kAdminImportDone);
    case ImportEnd::kSomeFailed:
      return words.Get(word::kAdminImportSome);
    case ImportEnd::kRefused:
      return words.Format(word::kAdminImportRefused, {{"why", task.why}});
    case ImportEnd::kInterrupted:
    case ImportEnd::kStopped:
      break;
  }
  const std::string why = task.why.empty() ? words.Format(word::kAdminImportCrashed,
                                                          {{"n", words.Number(task.unfinished)}})
                                           : task.why;
  return words.Format(word::kAdminImportStopped, {{"why", why}});
}

std::string Report(const journal::Home& home, bool& cut) {
  std::ifstream file(journal::ImportReportFile(home), std::ios::binary);
  std::string text(kReportShown + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  cut = text.size() > kReportShown;
  if (cut) text = text.substr(0, std::min(text.rfind('\n', kReportShown), kReportShown)) + "\n";
  return text::RepairUtf8(text);
}

std::string Listed(const std::vector<std::string>& files) {
  std::string list;
  for (const std::string& file : files) list += (list.empty() ? "" : ", ") + file;
  return list;
}

}  // namespace

Response ImportPageOf(const Frame& frame, const Viewer& viewer, sql::Db& db,
                      const ImportOffer& offer, const std::string& alert, int status) {
  const Words& words = frame.words();
  const journal::Home home = HomeOf(db);
  const auto task = db.Read([](sql::Tx& tx) { return journal::ImportTaskOf(tx); });
  const std::string title = task && task->running ? words.Format(word::kAdminImportRunning,
                                                                 {{"files", Listed(task->files)}})
                                                  : words.Get(word::kAdminImportTitle);
  Page page(frame, viewer, templates::tpl::kAdminImport, title, "/admin/doctor",
            !alert.empty() || !offer.error.empty());
  templates::View& view = page.view();
  view.Set(key::kWriteUrl, frame.links.To("/admin/write"));
  if (task && task->running) {
    templates::Block running = view.Add(key::kImportRunning);
    running.Set(key::kImportWhat, WhatText(words, *task));
    if (IsCounted(*task)) {
      running.Show(key::kImportCounted);
      running.Set(key::kImportDone, std::to_string(task->progress.done));
      running.Set(key::kImportTotal, std::to_string(task->progress.total));
    }
    running.Set(key::kGoUrl, frame.links.To("/admin/import/go"));
    running.Set(key::kStateUrl, frame.links.To("/admin/import/state"));
    page.ComesAgain();
    return page.Done(status);
  }
  if (task) {
    templates::Block ended = view.Add(key::kImportEnded);
    bool cut = false;
    const std::string report = Report(home, cut);
    if (!report.empty()) {
      templates::Block shown = ended.Add(key::kImportReported);
      shown.Set(key::kReportText, report);
      if (cut)
        shown.Show(
            key::kReportMore, key::kReportRest,
            words.Format(word::kAdminImportReportMore, {{"file", "private/import-report.txt"}}));
    }
    ended.Set(key::kCloseUrl, frame.links.To("/admin/import/close"));
    const std::string text = EndText(words, *task);
    if (task->end == ImportEnd::kDone) {
      page.Notice(text);
    } else {
      page.Alert(text);
    }
  } else {
    templates::Block offered = view.Add(key::kImportOffered);
    offered.Set(key::kImportUrl, frame.links.To("/admin/import"));
    if (FillImports(view, frame, home, offer) > 0) offered.Show(key::kImportStarts);
    if (!alert.empty()) page.Alert(alert);
    if (!offer.added.empty())
      page.Notice(words.Format(word::kAdminImportAdded, {{"name", offer.added}}));
  }
  return page.Done(status);
}

Response ImportPage(Visit& visit) {
  Context& context = visit.context;
  const auto task = journal::ImportTaskOf(context.tx);
  if (task && task->running) WorkAfterwards(context);
  context.act = [frame = FrameOf(context), viewer = visit.viewer,
                 added = context.request.Param("added").value_or("")](sql::Db& db) {
    return ImportPageOf(frame, viewer, db, {"", added, ""}, "");
  };
  return {};
}

Response ImportState(Visit& visit) {
  Context& context = visit.context;
  const auto task = journal::ImportTaskOf(context.tx);
  const Words& words = context.templates.words();
  if (!task || !task->running) return PieceAnswer({{"running", false}});
  WorkAfterwards(context);
  context.act = [task = *task, &words](sql::Db&) {
    return PieceAnswer({{"running", true},
                        {"what", WhatText(words, task)},
                        {"done", IsCounted(task) ? task.progress.done : 0},
                        {"total", IsCounted(task) ? task.progress.total : 0}});
  };
  return {};
}

Response ImportStart(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  std::vector<std::string> files;
  for (const std::string_view name : form.All(kImportField)) files.emplace_back(name);
  context.act = [frame = FrameOf(context), viewer = visit.viewer, files](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    if (!journal::WorkProgram(home))
      return ImportPageOf(frame, viewer, db, {}, frame.words().Get(word::kAdminDoctorWorkMend),
                          422);
    bool running = false;
    const bool started = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const auto task = journal::ImportTaskOf(tx);
      running = task && task->running;
      return journal::StartImport(tx, home, files);
    });
    if (!started && !running)
      return ImportPageOf(frame, viewer, db, {}, frame.words().Get(word::kAdminImportChooseFirst),
                          422);
    return fcgi::Redirect(303, frame.links.To("/admin/import").view());
  };
  WorkAfterwards(context);
  return {};
}

// For hosts where nothing runs after a reply.
Response ImportGo(Visit& visit) {
  Context& context = visit.context;
  context.act = [frame = FrameOf(context), viewer = visit.viewer](sql::Db& db) {
    if (!Slice(HomeOf(db)))
      return ImportPageOf(frame, viewer, db, {}, frame.words().Get(word::kAdminDoctorWorkMend),
                          422);
    return fcgi::Redirect(303, frame.links.To("/admin/import").view());
  };
  return {};
}

Response ImportClose(Visit& visit) {
  Context& context = visit.context;
  context.act = [frame = FrameOf(context)](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { journal::CloseImport(tx, HomeOf(db)); });
    return fcgi::Redirect(303, frame.links.To("/admin/import").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
