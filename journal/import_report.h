// What an import found, what it took, and what its owner must look at. How that reads is
// work/import_report.h.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::journal {

// What became of something: the key of a text in words/en.txt and what is put into its {what}.
[[nodiscard]] std::string Left(std::string_view key, std::string_view what = {});

struct ImportCount {
  std::int64_t found = 0;
  std::int64_t taken = 0;        // they are in the journal now
  std::int64_t here_before = 0;  // of those: an earlier import had taken them
};

// One thing that needs the owner.
struct ImportNote {
  std::string file;       // name of the export file
  std::int64_t line = 0;  // 0: of no line
  std::string item;       // "entry “Harbour”", "comment by Ann"; may be empty
  std::string reason;     // a sentence or two
};

struct ImportReport {
  ImportCount entries, pages, comments, references, files;
  std::vector<ImportNote> first;   // what needs the owner before all else
  std::vector<ImportNote> needs;   // the first kMaxNotes
  std::int64_t more_needs = 0;     // how many there were beyond those
  std::vector<std::string> notes;  // what was done, for the owner to know
  // Things that were left as they were or out, by their Left(), with the number of times and the
  // first place of each.
  struct Dropped {
    std::int64_t times = 0;
    ImportNote first;
  };
  std::map<std::string, Dropped> dropped;
  bool dry_run = false;
  bool interrupted = false;
  std::string stopped;  // why it did not come to its end

  static constexpr std::size_t kMaxNotes = 10'000;
  void Need(ImportNote note);
  void Drop(const std::string& what, std::int64_t times, const ImportNote& where);
  // An entry, page, comment or reference was not taken.
  [[nodiscard]] bool AnyFailed() const;
  // Lines that need the owner.
  [[nodiscard]] std::int64_t Needs() const;
};

}  // namespace daybook::journal
