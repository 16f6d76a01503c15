// The master's life: fork, wait, respawn with growing pauses, stop, and start again at SIGHUP.
#include "fcgi/prefork.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "fcgi/answer.h"
#include "fcgi/loop.h"

namespace daybook::fcgi {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kBacklog = 1024;
constexpr seconds kStopLimit{35};
constexpr milliseconds kFirstPause{100}, kLongestPause{2000};
constexpr seconds kHealthy{5};  // who lived so long did not die of its start
constexpr int kExitRetired = 3;

// Somebody answers on the socket: a connection is taken or at least queued.
bool IsListenedOn(const sockaddr_un& address) {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const bool taken =
      connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
      errno == EAGAIN;
  close(fd);
  return taken;
}

// A place for one child: when it died young it is filled again after a pause that doubles.
struct Slot {
  pid_t pid = 0;
  bool is_worker = false;
  Clock::time_point started;
  Clock::time_point next_start;
  milliseconds pause = kFirstPause;
};

class Master {
 public:
  Master(const ServeOptions& options, const Handler& handle, int listen_socket,
         const std::string& socket_path)
      : options_(options), handle_(handle), socket_(listen_socket), path_(socket_path) {
    if (!path_.empty()) stat(path_.c_str(), &bound_);
    slots_.resize(static_cast<std::size_t>(std::max(1, options.workers)));
    if (options.worker) {
      slots_.emplace_back();
      slots_.back().is_worker = true;
    }
  }

  int Run() {
    sigemptyset(&signals_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGUSR1})
      sigaddset(&signals_, signal);
    sigprocmask(SIG_BLOCK, &signals_, &mask_before_);
    while (true) {
      Reap();
      StartWhatIsDue();
      const int signal = Wait();
      if (signal == SIGTERM || signal == SIGINT) break;
      if (signal == SIGHUP) Reload();
    }
    return StopAll();
  }

 private:
  // Signals are taken here, one after another, so nothing in the master is ever interrupted.
  int Wait() {
    milliseconds wait{60000};
    for (const Slot& slot : slots_)
      if (slot.pid == 0)
        wait = std::min(wait, std::chrono::ceil<milliseconds>(slot.next_start - Clock::now()));
    return TimedWait(std::max(wait, milliseconds(0)));
  }

  int TimedWait(milliseconds wait) {
    const timespec limit = {wait.count() / 1000, (wait.count() % 1000) * 1000000L};
    return sigtimedwait(&signals_, nullptr, &limit);
  }

  void StartWhatIsDue() {
    for (Slot& slot : slots_)
      if (slot.pid == 0 && Clock::now() >= slot.next_start) Start(slot);
  }

  void Start(Slot& slot) {
    const pid_t master = getpid();
    const pid_t pid = fork();
    if (pid < 0) {
      Log(options_, std::string("cannot start a process: ") + std::strerror(errno));
      slot.next_start = Clock::now() + seconds(1);
      return;
    }
    if (pid == 0) RunChild(slot.is_worker, master);
    slot.pid = pid;
    slot.started = Clock::now();
  }

