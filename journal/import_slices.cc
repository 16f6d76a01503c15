// The notes of an import and its slices.
#include "journal/import_slices.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "journal/edit_common.h"
#include "journal/jobs.h"
#include "sql/lock.h"
#include "sql/queries/import.h"
#include "sql/queries/settings.h"
#include "sql/queries/setup.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;
namespace query = sql::query;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kTask = "import.task";
constexpr std::string_view kTold =
    "import.told";  // what earlier slices found out, and say once only
constexpr std::size_t kNameMax = 100;
constexpr std::int64_t kSlice = 3, kLongestSlice = 24;  // seconds
constexpr std::int64_t kMostUnfinished = 20;
constexpr std::chrono::milliseconds kTellEvery(400);

Json Parsed(sql::Tx& tx, std::string_view name) {
  return Json::parse(tx.Text(query::kSetupNote, name).value_or(""), nullptr, false);
}
void Put(sql::Tx& tx, std::string_view name, const Json& json) {
  tx.Exec(query::kSettingPut, name, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json JsonOf(const ImportNote& note) { return {note.file, note.line, note.item, note.reason}; }
ImportNote NoteOf(const Json& json) {
  if (!json.is_array() || json.size() != 4) return {};
  return {json[0].get<std::string>(), json[1].get<std::int64_t>(), json[2].get<std::string>(),
          json[3].get<std::string>()};
}
bool Same(const ImportNote& a, const ImportNote& b) {
  return a.file == b.file && a.line == b.line && a.item == b.item && a.reason == b.reason;
}

// What an earlier slice said of things that this one found taken already.
void Recall(const Json& told, ImportReport& report) {
  const auto merge = [](const Json& from, std::vector<ImportNote>& into) {
    if (!from.is_array()) return;
    std::vector<ImportNote> all;
    for (const Json& one : from) {
      ImportNote note = NoteOf(one);
      const bool said = std::any_of(into.begin(), into.end(),
                                    [&](const ImportNote& have) { return Same(have, note); });
      if (!said) all.push_back(std::move(note));
    }
    into.insert(into.begin(), std::make_move_iterator(all.begin()),
                std::make_move_iterator(all.end()));
  };
  if (!told.is_object()) return;
  merge(told.value("first", Json()), report.first);
  merge(told.value("needs", Json()), report.needs);
  for (const Json& note : told.value("notes", Json::array())) {
    const std::string text = note.get<std::string>();
    if (std::find(report.notes.begin(), report.notes.end(), text) == report.notes.end())
      report.notes.push_back(text);
  }
}

Json Told(const ImportReport& report) {
  constexpr std::size_t kMost = 500;  // the rest is in no report, but nothing of it is lost
  Json told = {{"first", Json::array()}, {"needs", Json::array()}, {"notes", report.notes}};
  for (const ImportNote& note : report.first) told["first"].push_back(JsonOf(note));
  for (const ImportNote& note : report.needs) {
    if (told["needs"].size() < kMost) told["needs"].push_back(JsonOf(note));
  }
  return told;
}

// A slice that is not the first finds there what its forerunners brought.
void ForgetForerunners(ImportReport& report) {
  for (ImportCount* count :
       {&report.entries, &report.pages, &report.comments, &report.references, &report.files})
    count->here_before = 0;
}

bool HasFolders(const fs::path& folder) {
  std::error_code error;
  for (const auto& item : fs::directory_iterator(folder, error)) {
    if (item.is_directory(error)) return true;
  }
  return false;
}

void WriteReport(const Home& home, const std::string& text) {
  const fs::path file = ImportReportFile(home), fresh = file.string() + ".new";
  std::error_code error;
  std::ofstream(fresh, std::ios::binary) << text;
  fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write, error);
  fs::rename(fresh, file, error);
}

}  // namespace

