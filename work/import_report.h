// The report of an import as text: for the terminal, and for a page. What is in it, the journal
// found out (journal/import_report.h).
#pragma once

#include <string>

#include "journal/import_report.h"
#include "templates/words.h"

namespace daybook::work {

// "entries: 3 found = 2 taken + 1 not taken", so for pages, comments, references and files; then a
// sentence with most of it; then what needs the owner, a line each.
[[nodiscard]] std::string ImportReportText(const journal::ImportReport& report,
                                           const templates::Words& words);

}  // namespace daybook::work
