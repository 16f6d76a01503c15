// Starting daybook-work: see launch.h.
#include "journal/launch.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "journal/jobs.h"
#include "journal/tidy.h"
#include "sql/lock.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

// In a child after fork, with strings that were made before it.
[[noreturn]] void Become(const char* const* words) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGPIPE, SIGCHLD})
    ::signal(signal, SIG_DFL);
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(null, STDIN_FILENO);  // under FastCGI it is the socket on which requests arrive
  dup2(null, STDOUT_FILENO);
  execv(words[0], const_cast<char* const*>(words));
  _exit(127);
}

std::filesystem::path LookFile(const Home& home) { return home.Private() / "worker.looked"; }

}  // namespace

std::optional<std::filesystem::path> WorkProgram(const Home& home) {
  for (const std::filesystem::path& folder : {ProgramFolder(), home.Private()}) {
    std::filesystem::path program = folder / "daybook-work";
    if (access(program.c_str(), X_OK) == 0) return program;
  }
  return std::nullopt;
}

void StartWorkIfDue(const Home& home, sql::Db& database, Seconds now) {
  if (sql::FileLock::IsHeld(home.WorkerLock())) return;
  // The file's time says when somebody looked last.
  const int looked = open(LookFile(home).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (looked >= 0) {
    futimens(looked, nullptr);
    close(looked);
  }
  if (database.Read([&](sql::Tx& tx) { return HasDueJob(tx, now) || TidyIsDue(tx, now); }))
    StartWorkAlone(home);
}

bool WorkIsOverdue(const Home& home, Seconds now) {
  constexpr Seconds kPause = 60;
  struct stat info {};
  return stat(LookFile(home).c_str(), &info) != 0 || info.st_mtime + kPause <= now;
}

std::string NewLease() {
  if (sodium_init() < 0) std::abort();
  std::array<unsigned char, 8> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 2 * bytes.size() + 1> digits;
  sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
  return digits.data();
}

std::optional<pid_t> StartWork(const Home& home, const std::string& lease) {
  const auto program = WorkProgram(home);
  if (!program) return std::nullopt;
  const std::string root = home.root.string();
  const std::array<const char*, 6> words = {program->c_str(), "--home",      root.c_str(),
                                            "--lease",        lease.c_str(), nullptr};
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(0);
    Become(words.data());
  }
  if (child < 0) return std::nullopt;
  return child;
}

void StartWorkAlone(const Home& home) {
  const auto program = WorkProgram(home);
  if (!program) return;
  const std::string root = home.root.string();
  const std::array<const char*, 4> words = {program->c_str(), "--home", root.c_str(), nullptr};
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    if (fork() == 0) Become(words.data());
    _exit(0);
  }
  if (child > 0) waitpid(child, nullptr, 0);
}

}  // namespace daybook::journal
