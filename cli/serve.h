// Answering requests where a web server started this program itself, with a socket or with CGI's variables; the
// prefork master is the command `serve`.
#pragma once

namespace daybook::cli {

// Whether this process was started by a web server to answer.
[[nodiscard]] bool StartedByWebServer();

// Gives the exit code.
int ServeWebServer();

}  // namespace daybook::cli
