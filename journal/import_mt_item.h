// One entry or answer of a Movable Type file: what its lines say, and what that means for a
// journal.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "journal/import_hosts.h"
#include "journal/import_items.h"
#include "journal/import_mt_lines.h"

namespace daybook::journal {

struct MtEntry {
  std::map<std::string, std::string, std::less<>> fields;
  std::vector<std::string> categories;
  std::map<std::string, std::string, std::less<>> sections;
  std::int64_t date_line = 0;

  [[nodiscard]] std::string Field(std::string_view key) const;
  [[nodiscard]] std::string Section(std::string_view key) const;  // without white space around it
  void Header(const MtLine& line);
  // The same in every export; of a nameless entry the beginning of the text speaks.
  [[nodiscard]] std::string Key() const;
};

// `text` is that of the whole entry. Throws ImportTrouble for what is too large to be held.
[[nodiscard]] MtEntry ReadMtEntry(std::string_view text, std::int64_t first_line);

// Dates are the journal's local time in `zone`. Throw ImportTrouble.
[[nodiscard]] OldEntry EntryFromMt(const MtEntry& mt, std::int64_t line, const OldHosts& hosts,
                                   const std::string& zone, Seconds now);
[[nodiscard]] OldAnswer AnswerFromMt(std::string_view text, std::int64_t line, bool ping,
                                     const std::string& entry_key, const std::string& zone,
                                     Seconds entry_at);

}  // namespace daybook::journal
