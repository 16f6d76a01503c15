// What the owner's page asked for: a backup, an export, or the way back to a backup.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "journal/backups.h"
#include "sql/tx.h"
#include "work/backup.h"
#include "work/drain.h"
#include "work/export.h"
#include "work/restore.h"
#include "work/zip.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
using journal::ExportForm;
using journal::Keeping;

constexpr std::chrono::seconds kSlice(5);

// One of each form stays: the newest.
void Export(const Tools& tools, const ExportForm& form, const fs::path& backup) {
  const journal::Home& home = tools.journal.home;
  fs::create_directories(home.Exports());
  fs::permissions(home.Exports(), fs::perms::owner_all);
  const auto before = journal::ExportsOf(home);
  const fs::path file = journal::ExportFileFor(home, form, tools.clock());
  const std::string report = ExportTo(tools.journal, form, tools.clock(), file, backup);
  if (!report.empty()) std::ofstream(journal::ReportOf(file), std::ios::binary) << report;
  for (const journal::KeptFile& old : before) {
    if (old.what != form.what || old.file == file) continue;
    fs::remove(old.file);
    fs::remove(journal::ReportOf(old.file));
  }
}

void Restore(const Tools& tools, std::int64_t at) {
  const auto all = journal::BackupsOf(tools.journal.home);
  const auto one = std::find_if(all.begin(), all.end(),
                                [&](const journal::KeptFile& file) { return file.at == at; });
  if (one == all.end()) throw ZipTrouble{"The backup is not there any more."};
  static_cast<void>(RestoreBackup(tools.journal.home, one->file, tools.clock()));
}

}  // namespace

void DoKeep(const Tools& tools, const journal::Job& job) {
  const journal::Home& home = tools.journal.home;
  const auto finish = [&] {
    tools.journal.db.Write(sql::Publicity::kPrivate,
                           [&](sql::Tx& tx) { static_cast<void>(journal::FinishJob(tx, job)); });
  };
  const auto what = static_cast<Keeping>(job.subject);
  fs::path backup;
  if (what == Keeping::kBackup || what == Keeping::kStatic) {
    const auto slice = KeepSlice(home, tools.clock(), kSlice);
    if (slice && slice->outcome != BackupSlice::Outcome::kFinished) {
      const bool occupied = slice->outcome == BackupSlice::Outcome::kOccupied;
      tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
        journal::PostponeJob(tx, job, tools.clock() + (occupied ? 2 : 0));
      });
      return;
    }
    if (!slice || what == Keeping::kBackup) return finish();
    backup = slice->file;
  }
  std::string why;
  try {
    const auto form =
        std::find_if(std::begin(journal::kExportForms), std::end(journal::kExportForms),
                     [&](const ExportForm& one) { return one.what == what; });
    if (form != std::end(journal::kExportForms)) {
      Export(tools, *form, backup);
    } else {
      Restore(tools, job.subject);
    }
  } catch (const ZipTrouble& trouble) {
    why = trouble.reason;
  } catch (const std::exception& error) {
    why = error.what();
  }
  if (!why.empty()) std::fprintf(stderr, "daybook-work: %s\n", why.c_str());
  journal::NoteNothingWasKept(home, why);
  finish();
}

}  // namespace daybook::work
