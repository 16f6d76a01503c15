// Daybook's own JSON, of everything a journal holds. Read whole: such a file is made by `daybook
// export`, for a journal that fits into memory; past 256 MB it is refused.
#pragma once

#include "journal/import_bytes.h"
#include "journal/import_items.h"

namespace daybook::journal {

[[nodiscard]] bool LooksLikeJson(std::string_view head);

// Throws ImportTrouble where the text is no JSON, or not Daybook's.
[[nodiscard]] OldJournal ScanJson(ImportBytes& bytes, const ScanOptions& options);

}  // namespace daybook::journal
