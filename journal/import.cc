// The order of an import: what each file is, its check, its second pass, the report.
#include "journal/import.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "journal/import_bytes.h"
#include "journal/import_items.h"
#include "journal/import_json.h"
#include "journal/import_media.h"
#include "journal/import_mt.h"
#include "journal/import_run.h"
#include "journal/import_wxr.h"
#include "journal/related.h"

namespace daybook::journal {
namespace {

struct Checked {
  std::string name;
  std::unique_ptr<ImportBytes> bytes;
  OldJournal old;
};

// "Etc/GMT+7", whose sign is that of POSIX, as people write it.
std::string ZoneInWords(const std::string& zone) {
  constexpr std::string_view kFixed = "Etc/GMT";
  if (!zone.starts_with(kFixed) || zone.size() < kFixed.size() + 2) return zone;
  return (zone[kFixed.size()] == '+' ? "UTC−" : "UTC+") + zone.substr(kFixed.size() + 1);
}

// The zone in which dates are read: the journal's, or, where nobody has chosen one yet, the one
// that the old journal's dates show. Then it becomes the journal's.
ImportClock TakeClock(Journal& journal, const std::vector<Checked>& files, bool dry_run,
                      ImportReport& report) {
  ClockGuess guess;
  std::string language;
  for (const Checked& file : files) {
    guess.Join(file.old.clock);
    if (language.empty()) language = file.old.language;
  }
  const std::string old = guess.Zone(language), own = journal.Load().zone;
  if (old.empty() || old == own) return {own, !old.empty()};
  const bool chosen =
      journal.db.Read([&](sql::Tx& tx) { return IsSettingSet(tx, journal.config, "zone"); });
  if (chosen) {
    report.notes.push_back("The old journal's clock was that of " + ZoneInWords(old) +
                           "; times are shown as this journal's zone has them, " +
                           ZoneInWords(own) + ".");
    return {own, false};
  }
  if (!dry_run) {
    const SetResult set = journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return SetSetting(tx, journal.config, "zone", old);
    });
    if (set.outcome != SetOutcome::kSet) return {own, false};
  }
  report.first.push_back(
      {{},
       0,
       "Time zone",
       "Nobody had chosen one, and the old journal's times are those of " + ZoneInWords(old) +
           ", so that is this journal's zone now and readers see the times that they know. Where "
           "another place is right: daybook settings set zone PLACE."});
  return {old, true};
}

ImportFormat Detect(const std::filesystem::path& file) {
  const auto bytes = ImportBytes::Open(file);
  const std::string head(bytes == nullptr ? std::string_view() : bytes->Next());
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) throw ImportTrouble{1, "The file is empty."};
  if (head[first] == '<') return ImportFormat::kWxr;
  if (LooksLikeJson(head)) return ImportFormat::kJson;
  if (LooksLikeMovableType(head)) return ImportFormat::kMovableType;
  throw ImportTrouble{1,
                      "This is no export that can be read: neither WordPress's (WXR), nor Movable "
                      "Type's, nor Daybook's JSON."};
}

Checked Check(const std::filesystem::path& file, const std::string& name, ImportFormat format,
              const ScanOptions& scan) {
  Checked checked;
  checked.name = name;
  checked.bytes = ImportBytes::Open(file);
  if (checked.bytes == nullptr)
    throw ImportTrouble{0, "There is no file of that name that can be read."};
  if (format == ImportFormat::kAuto) format = Detect(file);
  checked.old = format == ImportFormat::kWxr           ? ScanWxr(*checked.bytes, scan)
                : format == ImportFormat::kMovableType ? ScanMovableType(*checked.bytes, scan)
                                                       : ScanJson(*checked.bytes, scan);
  return checked;
}

// WordPress.com gives a large journal in several files, and a gallery in one shows pictures that
// another lists.
void ShareFiles(std::vector<Checked>& files) {
  constexpr std::size_t kMostShared = 200'000;  // beyond that each knows only its own
  std::vector<std::size_t> own;
  std::size_t all = 0;
  for (const Checked& file : files) all += own.emplace_back(file.old.files.size());
  if (all * (files.size() - 1) > kMostShared) return;
  for (std::size_t to = 0; to < files.size(); ++to) {
    for (std::size_t from = 0; from < files.size(); ++from) {
      if (from == to || files[from].old.identity != files[to].old.identity) continue;
      for (std::size_t i = 0; i < own[from]; ++i) {
        files[to].old.files.push_back(files[from].old.files[i]);
        files[to].old.files.back().listed_in = files[from].name;
      }
    }
  }
}

