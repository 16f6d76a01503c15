// The doors out: a journal in forms that other programs and our own import take.
//   json    everything that the journal holds (journal/import_json.h reads it), in one file
//   wxr     WordPress's export, 1.2: what WordPress's importer takes; Markdown leaves as HTML
//   mt      Movable Type's text: entries, and what is public below them
//   markdown  everything, an entry a file, in a zip with the media (markdown_files.h)
//   static  the pages that readers see, as a folder that opens from a disk (readable.h)
// Passwords, sessions and who subscribed leave in backups only.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "journal/backups.h"
#include "journal/journal.h"

namespace daybook::work {

// Takes pieces of the file as they are made, in order.
using Sink = std::function<void(std::string_view)>;

// What a form cannot hold, or holds otherwise: how many of each, by the text's key in the
// catalogue.
using LeftOut = std::map<std::string_view, std::int64_t>;

// Of one moment; throw DbError.
void ExportJson(journal::Journal& journal, const Sink& sink);
LeftOut ExportMovableType(journal::Journal& journal, journal::Seconds now, const Sink& sink);
void ExportWxr(journal::Journal& journal, journal::Seconds now, const Sink& sink);

// One form as the file `target`, which appears when it is whole and is its maker's alone. The pages
// come out of `backup`, a backup of the same moment, as a zip. Gives what the form cannot hold, a
// line for each; empty: it holds everything. Throws DbError, ZipTrouble, filesystem_error.
std::string ExportTo(journal::Journal& journal, const journal::ExportForm& form,
                     journal::Seconds now, const std::filesystem::path& target,
                     const std::filesystem::path& backup);

}  // namespace daybook::work
