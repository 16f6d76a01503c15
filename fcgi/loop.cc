// Where a FastCGI process waits, and where its signals land. The traps of libfcgi are met here.
#include "fcgi/loop.h"

#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "fcgi/answer.h"
#include "fcgi/body.h"
#include "fcgi/parse.h"
#include "fcgi/pressure.h"
#include "fcgi/watchdog.h"

namespace daybook::fcgi {
namespace {

constexpr std::size_t kDefaultBodyCap = 64 * 1024;
constexpr std::size_t kWriteChunk = 64 * 1024;
constexpr auto kDrainLimit = std::chrono::seconds(5);
constexpr auto kAtOnce = std::chrono::microseconds(20);
// Of what a request took, for its rank: whoever waited for a lock took nothing from others.
constexpr Pressure::Duration kCounted = std::chrono::milliseconds(50);
constexpr auto kMeansPause = std::chrono::milliseconds(50);

// Written by signal handlers only, which run in ppoll only.
volatile sig_atomic_t told_to_stop = 0;
volatile sig_atomic_t told_to_retire = 0;

void Stop(int) { told_to_stop = 1; }
void Retire(int) { told_to_retire = 1; }

// No descriptor or memory is left for the connection, which goes on waiting in the queue.
bool WantsMeans(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

// libfcgi's own handling of signals has a race and no retry, so it never sees one: all are blocked,
// but while ppoll waits. Returns the mask for ppoll.
sigset_t BlockSignals() {
  struct sigaction action = {};
  sigset_t blocked, before;
  sigemptyset(&blocked);
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1, SIGHUP}) {
    action.sa_handler = signal == SIGTERM || signal == SIGINT ? Stop : Retire;
    sigaction(signal, &action, nullptr);
    sigaddset(&blocked, signal);
  }
  sigprocmask(SIG_BLOCK, &blocked, &before);
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1, SIGHUP}) sigdelset(&before, signal);
  return before;
}

void ServeOne(const ServeOptions& options, const Handler& handle, FCGX_Request& fcgx,
              Watchdog& watchdog, Pressure& pressure) {
  const char* const asked = FCGX_GetParam("DAYBOOK_ASKED", fcgx.envp);
  const auto waited = WaitedSince(asked ? asked : "", std::chrono::system_clock::now());
  Parsed parsed = ParseRequest(fcgx.envp, {options.prefix, options.trust_forwarded});
  Request& request = parsed.request;
  if (parsed.has_body && !request.refused) {
    watchdog.Arm(options.stall_seconds);
    const std::size_t cap = options.body_cap ? options.body_cap(request) : kDefaultBodyCap;
    std::size_t since_armed = 0;
    ReadBody(
        parsed, cap,
        [&](char* buffer, std::size_t size) {
          const int got = FCGX_GetStr(buffer, static_cast<int>(size), fcgx.in);
          // A large upload on a slow line is no stall, as long as it moves.
          since_armed += static_cast<std::size_t>(std::max(got, 0));
          if (since_armed >= kWriteChunk) {
            watchdog.Arm(options.stall_seconds);
            since_armed = 0;
          }
          return static_cast<std::size_t>(std::max(got, 0));
        },
        options.spool);
  }
  watchdog.Disarm();
  const auto begun = Pressure::Clock::now();
  request.crowded_out = pressure.Refused(begun, waited);
  const Response response = Answer(options, handle, request);
  const auto answered = Pressure::Clock::now();
  pressure.Spent(request.rank, std::min(answered - begun, kCounted), answered);
  const std::string bytes = Serialize(request, response);
  for (std::size_t sent = 0; sent < bytes.size(); sent += kWriteChunk) {
    watchdog.Arm(options.stall_seconds);
    const std::size_t size = std::min(kWriteChunk, bytes.size() - sent);
    if (FCGX_PutStr(bytes.data() + sent, static_cast<int>(size), fcgx.out) < 0) break;
  }
  SendPart(request, response, [&](std::string_view piece) {
    watchdog.Arm(options.stall_seconds);
    return FCGX_PutStr(piece.data(), static_cast<int>(piece.size()), fcgx.out) >= 0;
  });
  // A peer that asks to keep the connection would have this process wait for it alone.
  fcgx.keepConnection = 0;
  FCGX_Finish_r(&fcgx);
  watchdog.Disarm();
  RunAfter(options, response, request.id);
}

}  // namespace

LoopEnd RunLoop(const ServeOptions& options, const Handler& handle, int listen_socket,
                Pressure& pressure) {
  // Closing lingers for a peer that does not close: 2 s by default.
  setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 0);
  FCGX_Init();
  const sigset_t unblocked = BlockSignals();
  signal(SIGPIPE, SIG_IGN);
  told_to_stop = 0;
  told_to_retire = 0;
  // Another process may take the connection between ppoll and accept.
  fcntl(listen_socket, F_SETFL, fcntl(listen_socket, F_GETFL) | O_NONBLOCK);
  if (options.start && !options.start()) return LoopEnd::kStartFailed;

  FCGX_Request fcgx;
  FCGX_InitRequest(&fcgx, listen_socket, FCGI_FAIL_ACCEPT_ON_INTR);
  Watchdog watchdog(fcgx);
  std::chrono::steady_clock::time_point drain_until;
  bool more_idle_work = false;
  bool busy = false;  // the last request had waited in the queue
  while (true) {
    if (told_to_retire) return LoopEnd::kRetired;
    if (told_to_stop && drain_until.time_since_epoch().count() == 0)
      drain_until = std::chrono::steady_clock::now() + kDrainLimit;
    if (told_to_stop && std::chrono::steady_clock::now() > drain_until) return LoopEnd::kStopped;

    const int wait_ms = told_to_stop || more_idle_work   ? 0
                        : options.idle || options.retire ? std::min(options.idle_ms, 1000)
                                                         : -1;
    const timespec wait = {wait_ms / 1000, (wait_ms % 1000) * 1000000L};
    pollfd poll = {listen_socket, POLLIN, 0};
    // Only while one request follows the other is it worth a look of its own whether one waits.
    constexpr timespec kNow = {0, 0};
    int ready = busy ? ppoll(&poll, 1, &kNow, &unblocked) : 0;
    if (ready == 0) {
      const auto asked = Pressure::Clock::now();
      ready = ppoll(&poll, 1, wait_ms < 0 ? nullptr : &wait, &unblocked);
      const auto told = Pressure::Clock::now();
      busy = ready > 0 && told - asked < kAtOnce;
      if (!busy) pressure.NobodyWaits(told);
    }
    if (ready < 0) {
      if (errno == EINTR) continue;
      return LoopEnd::kSocketLost;
    }
    if (ready == 0) {
      if (told_to_stop) return LoopEnd::kStopped;
      if (options.retire && options.retire()) return LoopEnd::kRetired;
      more_idle_work = options.idle && options.idle();
      continue;
    }
    if (poll.revents & (POLLERR | POLLHUP | POLLNVAL)) return LoopEnd::kSocketLost;
    watchdog.Arm(options.stall_seconds);
    if (const int taken = FCGX_Accept_r(&fcgx); taken < 0) {  // another took it, or it broke off
      watchdog.Disarm();
      if (WantsMeans(-taken)) std::this_thread::sleep_for(kMeansPause);
      continue;
    }
    ServeOne(options, handle, fcgx, watchdog, pressure);
    if (options.retire && options.retire())
      return told_to_stop ? LoopEnd::kStopped : LoopEnd::kRetired;
  }
}

}  // namespace daybook::fcgi