std::vector<ImportCandidate> ImportCandidates(const Home& home) {
  std::vector<ImportCandidate> found;
  std::error_code error;
  for (const auto& item : fs::directory_iterator(home.Import(), error)) {
    struct stat info;
    const std::string name = item.path().filename().string();
    if (name.starts_with('.') || !text::IsUtf8(name) || CleanLine(name) != name ||
        lstat(item.path().c_str(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0)
      continue;
    found.push_back({name, info.st_size});
  }
  std::sort(found.begin(), found.end(),
            [](const ImportCandidate& a, const ImportCandidate& b) { return a.name < b.name; });
  constexpr std::size_t kMost = 200;
  if (found.size() > kMost) found.resize(kMost);
  return found;
}

std::string ImportNameFor(const Home& home, std::string_view sent) {
  std::string name(sent.substr(sent.find_last_of("/\\") + 1));
  name = CleanLine(text::RepairUtf8(name));
  name.erase(0, std::min(name.find_first_not_of(". "), name.size()));
  const std::size_t dot = std::min(name.rfind('.'), name.size());
  std::string ending = name.substr(dot);
  if (ending.size() > 10) ending.clear();
  std::string stem(text::CutBytes(name.substr(0, dot), kNameMax - 20));
  if (stem.empty()) stem = "export";
  std::error_code error;
  name = stem + ending;
  for (int n = 2; fs::exists(home.Import() / name, error); ++n)
    name = stem + "-" + std::to_string(n) + ending;
  return name;
}

bool KeepUpload(const UploadedFile& file, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  const int fd = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  std::vector<char> part(256 * 1024);
  bool good = true;
  for (std::uint64_t at = 0; good && at < file.size;) {
    const std::size_t n = file.read(at, part.data(), part.size());
    good = n > 0;
    for (std::size_t done = 0; good && done < n;) {
      const ssize_t wrote = write(fd, part.data() + done, n - done);
      if (wrote < 0 && errno == EINTR) continue;
      good = wrote > 0;
      if (good) done += static_cast<std::size_t>(wrote);
    }
    at += n;
  }
  good = fsync(fd) == 0 && good;
  close(fd);
  if (!good) unlink(to.c_str());
  return good;
}

std::optional<ImportTask> ImportTaskOf(sql::Tx& tx) {
  const Json json = Parsed(tx, kTask);
  if (!json.is_object()) return std::nullopt;
  ImportTask task;
  task.files = json.value("files", std::vector<std::string>());
  task.running = json.value("running", false);
  task.progress = {json.value("what", ""), json.value("done", std::int64_t{0}),
                   json.value("total", std::int64_t{0})};
  task.end = static_cast<ImportEnd>(json.value("end", 0));
  task.why = json.value("why", "");
  task.unfinished = json.value("unfinished", std::int64_t{0});
  return task;
}

bool StartImport(sql::Tx& tx, const Home& home, const std::vector<std::string>& names) {
  const auto task = ImportTaskOf(tx);
  if (task && task->running) return false;
  std::vector<std::string> files;
  for (const ImportCandidate& one : ImportCandidates(home)) {
    if (std::find(names.begin(), names.end(), one.name) != names.end()) files.push_back(one.name);
  }
  if (files.empty()) return false;
  tx.Exec(query::kSetupForget, kTold);
  Put(tx, kTask, {{"files", files}, {"running", true}, {"slice", kSlice}, {"slices", 0}});
  Enqueue(tx, {.kind = JobKind::kImport, .priority = 9});
  return true;
}

void CloseImport(sql::Tx& tx, const Home& home) {
  const auto task = ImportTaskOf(tx);
  if (!task || task->running) return;
  tx.Exec(query::kSetupForget, kTask);
  tx.Exec(query::kSetupForget, kTold);
  unlink(ImportReportFile(home).c_str());
}

fs::path ImportReportFile(const Home& home) { return home.Private() / "import-report.txt"; }

ImportSlice RunImportSlice(const Home& home, Seconds now, const ImportReportText& text) {
  const auto lock =
      sql::FileLock::Take(home.Private() / "import.lock", std::chrono::milliseconds(0));
  if (!lock) return ImportSlice::kOccupied;
  Journal journal = OpenJournal(home);
  const auto note = [&](auto&& change) {
    journal.db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
      Json task = Parsed(tx, kTask);
      if (!task.is_object()) return;
      change(task);
      Put(tx, kTask, task);
    });
  };
  std::int64_t items = 0, seconds = kSlice, slices = 0;
  bool running = false, gave_up = false;
  std::vector<std::string> files;
  Json told;
  journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    Json task = Parsed(tx, kTask);
    running = task.is_object() && task.value("running", false);
    if (!running) return;
    files = task.value("files", std::vector<std::string>());
    told = Parsed(tx, kTold);
    items = tx.Int(query::kImportItems).value_or(0);
    slices = task.value("slices", std::int64_t{0}) + 1;
    seconds = task.value("slice", kSlice);
    // The one before was ended from outside, or did not get as far as anything new: a little more
    // time, as looking through a large file takes some.
    std::int64_t unfinished = 0;
    if (slices > 1 && items == task.value("items", std::int64_t{-1})) {
      unfinished = task.value("unfinished", std::int64_t{0}) + 1;
      seconds = std::min(seconds * 2, kLongestSlice);
    }
    gave_up = unfinished > kMostUnfinished;
    task["items"] = items;
    task["slices"] = slices;
    task["slice"] = seconds;
    task["unfinished"] = unfinished;
    if (gave_up) {
      task["running"] = false;
      task["end"] = static_cast<int>(ImportEnd::kStopped);
    }
    Put(tx, kTask, task);
  });
  if (!running || gave_up) return ImportSlice::kEnded;

  const Clock::time_point late = Clock::now() + std::chrono::seconds(seconds);
  Clock::time_point told_at = Clock::now();
  ImportOptions options;
  for (const std::string& file : files) options.files.push_back(home.Import() / file);
  if (HasFolders(home.Import())) options.media = home.Import();
  options.interrupted = [&] { return Clock::now() >= late; };
  options.progress = [&](const ImportProgress& progress) {
    if (Clock::now() - told_at < kTellEvery) return;
    // What was shown before is not taken back by looking through the file once more.
    if (progress.what == "Checking" && slices > 1) return;
    told_at = Clock::now();
    note([&](Json& task) {
      task["what"] = progress.what;
      task["done"] = progress.done;
      task["total"] = progress.total;
    });
  };
  ImportResult result = Import(journal, options, now);
  Recall(told, result.report);
  if (result.end == ImportEnd::kInterrupted) {
    journal.db.Write(sql::Publicity::kPrivate,
                     [&](sql::Tx& tx) { Put(tx, kTold, Told(result.report)); });
    return ImportSlice::kMore;
  }
  if (slices > 1) ForgetForerunners(result.report);
  std::string why = result.end == ImportEnd::kRefused ? result.refusal : result.report.stopped;
  if (result.end != ImportEnd::kRefused) WriteReport(home, text(result.report));
  note([&](Json& task) {
    task["running"] = false;
    task["end"] = static_cast<int>(result.end);
    task["why"] = why;
  });
  return ImportSlice::kEnded;
}

}  // namespace daybook::journal
