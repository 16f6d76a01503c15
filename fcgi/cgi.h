// One request by RFC 3875: variables in the environment, body on standard input, answer on standard
// output. Not through libfcgi, which would cost a buffer and a copy for nothing.
#pragma once

#include "fcgi/server.h"

namespace daybook::fcgi {

// Answers the one request and returns the exit code. What the response asks to run afterwards runs
// in a forked child that has let go of the server's descriptors.
int RunCgi(const ServeOptions& options, const Handler& handle);

}  // namespace daybook::fcgi
