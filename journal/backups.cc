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

constexpr const char* kWritten = "daybook-%Y-%m-%d-%H%M%S";
constexpr std::string_view kRead = "daybook-YYYY-NN-DD-HHMMSS";  // N: month

// What follows the date in a file's name; nothing if the name has none. (strptime would be another
// 13 KB of program.)
std::optional<std::string> EndingOf(std::string_view name, Seconds& at) {
  if (name.size() < kRead.size()) return std::nullopt;
  std::tm read{};
  for (std::size_t i = 0; i < kRead.size(); ++i) {
    const auto takes = [&](char part, int& number) {
      if (kRead[i] != part) return false;
      number = number * 10 + (name[i] - '0');
      return true;
    };
    const bool is_part = takes('Y', read.tm_year) || takes('N', read.tm_mon) ||
                         takes('D', read.tm_mday) || takes('H', read.tm_hour) ||
                         takes('M', read.tm_min) || takes('S', read.tm_sec);
    if (is_part ? name[i] < '0' || name[i] > '9' : name[i] != kRead[i]) return std::nullopt;
  }
  read.tm_year -= 1900;
  --read.tm_mon;
  at = timegm(&read);
  return std::string(name.substr(kRead.size()));
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
  std::strftime(name, sizeof name, kWritten, &parts);
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
