// Taking in another journal: `daybook import`. Two passes over each file: the first checks it and
// notes where everything is, and nothing has been written if it finds the file to be no export,
// broken or cut off; the second writes, oldest first, in short transactions. Every transaction says
// what came from where, so a second run doubles nothing and an interrupted one goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/import_report.h"
#include "journal/journal.h"
#include "journal/model.h"

namespace daybook::journal {

enum class ImportFormat { kAuto, kWxr, kMovableType, kJson };
// "auto", "wxr", "mt", "json".
[[nodiscard]] std::optional<ImportFormat> ImportFormatNamed(std::string_view name);

struct ImportProgress {
  std::string what;  // "Checking", "Entries", "Comments", "Files"
  std::int64_t done = 0, total = 0;
};

struct ImportOptions {
  std::vector<std::filesystem::path> files;
  ImportFormat format = ImportFormat::kAuto;
  std::optional<std::filesystem::path> media;  // where the old journal's files are
  bool dry_run = false;
  std::function<void(const ImportProgress&)> progress;  // may be empty; called often
  std::function<bool()> interrupted;                    // may be empty; asked between transactions
};

enum class ImportEnd {
  kDone,
  kSomeFailed,   // an entry, page, comment or reference was not taken
  kRefused,      // a file cannot be taken, so nothing was written; `refusal` says why
  kInterrupted,  // what was taken is kept
  kStopped,      // likewise: a disk is full; report.stopped says so
};

struct ImportResult {
  ImportEnd end = ImportEnd::kDone;
  std::string refusal;  // "blog.xml, line 12: The file ends here …"
  ImportReport report;
  [[nodiscard]] int ExitCode() const { return end == ImportEnd::kDone ? 0 : 1; }
};

// Throws DbError for what is no full disk, and nothing else.
[[nodiscard]] ImportResult Import(Journal& journal, const ImportOptions& options, Seconds now);

}  // namespace daybook::journal