  [[noreturn]] void RunChild(bool is_worker, pid_t master) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGCHLD}) ::signal(signal, SIG_DFL);
    // A master that was killed cannot tell its children; the kernel does.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != master) _exit(0);
    if (is_worker) {
      close(socket_);
      sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
      options_.worker();
      _exit(0);
    }
    // What RunLoop handles stays blocked until its handlers stand.
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_UNBLOCK, &children, nullptr);
    const LoopEnd end = RunLoop(options_, handle_, socket_, pressure_);
    _exit(end == LoopEnd::kStopped ? 0 : end == LoopEnd::kRetired ? kExitRetired : 1);
  }

  void Reap() {
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
      const auto slot = std::find_if(slots_.begin(), slots_.end(),
                                     [&](const Slot& each) { return each.pid == pid; });
      if (slot == slots_.end()) continue;  // retired by a reload
      slot->pid = 0;
      const bool retired = WIFEXITED(status) && WEXITSTATUS(status) == kExitRetired;
      const bool as_asked = retired || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
      if (!as_asked) Log(options_, "process " + std::to_string(pid) + DescribeEnd(status));
      if (retired || Clock::now() - slot->started >= kHealthy) slot->pause = kFirstPause;
      slot->next_start = retired ? Clock::now() : Clock::now() + slot->pause;
      slot->pause = std::min(slot->pause * 2, kLongestPause);
      if (retired && !slot->is_worker && ProgramChanged()) Reload();
    }
  }

  static std::string DescribeEnd(int status) {
    return WIFSIGNALED(status) ? " was killed by signal " + std::to_string(WTERMSIG(status))
                               : " ended with " + std::to_string(WEXITSTATUS(status));
  }

  bool ProgramChanged() const {
    struct stat now, running;
    return !options_.argv.empty() && stat(options_.argv[0].c_str(), &now) == 0 &&
           (stat("/proc/self/exe", &running) != 0 || now.st_ino != running.st_ino ||
            now.st_dev != running.st_dev);
  }

  void Reload() {
    // What the same program could not start with would be the end of everything; a new program
    // decides for itself.
    if (options_.reload && !ProgramChanged() && !options_.reload()) {
      Log(options_, "not reloaded: what runs goes on as it was");
      return;
    }
    std::vector<pid_t> old;
    for (Slot& slot : slots_) {
      if (slot.pid > 0) old.push_back(std::exchange(slot.pid, 0));
      slot.next_start = Clock::now();
      slot.pause = kFirstPause;
    }
    if (!options_.argv.empty()) BecomeNewProgram(old);  // returns only if that is not possible
    StartWhatIsDue();
    Retire(old);
  }

  void Retire(const std::vector<pid_t>& old) {
    for (const pid_t pid : old) kill(pid, SIGTERM);
    retired_.insert(retired_.end(), old.begin(), old.end());
  }

  // The new program finds the socket as descriptor 0, as from any other process manager.
  void BecomeNewProgram(const std::vector<pid_t>& old) {
    if (access(options_.argv[0].c_str(), X_OK) != 0) {
      Log(options_, "cannot start " + options_.argv[0] + " again: " + std::strerror(errno));
      return;
    }
    std::vector<char*> argv;
    for (const std::string& argument : options_.argv)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    Retire(old);
    const int standard_input = fcntl(0, F_DUPFD_CLOEXEC, 3);
    if (socket_ != 0) dup2(socket_, 0);
    sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
    execv(argv[0], argv.data());
    Log(options_, "cannot start " + options_.argv[0] + " again: " + std::strerror(errno));
    sigprocmask(SIG_BLOCK, &signals_, nullptr);
    if (socket_ != 0 && standard_input >= 0) dup2(standard_input, 0);
    if (standard_input >= 0) close(standard_input);
  }

  int StopAll() {
    // First no new connection, then the queue is emptied by those who still listen.
    struct stat now;
    if (!path_.empty() && stat(path_.c_str(), &now) == 0 && now.st_ino == bound_.st_ino)
      unlink(path_.c_str());
    for (const Slot& slot : slots_)
      if (slot.pid > 0) kill(slot.pid, SIGTERM);
    const auto limit = Clock::now() + kStopLimit;
    while (true) {
      int status;
      const pid_t pid = waitpid(-1, &status, WNOHANG);
      if (pid < 0 && errno == ECHILD) return 0;
      if (pid > 0) continue;
      if (Clock::now() > limit) break;
      TimedWait(milliseconds(200));
    }
    for (const Slot& slot : slots_)
      if (slot.pid > 0) kill(slot.pid, SIGKILL);
    for (const pid_t pid : retired_) kill(pid, SIGKILL);
    return 0;
  }

  const ServeOptions& options_;
  const Handler& handle_;
  const int socket_;
  const std::string path_;
  struct stat bound_ = {};
  Pressure pressure_;
  std::vector<Slot> slots_;
  std::vector<pid_t> retired_;
  sigset_t signals_ = {};
  sigset_t mask_before_ = {};
};

}  // namespace

std::optional<int> BindSocket(const std::string& path, std::string& problem) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    problem = "the path of the socket is longer than 107 bytes: " + path;
    return std::nullopt;
  }
  path.copy(address.sun_path, path.size());
  struct stat found;
  if (lstat(path.c_str(), &found) == 0) {
    if (!S_ISSOCK(found.st_mode)) {
      problem = "this is no socket, so it was left alone: " + path;
      return std::nullopt;
    }
    // Children of a killed master may still be finishing their request.
    const auto limit = Clock::now() + seconds(2);
    while (IsListenedOn(address)) {
      if (Clock::now() > limit) {
        problem = "another program answers on " + path;
        return std::nullopt;
      }
      std::this_thread::sleep_for(milliseconds(50));
    }
    unlink(path.c_str());
  }
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const mode_t mask = umask(0117);
  const bool bound = fd >= 0 &&
                     bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                     listen(fd, kBacklog) == 0;
  const int error = errno;
  umask(mask);
  if (bound) return fd;
  problem = "cannot listen on " + path + ": " + std::strerror(error);
  if (fd >= 0) close(fd);
  return std::nullopt;
}

int RunPrefork(const ServeOptions& options, const Handler& handle, int listen_socket,
               const std::string& socket_path) {
  return Master(options, handle, listen_socket, socket_path).Run();
}

}  // namespace daybook::fcgi
