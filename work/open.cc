// `daybook open`: a journal on a laptop. Starts `daybook serve` and a web server that is installed,
// both for as long as the command runs, on 127.0.0.1 and a free port.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "journal/journal.h"
#include "journal/launch.h"
#include "journal/settings.h"
#include "text/console.h"
#include "text/url.h"
#include "work/command.h"
#include "work/server_files.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
using text::Arguments, text::Complain, text::kDone, text::kFailed, text::kWrongUse, text::Print;
using Words = std::vector<std::string>;

// Where distributions put servers that no ordinary PATH names.
constexpr std::array kFolders = {"/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin",
                                 "/opt/homebrew/bin"};
constexpr int kStartSeconds = 20, kStopSeconds = 10;

struct Server {
  std::string_view name, whole, include;  // its program, its configuration and what that includes
  bool has_socket;  // asks `daybook serve`; otherwise it starts the program itself
};
constexpr std::array kServers = {
    Server{"nginx", "nginx-standalone.conf", "nginx.conf", true},
    Server{"lighttpd", "lighttpd-standalone.conf", "lighttpd-fastcgi.conf", false}};

struct Installed {
  Server server;
  fs::path program;
};

std::optional<Installed> FindServer() {
  for (const Server& server : kServers) {
    if (server.name == "lighttpd" && geteuid() == 0) continue;  // it refuses to be root
    for (const char* folder : kFolders) {
      fs::path program = fs::path(folder) / server.name;
      if (access(program.c_str(), X_OK) == 0) return Installed{server, std::move(program)};
    }
  }
  return std::nullopt;
}

sockaddr_in Here(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Here(0);
  socklen_t size = sizeof address;
  const bool bound = bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(fd);
  return bound ? ntohs(address.sin_port) : 0;
}

bool IsListenedOn(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Here(port);
  const bool answered =
      connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return answered;
}

std::string Filled(std::string text,
                   const std::vector<std::pair<std::string, std::string>>& words) {
  for (const auto& [word, value] : words) {
    const std::string mark = "@" + word + "@";
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += value.size())
      text.replace(at, mark.size(), value);
  }
  return text;
}

// A folder of its own for sockets, logs and configuration, gone at the end.
class RunFolder {
 public:
  RunFolder() {
    std::string name = (fs::temp_directory_path() / "daybook-open-XXXXXX").string();
    if (mkdtemp(name.data())) path_ = name;
  }
  ~RunFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// What was started, ended with this object, the last one first.
class Children {
 public:
  ~Children() {
    for (auto child = pids_.rbegin(); child != pids_.rend(); ++child) {
      kill(*child, SIGTERM);
      for (int tenth = 0; tenth < 10 * kStopSeconds; ++tenth) {
        if (waitpid(*child, nullptr, WNOHANG) != 0) break;
        poll(nullptr, 0, 100);
        if (tenth + 1 == 10 * kStopSeconds) kill(*child, SIGKILL);
      }
    }
  }
  bool Start(const Words& words, const fs::path& log) {
    std::vector<char*> pointers;
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.data()));
    pointers.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
      sigset_t none;
      sigemptyset(&none);
      sigprocmask(SIG_SETMASK, &none, nullptr);
      prctl(PR_SET_PDEATHSIG, SIGTERM);
      if (getppid() != parent || setsid() < 0) _exit(0);  // Ctrl-C is for this program
      if (!std::freopen("/dev/null", "r", stdin) || !std::freopen(log.c_str(), "a", stdout) ||
          dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
        _exit(127);
      execv(pointers[0], pointers.data());
      _exit(127);
    }
    if (child > 0) pids_.push_back(child);
    return child > 0;
  }
  bool AllLive() {
    for (const pid_t child : pids_)
      if (waitpid(child, nullptr, WNOHANG) != 0) return false;
    return true;
  }

 private:
  std::vector<pid_t> pids_;
};

template <typename Condition>
bool Until(Children& children, const sigset_t& signals, Condition&& condition) {
  constexpr timespec kTwentieth = {0, 50'000'000};
  for (int waited = 0; waited < 20 * kStartSeconds; ++waited) {
    if (condition()) return true;
    if (!children.AllLive() || sigtimedwait(&signals, nullptr, &kTwentieth) > 0) return false;
  }
  return false;
}

int NotStarted(std::string_view what, const fs::path& log) {
  std::ifstream file(log);
  const std::string said{std::istreambuf_iterator<char>(file), {}};
  Complain(std::string(what) + " did not start." + (said.empty() ? "" : " It said:\n" + said));
  return kFailed;
}

}  // namespace

int RunOpen(const Arguments& arguments) {
  const journal::Home home{arguments.Get("home")};
  const std::string program = arguments.Get("program");
  const auto installed = FindServer();
  if (!installed) {
    Complain(geteuid() == 0
                 ? "`daybook open` needs nginx, or lighttpd and another user than root. On Debian: "
                   "apt install nginx-light."
                 : "`daybook open` needs nginx or lighttpd on this machine. On Debian: apt install "
                   "nginx-light.");
    return kFailed;
  }
  std::string prefix;
  {
    const std::string url = journal::OpenJournal(home).Load().url;
    prefix = std::string(text::SplitUrl(url).path);
    while (prefix.ends_with('/')) prefix.pop_back();
  }
  const RunFolder run;
  const int port = FreePort();
  if (run.path().empty() || port == 0) {
    Complain("There is no room for a server's files below " + fs::temp_directory_path().string() +
             ", or no free port.");
    return kFailed;
  }
  const fs::path conf = run.path() / "conf", socket = run.path() / "daybook.sock";
  fs::create_directory(conf);
  fs::create_directory(run.path() / "docroot");
  for (const ServerFile& file : ServerFiles()) {
    std::ofstream(conf / file.name)
        << Filled(std::string(file.text), {{"HOME", home.root.string()},
                                           {"PREFIX", prefix},
                                           {"SOCKET", socket.string()},
                                           {"PROGRAM", program},
                                           {"PORT", std::to_string(port)},
                                           {"RUN", run.path().string()},
                                           {"CONF", conf.string()},
                                           {"USER", geteuid() == 0 ? "root" : "nobody"},
                                           {"DOCROOT", (run.path() / "docroot").string()},
                                           {"INCLUDE", std::string(installed->server.include)}});
  }

  // A copy of a journal must not write to its readers.
  setenv(journal::kStill, "1", 1);
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  Children children;
  const fs::path log = run.path() / "started.log";
  if (installed->server.has_socket &&
      (!children.Start(
           {program, "serve", "--home", home.root.string(), "--socket", socket.string()}, log) ||
       !Until(children, signals, [&] { return fs::exists(socket); })))
    return NotStarted("Daybook", log);
  const std::string whole = (conf / installed->server.whole).string();
  const Words server =
      installed->server.name == "nginx"
          ? Words{installed->program.string(), "-c", whole, "-p", run.path().string()}
          : Words{installed->program.string(), "-D", "-f", whole};
  if (!children.Start(server, log) || !Until(children, signals, [&] { return IsListenedOn(port); }))
    return NotStarted(installed->server.name, log);

  Print("Ctrl-C ends it. Nothing is sent meanwhile: mail and webmentions wait.");
  Print("http://127.0.0.1:" + std::to_string(port) + prefix + "/");
  std::fflush(stdout);
  constexpr timespec kSecond = {1, 0};
  while (sigtimedwait(&signals, nullptr, &kSecond) < 0)
    if (!children.AllLive()) return NotStarted("Something that was started ended, so all", log);
  return kDone;
}

}  // namespace daybook::work
