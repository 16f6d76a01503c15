// Which program made a page: a part of every ETag and of the page store's mark, so that no page
// outlives an upgrade.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "journal/config.h"
#include "templates/templates.h"

namespace daybook::handlers {

// Eight letters or digits that change with the program (its ELF build id).
std::string ProgramBuild();

// Those, and eight that change with templates, words, theme and daybook.conf.
std::string BuildOf(const templates::Templates& templates, const journal::Config& config);

// The entity tag of every public page of that state, in quotes; `build` is BuildOf's.
std::string EtagOf(std::int64_t rev, std::string_view build);

}  // namespace daybook::handlers