std::string Refusal(const std::string& name, const ImportTrouble& trouble) {
  return name + (trouble.line > 0 ? ", line " + std::to_string(trouble.line) : "") + ": " +
         trouble.reason;
}

// Here, where somebody waits anyway: by a worker every page would change once more a little later.
// What an interruption leaves is the worker's.
void RelateAll(Journal& journal, const ImportOptions& options, std::int64_t entries) {
  constexpr std::int64_t kStep = kRelatedStep;
  for (std::int64_t done = 0; !(options.interrupted && options.interrupted()); done += kStep) {
    if (options.progress) options.progress({"Related entries", std::min(done, entries), entries});
    if (!journal.db.Write(sql::Publicity::kPrivate, RelateSome)) return;
  }
}

}  // namespace

std::optional<ImportFormat> ImportFormatNamed(std::string_view name) {
  if (name == "auto") return ImportFormat::kAuto;
  if (name == "wxr") return ImportFormat::kWxr;
  if (name == "mt") return ImportFormat::kMovableType;
  if (name == "json") return ImportFormat::kJson;
  return std::nullopt;
}

ImportResult Import(Journal& journal, const ImportOptions& options, Seconds now) {
  ImportResult result;
  result.report.dry_run = options.dry_run;
  std::string name;
  try {
    std::optional<MediaFolder> folder;
    if (options.media) folder = MediaFolder::Open(*options.media);
    ScanOptions scan;
    scan.zone = journal.Load().zone;
    std::vector<Checked> files;
    for (const std::filesystem::path& file : options.files) {
      name = file.filename().string();
      std::error_code ignored;
      const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file, ignored));
      scan.step = [&](std::uint64_t bytes) {
        if (options.interrupted && options.interrupted()) throw ImportInterrupted();
        if (options.progress)
          options.progress({"Checking", static_cast<std::int64_t>(bytes), size});
      };
      files.push_back(Check(file, name, options.format, scan));
    }
    // One journal in several files comes in the order in which it was written.
    std::stable_sort(files.begin(), files.end(), [](const Checked& a, const Checked& b) {
      const auto first = [](const Checked& c) {
        return c.old.entries.empty() ? kNever : c.old.entries.front().at;
      };
      return first(a) < first(b);
    });
    name.clear();
    const ImportClock clock = TakeClock(journal, files, options.dry_run, result.report);
    if (files.size() > 1) ShareFiles(files);
    std::map<std::string, ImportFiles::Counted> counted;
    std::vector<std::unique_ptr<ImportRun>> runs;
    for (const Checked& file : files) {
      name = file.name;
      runs.push_back(std::make_unique<ImportRun>(
          ImportRun::Parts{journal, options, folder ? &*folder : nullptr, now, clock}, file.old,
          file.name, result.report, counted[file.old.identity]));
      runs.back()->Take();
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
      name = files[i].name;
      runs[i]->Finish();
    }
    name.clear();
    if (!options.dry_run) {
      std::int64_t entries = 0;
      for (const Checked& file : files) entries += std::ssize(file.old.entries);
      RelateAll(journal, options, entries);
    }
    // The last write is on the disk when it returns, and with it all before it: now the owner may
    // be told.
    if (!options.dry_run) journal.db.Write(sql::Publicity::kPublic, [](sql::Tx&) {});
    result.end = result.report.AnyFailed() ? ImportEnd::kSomeFailed : ImportEnd::kDone;
  } catch (const ImportTrouble& trouble) {
    result.end = ImportEnd::kRefused;
    result.refusal = name.empty() ? trouble.reason : Refusal(name, trouble);
  } catch (const ImportStopped& stopped) {
    result.end = ImportEnd::kStopped;
    result.report.stopped = stopped.reason;
  } catch (const sql::DbError& error) {
    if (error.kind() != sql::DbError::Kind::kFull) throw;
    result.end = ImportEnd::kStopped;
    result.report.stopped = "The disk that holds the journal is full.";
  } catch (const ImportInterrupted&) {
    result.end = ImportEnd::kInterrupted;
    result.report.interrupted = true;
  }
  return result;
}

}  // namespace daybook::journal
