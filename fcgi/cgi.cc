// One CGI run: the environment in, one answer out, with limits on a server that stalls.
#include "fcgi/cgi.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "fcgi/answer.h"
#include "fcgi/body.h"
#include "fcgi/parse.h"

extern char** environ;

namespace daybook::fcgi {
namespace {

bool WaitFor(int fd, short events, int seconds) {
  pollfd poll_fd = {fd, events, 0};
  int ready;
  do {
    ready = poll(&poll_fd, 1, seconds * 1000);
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

std::size_t ReadInput(char* buffer, std::size_t size, int seconds) {
  if (!WaitFor(STDIN_FILENO, POLLIN, seconds)) return 0;
  ssize_t got;
  do {
    got = read(STDIN_FILENO, buffer, size);
  } while (got < 0 && errno == EINTR);
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

bool WriteOutput(std::string_view bytes, int seconds) {
  while (!bytes.empty()) {
    if (!WaitFor(STDOUT_FILENO, POLLOUT, seconds)) return false;
    const ssize_t sent = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (sent < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Nothing of the application is there to answer with.
Response Unable(const ServeOptions& options, Request& request) {
  ServeOptions bare;
  bare.log = options.log;
  const Handler refuse = [](Request&) -> Response { throw HttpError(500, "cannot start"); };
  return Answer(bare, refuse, request);
}

// The server waits for the end of every descriptor that it gave us, standard error too.
void LetGo() {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(null, fd);
}

}  // namespace

int RunCgi(const ServeOptions& options, const Handler& handle) {
  signal(SIGPIPE, SIG_IGN);
  const bool started = !options.start || options.start();
  Parsed parsed = ParseRequest(environ, {options.prefix, options.trust_forwarded});
  if (parsed.has_body) {
    const std::size_t cap = parsed.request.refused ? 0
                            : options.body_cap     ? options.body_cap(parsed.request)
                                                   : 64 * 1024;
    ReadBody(
        parsed, cap,
        [&](char* buffer, std::size_t size) {
          return ReadInput(buffer, size, options.stall_seconds);
        },
        options.spool);
  }
  const Response response =
      started ? Answer(options, handle, parsed.request) : Unable(options, parsed.request);
  // lighttpd ends the program as soon as it has the whole answer, which is before the fork below.
  if (response.after) signal(SIGTERM, SIG_IGN);
  const auto write = [&](std::string_view bytes) {
    return WriteOutput(bytes, options.stall_seconds);
  };
  const bool sent =
      write(Serialize(parsed.request, response)) && SendPart(parsed.request, response, write);
  if (!response.after) return sent ? 0 : 1;
  if (options.before_fork) options.before_fork();
  if (fork() == 0) {
    setsid();
    LetGo();
    RunAfter(options, response, parsed.request.id);
    _exit(0);
  }
  return sent ? 0 : 1;
}

}  // namespace daybook::fcgi
