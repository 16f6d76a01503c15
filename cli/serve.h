// Answering requests where a web server started this program itself, with a socket or with CGI's
// variables; the prefork master is the command `serve`.
#pragma once

namespace daybook::cli {

// Whether this is one CGI request. Then its arguments are no command: a query without '=' arrives
// as arguments (RFC 3875, 4.4), so "/?init+--home+…" would be a stranger's command line.
[[nodiscard]] bool IsCgiRequest();

// Whether this process was started by a web server to answer.
[[nodiscard]] bool StartedByWebServer();

// Gives the exit code.
int ServeWebServer();

}  // namespace daybook::cli
