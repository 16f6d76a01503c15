// Lists of files, requests for more of them, and two small files that say how it goes.
#include "journal/backups.h"

#include <algorithm>
#include <ctime>
#include <fstream>

#include "journal/jobs.h"
#include "sql/queries/job.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "daybook-%Y-%m-%d-%H%M%S";

// What follows the date in a file's name; nothing if the name has none.
std::optional<std::string> EndingOf(const std::string& name, Seconds& at) {
  std::tm read{};
  const char* end = strptime(name.c_str(), kName, &read);
  if (end == nullptr) return std::nullopt;
  at = timegm(&read);
  return end;
}

void SortByTime(std::vector<KeptFile>& all) {
  std::sort(all.begin(), all.end(), [](const KeptFile& a, const KeptFile& b) {
    return a.at != b.at ? a.at > b.at : a.file > b.file;
  });
}

fs::path StepFile(const Home& home) { return home.Backups() / ".making" / "shown"; }
fs::path FailedFile(const Home& home) { return home.Backups() / ".failed"; }

}  // namespace

const ExportForm* ExportFormNamed(std::string_view name) {
  for (const ExportForm& form : kExportForms)
    if (form.name == name) return &form;
  return nullptr;
}

std::vector<KeptFile> BackupsOf(const Home& home) {
  std::vector<KeptFile> all;
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(home.Backups(), error)) {
    Seconds at = 0;
    if (EndingOf(file.path().filename().string(), at) != ".zip") continue;
    all.push_back({file.path(), at, file.file_size(error)});
  }
  SortByTime(all);
  return all;
}

std::vector<KeptFile> ExportsOf(const Home& home) {
  std::vector<KeptFile> all;
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(home.Exports(), error)) {
    Seconds at = 0;
    const auto ending = EndingOf(file.path().filename().string(), at);
    for (const ExportForm& form : kExportForms) {
      if (ending == form.ending) all.push_back({file.path(), at, file.file_size(error), form.what});
    }
  }
  SortByTime(all);
  return all;
}

fs::path ExportFileFor(const Home& home, const ExportForm& form, Seconds at) {
  const auto seconds = static_cast<std::time_t>(at);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char name[40];
  std::strftime(name, sizeof name, kName, &parts);
  return home.Exports() / (std::string(name) + std::string(form.ending));
}

fs::path ReportOf(const fs::path& exported) { return exported.string() + ".report"; }

void AskToKeep(sql::Tx& tx, Keeping what, Seconds now) {
  Enqueue(tx,
          {.kind = JobKind::kKeep, .subject = static_cast<Id>(what), .run_at = now, .priority = 8});
}

void AskToRestore(sql::Tx& tx, Seconds of_backup, Seconds now) {
  Enqueue(tx, {.kind = JobKind::kKeep, .subject = of_backup, .run_at = now, .priority = 8});
}

std::vector<std::int64_t> BeingKept(sql::Tx& tx) {
  std::vector<std::int64_t> subjects;
  sql::Rows rows = tx.Query(sql::query::kJobsOfKind, static_cast<std::int64_t>(JobKind::kKeep));
  while (rows.Step()) subjects.push_back(rows.Int(0));
  return subjects;
}

std::optional<BackupStep> BackupStepOf(const Home& home) {
  std::ifstream in(StepFile(home));
  BackupStep step;
  if (!(in >> step.files >> step.done >> step.total)) return std::nullopt;
  return step;
}

void NoteBackupStep(const Home& home, const BackupStep& step) {
  std::ofstream(StepFile(home)) << step.files << " " << step.done << " " << step.total << "\n";
}

std::string WhyNothingWasKept(const Home& home) {
  std::ifstream in(FailedFile(home));
  std::string why;
  std::getline(in, why);
  return why;
}

void NoteNothingWasKept(const Home& home, std::string_view why) {
  std::error_code ignored;
  if (why.empty()) {
    fs::remove(FailedFile(home), ignored);
  } else {
    fs::create_directories(home.Backups(), ignored);
    std::ofstream(FailedFile(home)) << why << "\n";
  }
}

}  // namespace daybook::journal
