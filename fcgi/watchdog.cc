#include "fcgi/watchdog.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#include <cerrno>

namespace daybook::fcgi {
namespace {

// A signal handler has no argument of its own: these are the things that it must be able to find.
const FCGX_Request* volatile watched = nullptr;
volatile time_t limit = 0;  // seconds of the monotonic clock; 0: not armed
volatile sig_atomic_t timer_runs = 0;

time_t Now() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return now.tv_sec;
}

// One shot a second from now. Arming and disarming happens at every request and must cost no system
// call, so the timer is left to run out, and started again only while something is watched.
void StartTimer() {
  timer_runs = 1;
  itimerval second = {};
  second.it_value.tv_sec = 1;
  setitimer(ITIMER_REAL, &second, nullptr);
}

void Tick(int) {
  const int saved = errno;
  timer_runs = 0;
  if (limit > 0) {
    // Again each second, should a shot come between accept and the store of the descriptor.
    StartTimer();
    const FCGX_Request* const request = watched;
    if (Now() >= limit && request && request->ipcFd >= 0) shutdown(request->ipcFd, SHUT_RDWR);
  }
  errno = saved;
}

}  // namespace

Watchdog::Watchdog(const FCGX_Request& request) {
  watched = &request;
  struct sigaction action = {};
  action.sa_handler = Tick;
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
}

Watchdog::~Watchdog() {
  Disarm();
  watched = nullptr;
  const itimerval none = {};
  setitimer(ITIMER_REAL, &none, nullptr);
  timer_runs = 0;
}

void Watchdog::Arm(int seconds) {
  limit = seconds > 0 ? Now() + seconds : 0;
  if (limit > 0 && !timer_runs) StartTimer();
}

}  // namespace daybook::fcgi
