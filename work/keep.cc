// `daybook backup`, `restore` and `check`: the commands around backup.h and restore.h.
#include <algorithm>
#include <array>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "journal/backups.h"
#include "journal/journal.h"
#include "journal/setup.h"
#include "work/backup.h"
#include "work/command.h"
#include "work/restore.h"
#include "work/zip.h"

namespace daybook::work {

using text::Arguments, text::Complain, text::Grouped, text::kDone, text::kFailed, text::kWrongUse;
using text::Print, text::Progress;

namespace {

namespace fs = std::filesystem;

std::optional<journal::Home> HomeOf(const Arguments& arguments) {
  auto home = journal::FindHome(arguments.Get("home"));
  if (!home) Complain("Which journal? Name its folder with --home DIR, or set DAYBOOK_HOME.");
  return home;
}

std::string InMegabytes(std::uintmax_t bytes) {
  constexpr std::uintmax_t kTenth = 104858;
  const std::uintmax_t tenths = (bytes + kTenth - 1) / kTenth;
  return Grouped(static_cast<long long>(tenths / 10)) + "." + std::to_string(tenths % 10) + " MB";
}

int List(const journal::Home& home, bool json) {
  auto all = nlohmann::ordered_json::array();
  for (const journal::KeptFile& backup : journal::BackupsOf(home)) {
    if (json) {
      all.push_back({{"file", backup.file.string()}, {"at", backup.at}, {"bytes", backup.bytes}});
    } else {
      Print(backup.file.string() + "  " + InMegabytes(backup.bytes));
    }
  }
  if (json) Print(all.dump(1));
  return kDone;
}

// Where the owner wants it, too: its bytes are nobody else's there either.
void CopyTo(const fs::path& from, fs::path to) {
  if (fs::is_directory(to)) to /= from.filename();
  fs::path part = to;
  part += ".part";
  fs::copy_file(from, part, fs::copy_options::overwrite_existing);
  fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(part, to);
  Print("Copied to " + to.string());
}

}  // namespace

int RunBackup(const Arguments& arguments) {
  const auto home = HomeOf(arguments);
  if (!home) return kWrongUse;
  if (arguments.Has("list")) return List(*home, arguments.Has("json"));
  static_cast<void>(journal::OpenJournal(*home));  // says what is to be done where there is none
  constexpr std::chrono::seconds kSlice(20);
  BackupSlice slice;
  try {
    Progress progress;
    std::time_t shown = 0;
    const auto show = [&](const BackupProgress& p) {
      if (std::time(nullptr) == shown) return;
      shown = std::time(nullptr);
      progress.Show("Backup: " + p.step + " " + Grouped(static_cast<long long>(p.done)) + " of " +
                    Grouped(static_cast<long long>(p.total)));
    };
    do {
      slice = MakeBackupSlice(*home, std::time(nullptr), kSlice, show);
      if (arguments.Has("slice")) break;
    } while (slice.outcome == BackupSlice::Outcome::kMore);
  } catch (const ZipTrouble& trouble) {
    Complain(trouble.reason);
    return kFailed;
  }
  if (slice.outcome == BackupSlice::Outcome::kOccupied) {
    Complain("Another process is making a backup just now.");
    return kFailed;
  }
  if (slice.outcome == BackupSlice::Outcome::kMore) {
    Print("Begun; the next call goes on.");
    return kDone;
  }
  for (const std::string& name : slice.left_out) Complain(name + " could not be read.");
  if (arguments.Has("json")) {
    nlohmann::ordered_json said = {{"file", slice.file.string()},
                                   {"bytes", fs::file_size(slice.file)},
                                   {"left_out", slice.left_out}};
    Print(said.dump(1));
  } else {
    Print(slice.file.string() + "  " + InMegabytes(fs::file_size(slice.file)));
  }
  if (!arguments.rest.empty()) CopyTo(slice.file, arguments.rest.front());
  return slice.left_out.empty() ? kDone : kFailed;
}

int RunRestore(const Arguments& arguments) {
  const auto home = HomeOf(arguments);
  if (!home) return kWrongUse;
  try {
    const Restored done = RestoreBackup(*home, arguments.rest.front(), std::time(nullptr));
    Print("The journal in " + home->root.string() + " is that of the backup.");
    if (!done.kept.empty()) Print("What was there is in " + done.kept.string() + ".");
    if (done.migrated) Print("It was of an older Daybook and was brought to this one's edition.");
    for (const std::string& name : done.left_out) Print("Left out: " + name + ".");
    return kDone;
  } catch (const ZipTrouble& trouble) {
    Complain(trouble.reason);
    return kFailed;
  }
}

int RunCheck(const Arguments& arguments) {
  const auto home = HomeOf(arguments);
  if (!home) return kWrongUse;
  CheckReport report;
  const bool of_file = !arguments.rest.empty();
  try {
    if (of_file) {
      fs::create_directories(home->Private());
      report.problems =
          ComplaintsAboutBackup(arguments.rest.front(), home->Private() / ".checking");
    } else {
      report = CheckJournal(*home, std::time(nullptr));
    }
  } catch (const ZipTrouble& trouble) {
    report.problems.push_back(trouble.reason);
  }
  if (arguments.Has("json")) {
    nlohmann::ordered_json said = {{"ok", report.problems.empty()}, {"problems", report.problems}};
    if (!of_file) {
      said["entries"] = report.entries;
      said["comments"] = report.comments;
      said["files"] = report.files;
    }
    Print(said.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    for (const std::string& problem : report.problems) Complain(problem);
    if (report.problems.empty() && of_file) Print("The backup is whole.");
    if (report.problems.empty() && !of_file)
      Print("The journal is whole: " + Grouped(report.entries) + " entries and pages, " +
            Grouped(report.comments) + " comments, " + Grouped(report.files) + " files.");
  }
  return report.problems.empty() ? kDone : kFailed;
}

}  // namespace daybook::work
