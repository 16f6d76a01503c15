// From a Request to the Response that is sent, whatever happens on the way: the one place where
// HttpError, and anything else that a handler lets go, is caught.
#pragma once

#include <string>
#include <string_view>

#include "fcgi/server.h"

namespace daybook::fcgi {

// Asks the handler; on an error ServeOptions::error_page; if that fails too, the compiled-in page.
// What went wrong goes to the log with the request's id, never into a page. Never throws.
Response Answer(const ServeOptions& options, const Handler& handle, Request& request) noexcept;

// One line to ServeOptions::log or standard error; control characters become '?'.
void Log(const ServeOptions& options, std::string line);

// Runs Response::after; what it throws is logged.
void RunAfter(const ServeOptions& options, const Response& response, std::string_view id) noexcept;

}  // namespace daybook::fcgi
