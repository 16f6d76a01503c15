// Error pages in the journal's design.
#pragma once

#include <string_view>
#include <vector>

#include "fcgi/http_error.h"
#include "handlers/context.h"

namespace daybook::handlers {

// Entries whose address looks like the one asked for.
std::vector<journal::Link> SuggestionsFor(sql::Tx& tx, std::string_view path, journal::Seconds now);

fcgi::Response RenderError(const templates::Templates& templates, const Site& site,
                           const Links& links, const fcgi::Request& request,
                           const fcgi::HttpError& error,
                           const std::vector<journal::Link>& suggestions);

// Where the journal itself cannot be opened: needs nothing of it.
fcgi::Response RenderDown(const fcgi::Request& request, const fcgi::HttpError& error);

}  // namespace daybook::handlers
