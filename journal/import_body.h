// An old entry's text made a journal's: shortcodes to HTML, its featured picture put in, and every
// address that led to the old journal made to lead to this one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/import_files.h"
#include "journal/import_hosts.h"
#include "journal/import_items.h"
#include "journal/import_report.h"

namespace daybook::journal {

class ImportBodies {
 public:
  // All must live as long as this.
  ImportBodies(const OldJournal& journal, const OldHosts& hosts, ImportFiles& files,
               ImportReport& report);

  // Changes the draft's texts. `file`: the export's name, for the report.
  void Convert(OldEntry& entry, const std::string& file);

  // The old journal's file with that id.
  [[nodiscard]] const OldFile* FileByKey(const std::string& key) const;
  // As the files' keeper wants it; nothing if its address is none of the old journal's.
  [[nodiscard]] std::optional<ImportFiles::Wanted> WantedOf(const OldFile& file,
                                                            const std::string& export_name) const;

  // Addresses of pages that texts named, and where first. At most 20,000.
  [[nodiscard]] const std::map<std::string, ImportNote>& named_pages() const {
    return named_pages_;
  }

 private:
  struct Where {
    const OldEntry& entry;
    ImportNote note;
  };
  std::string ConvertText(const std::string& text, const Where& where,
                          std::map<std::string, std::int64_t>& dropped);
  void AddFeatured(OldEntry& entry, const std::string& file);

  const OldJournal& journal_;
  const OldHosts& hosts_;
  ImportFiles& files_;
  ImportReport& report_;
  std::map<std::string, std::size_t, std::less<>> by_key_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_parent_;
  std::map<std::string, ImportNote> named_pages_;
};

// "entry “Title”", "page “Title”".
[[nodiscard]] std::string ItemName(const OldEntry& entry);

}  // namespace daybook::journal
