// A timer's signal shuts the connection when the time is over; what the handler needs is at file
// scope.
#include "fcgi/watchdog.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>

namespace daybook::fcgi {
namespace {

// A signal handler has no argument of its own: this is the one thing that it must be able to find.
const FCGX_Request* volatile watched = nullptr;

void ShutConnection(int) {
  const int saved = errno;
  const FCGX_Request* const request = watched;
  if (request && request->ipcFd >= 0) shutdown(request->ipcFd, SHUT_RDWR);
  errno = saved;
}

}  // namespace

Watchdog::Watchdog(const FCGX_Request& request) {
  watched = &request;
  struct sigaction action = {};
  action.sa_handler = ShutConnection;
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
}

Watchdog::~Watchdog() {
  Disarm();
  watched = nullptr;
}

void Watchdog::Arm(int seconds) {
  if (seconds == 0 && !armed_) return;
  armed_ = seconds > 0;
  itimerval limit = {};
  limit.it_value.tv_sec = seconds;
  // Again each second, should the first shot come between accept and the store of the descriptor.
  limit.it_interval.tv_sec = seconds > 0 ? 1 : 0;
  setitimer(ITIMER_REAL, &limit, nullptr);
}

}  // namespace daybook::fcgi
