// An import from the owner's pages: files in private/import, taken in slices of a few seconds,
// because under CGI nothing may run for long: by a worker, where there is one (JobKind::kImport),
// and by the page that shows how far it is. Each slice is an import of the same files that is
// interrupted when its time is over (import.h: nothing is doubled); notes among the settings say
// how far it is. At most one slice runs at a time, whoever starts it and however it ends.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/home.h"
#include "journal/import.h"
#include "journal/journal.h"
#include "journal/media_store.h"

namespace daybook::journal {

struct ImportCandidate {
  std::string name;
  std::int64_t size = 0;
};
// What lies in private/import and may be an export, by name. Not what is hidden, empty or a link.
[[nodiscard]] std::vector<ImportCandidate> ImportCandidates(const Home& home);

// A name under which a file can lie there: no folder, nothing hidden, 100 bytes at most; never
// empty, and nobody's yet.
[[nodiscard]] std::string ImportNameFor(const Home& home, std::string_view sent);

// Writes a file that a form sent under a new name. False if it cannot be kept whole.
[[nodiscard]] bool KeepUpload(const UploadedFile& file, const std::filesystem::path& to);

struct ImportTask {
  std::vector<std::string> files;  // names in private/import
  bool running = false;            // there is more to do
  ImportProgress progress;         // of the last slice that said anything
  ImportEnd end = ImportEnd::kInterrupted;
  std::string why;              // it was refused or stopped
  std::int64_t unfinished = 0;  // slices in a row that did not end and brought nothing
};
[[nodiscard]] std::optional<ImportTask> ImportTaskOf(sql::Tx& tx);
// Those of `names` that are candidates. False if none is, or one is running already. Private.
[[nodiscard]] bool StartImport(sql::Tx& tx, const Home& home,
                               const std::vector<std::string>& names);
// Puts a task that has ended away, with its report.
void CloseImport(sql::Tx& tx, const Home& home);

// Where the report of the last one is.
[[nodiscard]] std::filesystem::path ImportReportFile(const Home& home);

// One slice, if there is work and nobody else is at it. `text` makes the report of what is at its
// end. Throws DbError for what no other slice could mend.
enum class ImportSlice { kEnded, kMore, kOccupied };
using ImportReportText = std::function<std::string(const ImportReport& report)>;
ImportSlice RunImportSlice(const Home& home, Seconds now, const ImportReportText& text);

}  // namespace daybook::journal
