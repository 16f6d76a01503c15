// Makes all HTML of a journal again, in batches, with progress on a terminal. For settings and
// migrate.
#pragma once

#include "journal/journal.h"

namespace daybook::cli {

// Throws sql::DbError. Entries and comments, then the edition of the pipeline is noted.
void RenderAgain(journal::Journal& journal);

}  // namespace daybook::cli
