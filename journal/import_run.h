// The second pass over one checked file. Internal to the import: everybody else has import.h.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "journal/edit.h"
#include "journal/import.h"
#include "journal/import_batch.h"
#include "journal/import_body.h"
#include "journal/import_files.h"
#include "journal/import_hosts.h"
#include "journal/import_items.h"
#include "journal/import_terms.h"
#include "journal/settings.h"

namespace daybook::journal {

class ImportRun {
 public:
  struct Parts {
    Journal& journal;
    const ImportOptions& options;
    const MediaFolder* folder;  // null without --media
    Seconds now;
    ImportClock clock;
  };
  // `old`, `report` and `counted` must live as long as this. `file` is the export's name.
  ImportRun(Parts parts, const OldJournal& old, std::string file, ImportReport& report,
            ImportFiles::Counted& counted);

  // Throw ImportInterrupted, ImportTrouble (the disk), DbError.
  void Take();
  // After Take, and after that of every other file of the same journal: what may lead from one
  // file to another.
  void Finish();

 private:
  struct Prepared {
    std::size_t number = 0;  // in old_.entries
    OldEntry entry;
    RenderedEntry rendered;
    Id here = 0;        // it is there already
    bool twin = false;  // `here` was found while writing, and is forgotten if that is undone
    Id id = 0;
    std::string path;
    bool parent_missing = false;
    std::int64_t mark = 0;  // of the text as it goes in
    std::int64_t left = 0;  // of the text as the last import left it
    bool renew = false;     // it is here as that left it, and would be another now
    bool renewed = false;
    std::optional<EntryDraft> now;  // to renew: as it becomes
  };

  // import_run.cc
  void KnowFiles();
  void TakeSettings();
  void TakeFiles();
  void WriteFileRows(sql::Tx& tx, const FileRows& rows);
  void FlushFiles(FileRows rows);
  // import_run_entries.cc
  void TakeEntries();
  void LinkParents();
  void Prepare(std::vector<Prepared>& chunk);
  void NameApart(OldEntry& entry);
  void WriteEntry(sql::Tx& tx, Prepared& p);
  void PlanToRenew(sql::Tx& tx, Prepared& p);
  void Renew(sql::Tx& tx, Prepared& p);
  // import_run_answers.cc
  void TakeAnswers();
  // import_extras.cc
  void TakeExtras();
  void RedirectFilePages();
  void RedirectFeedFiles();
  void TakeNavigation();
  void TakeSidebar();
  void CheckNamedPages();

  ImportCount& CountOf(const OldEntry& entry) {
    return entry.draft.kind == EntryKind::kPage ? report_.pages : report_.entries;
  }
  ImportNote NoteAt(std::int64_t line, std::string item, std::string reason) const {
    return {file_, line, std::move(item), std::move(reason)};
  }
  void Between(const char* what, std::size_t done, std::size_t total) const;
  Id FindItem(sql::Tx& tx, std::string_view kind, const std::string& key) const;

  Parts parts_;
  const OldJournal& old_;
  std::string file_;
  ImportReport& report_;
  Settings settings_;
  OldHosts hosts_;
  ImportFiles files_;
  ImportBodies bodies_;
  ImportBatches batches_;
  ImportTerms terms_;
  bool was_empty_ = false;
  std::unordered_map<std::size_t, std::vector<std::size_t>>
      contents_of_;                                            // by key, as hashes, in order
  std::unordered_map<std::size_t, std::size_t> answers_seen_;  // key to content, as hashes
  std::vector<Id> entry_ids_;                                  // by number; 0: not taken
  std::vector<bool> has_answers_;                              // by number
  std::vector<std::pair<Id, std::string>> parents_wanted_;     // pages whose parent came later
  std::map<std::string, Id> media_ids_;                        // by path below public/media
  std::set<std::string, std::less<>> new_files_;               // of those: this run brought them
  std::int64_t renewed_ = 0;
};

}  // namespace daybook::journal
