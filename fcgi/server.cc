// Tells how this program was started and hands over to the master, the loop or CGI.
#include "fcgi/server.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "fcgi/answer.h"
#include "fcgi/cgi.h"
#include "fcgi/loop.h"
#include "fcgi/prefork.h"

namespace daybook::fcgi {
namespace {

bool IsListenSocket(int fd) {
  int listening = 0;
  socklen_t size = sizeof listening;
  return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening;
}

bool IsBoundTo(int fd, const std::string& path) {
  sockaddr_un address = {};
  socklen_t size = sizeof address;
  return getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
         address.sun_family == AF_UNIX && path == address.sun_path;
}

// systemd's socket activation: descriptor 3, meant for this process.
bool FromSystemd() {
  const char* const pid = std::getenv("LISTEN_PID");
  const char* const count = std::getenv("LISTEN_FDS");
  return pid && count && std::string(count) == "1" && std::to_string(getpid()) == pid &&
         IsListenSocket(3);
}

}  // namespace

Started HowStarted() {
  if (IsListenSocket(STDIN_FILENO) || FromSystemd()) return Started::kFastCgi;
  if (std::getenv("GATEWAY_INTERFACE") && std::getenv("REQUEST_METHOD")) return Started::kCgi;
  return Started::kByHand;
}

int Serve(const ServeOptions& options, const Handler& handle) {
  if (!options.socket.empty()) {
    // Left to us by the program that we replaced (RunPrefork, SIGHUP).
    if (IsListenSocket(STDIN_FILENO) && IsBoundTo(STDIN_FILENO, options.socket))
      return RunPrefork(options, handle, STDIN_FILENO, options.socket);
    std::string problem;
    const std::optional<int> socket = BindSocket(options.socket, problem);
    if (socket) return RunPrefork(options, handle, *socket, options.socket);
    Log(options, problem);
    return 1;
  }
  switch (HowStarted()) {
    case Started::kCgi:
      return RunCgi(options, handle);
    case Started::kFastCgi: {
      const int socket = IsListenSocket(STDIN_FILENO) ? STDIN_FILENO : 3;
      if (options.workers > 0) return RunPrefork(options, handle, socket, "");
      Pressure pressure;
      const LoopEnd end = RunLoop(options, handle, socket, pressure);
      return end == LoopEnd::kStopped || end == LoopEnd::kRetired ? 0 : 1;
    }
    case Started::kByHand:
      Log(options, "no socket to listen on");
      return 1;
  }
  return 1;
}

}  // namespace daybook::fcgi
