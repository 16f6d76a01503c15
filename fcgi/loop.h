// The FastCGI loop of one process: accept, read, answer, finish. How processes come and go is in
// prefork.h.
#pragma once

#include "fcgi/pressure.h"
#include "fcgi/server.h"

namespace daybook::fcgi {

enum class LoopEnd : unsigned char {
  kStopped,      // SIGTERM or SIGINT: also what waited in the socket's queue was answered
  kRetired,      // SIGUSR1, SIGHUP or ServeOptions::retire: others go on answering
  kStartFailed,  // ServeOptions::start said no
  kSocketLost,
};

// Answers requests from `listen_socket` until told to stop. Signals are noticed between requests
// only, so a request in flight is always finished whole.
// `pressure` is shared with the others that take requests from that socket.
LoopEnd RunLoop(const ServeOptions& options, const Handler& handle, int listen_socket,
                Pressure& pressure);

}  // namespace daybook::fcgi
