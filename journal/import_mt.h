// Movable Type's text format: entries between lines of eight hyphens, their parts between lines of
// five. Forgiving where real files are loose (such a line inside a text, blank lines, missing keys,
// CR LF); a file that does not end with its last entry was cut off.
#pragma once

#include "journal/import_bytes.h"
#include "journal/import_items.h"

namespace daybook::journal {

// Whether the beginning of a file looks like this format.
[[nodiscard]] bool LooksLikeMovableType(std::string_view head);

// Goes through the file once. `bytes` must outlive what is given. Throws ImportTrouble where the
// file is no export or was cut off, and what options.step throws.
[[nodiscard]] OldJournal ScanMovableType(ImportBytes& bytes, const ScanOptions& options);

}  // namespace daybook::journal
