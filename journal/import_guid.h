// Names and marks that an import makes out of what it reads, the same on every run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::journal {

// "urn:uuid:…", the same for the same entry of the same journal, so that a run that was broken off
// ends as another one would.
[[nodiscard]] std::string GuidFor(const std::string& source, const std::string& key);

// Of an entry's text as an import left it; white space does not count. Another mark: somebody has
// edited it since.
[[nodiscard]] std::int64_t MarkOfText(std::string_view body, std::string_view more);

}  // namespace daybook::journal
