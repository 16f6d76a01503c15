// Which program made a page: a part of every ETag and of the page store's mark, so that no page
// outlives an upgrade.
#pragma once

#include <string>

#include "templates/templates.h"

namespace daybook::handlers {

// Eight letters or digits that change with the program (its ELF build id) and with templates, words
// and theme.
std::string BuildOf(const templates::Templates& templates);

}  // namespace daybook::handlers
