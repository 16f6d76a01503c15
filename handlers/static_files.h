// Style sheet, icons and scripts as files for the web server, named by content, so that they may be
// cached for ever.
#pragma once

#include <filesystem>

#include "templates/templates.h"

namespace daybook::handlers {

// Writes what is missing of them to `folder` (public/static), each complete or not at all. Older
// ones stay: pages that somebody keeps still ask for them. False if one could not be written; pages
// are readable without.
bool PublishStatic(const templates::Templates& templates, const std::filesystem::path& folder);

}  // namespace daybook::handlers
