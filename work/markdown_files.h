// A journal as Markdown files with front matter, in a zip: journal.json has what belongs to no
// entry, entries/… one file for each entry, below "---" its facts as `name: JSON` (which is YAML,
// too), below the second "---" its text, and after a line "<!--more-->" the rest. Texts that are
// HTML stand there as HTML. The files of the journal lie in media/.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "journal/journal.h"

namespace daybook::work {

// Throws DbError and ZipTrouble.
void ExportMarkdown(journal::Journal& journal, const std::filesystem::path& target);

// One file of it from an entry as ExportJson writes it, and the way back. `name` is for messages.
// Throws ZipTrouble for what is no such file.
[[nodiscard]] std::string MarkdownFile(nlohmann::ordered_json entry);
[[nodiscard]] nlohmann::ordered_json EntryOfFile(std::string_view text, const std::string& name);

// Makes of such a zip, or of a folder with its files, the JSON that the import takes. Any *.md with
// such a head is an entry, wherever it lies. Throws ZipTrouble.
void JsonOfMarkdown(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace daybook::work
