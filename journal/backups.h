// Backups and exports as the owner's page asks for them and lists them: files in private/backups/
// and private/exports/, and jobs of the kind kKeep. Making them is daybook-work's
// (work/keep_job.cc).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/home.h"
#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// What a job of the kind kKeep is about, its subject: these, or the moment of a backup to which the
// journal goes back.
enum class Keeping : std::int64_t {
  kBackup = 0,
  kWxr = 1,
  kMovableType = 2,
  kMarkdown = 3,
  kJson = 4,
  kStatic = 5
};

struct ExportForm {
  Keeping what;
  std::string_view name;    // of --format and of the page's form
  std::string_view ending;  // of its file
};
inline constexpr ExportForm kExportForms[] = {{Keeping::kWxr, "wxr", ".wxr.xml"},
                                              {Keeping::kMovableType, "mt", ".mt.txt"},
                                              {Keeping::kMarkdown, "markdown", ".markdown.zip"},
                                              {Keeping::kJson, "json", ".json"},
                                              {Keeping::kStatic, "static", ".static.zip"}};
[[nodiscard]] const ExportForm* ExportFormNamed(std::string_view name);

struct KeptFile {
  std::filesystem::path file;
  Seconds at = 0;
  std::uintmax_t bytes = 0;
  Keeping what = Keeping::kBackup;
};
// The finished ones, newest first: backups/daybook-2026-11-24-013000.zip.
[[nodiscard]] std::vector<KeptFile> BackupsOf(const Home& home);
// exports/daybook-2026-11-24-013000.json, and beside it .json.report where it could not hold all.
[[nodiscard]] std::vector<KeptFile> ExportsOf(const Home& home);
[[nodiscard]] std::filesystem::path ExportFileFor(const Home& home, const ExportForm& form,
                                                  Seconds at);
[[nodiscard]] std::filesystem::path ReportOf(const std::filesystem::path& exported);

// Inside the caller's transaction, private.
void AskToKeep(sql::Tx& tx, Keeping what, Seconds now);
void AskToRestore(sql::Tx& tx, Seconds of_backup, Seconds now);
// Subjects of what is being made or waits for it.
[[nodiscard]] std::vector<std::int64_t> BeingKept(sql::Tx& tx);

// How far a backup is, told by the process that makes it; nothing before its first step ended.
struct BackupStep {
  bool files = false;  // else pages
  std::int64_t done = 0, total = 0;
};
[[nodiscard]] std::optional<BackupStep> BackupStepOf(const Home& home);
void NoteBackupStep(const Home& home, const BackupStep& step);

// Why the last attempt came to nothing; empty if it did not.
[[nodiscard]] std::string WhyNothingWasKept(const Home& home);
void NoteNothingWasKept(const Home& home, std::string_view why);  // empty: all is well

}  // namespace daybook::journal
