// The doors out: a journal in forms that other programs and our own import take.
//   json    everything that the journal holds (journal/import_json.h reads it), in one file
//   wxr     WordPress's export, 1.2: what WordPress's importer takes; Markdown leaves as HTML
//   static  the pages that readers see, as a folder that opens from a disk (readable.h)
// Passwords, sessions and who subscribed leave in backups only.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "journal/journal.h"

namespace daybook::work {

// Takes pieces of the file as they are made, in order.
using Sink = std::function<void(std::string_view)>;

// Of one moment; throw DbError.
void ExportJson(journal::Journal& journal, const Sink& sink);
void ExportWxr(journal::Journal& journal, journal::Seconds now, const Sink& sink);

}  // namespace daybook::work
