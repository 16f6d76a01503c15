// Starting daybook-work: see launch.h.
#include "journal/launch.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "journal/jobs.h"
#include "journal/tidy.h"
#include "journal/wrong_clock.h"
#include "sql/descriptor.h"
#include "sql/lock.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

// In a child after fork, with strings that were made before it.
[[noreturn]] void Become(const char* const* words, int in = -1, int out = -1) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGPIPE, SIGCHLD})
    ::signal(signal, SIG_DFL);
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  // Under FastCGI it is the socket on which requests arrive.
  dup2(in < 0 ? null : in, STDIN_FILENO);
  dup2(out < 0 ? null : out, STDOUT_FILENO);
  execv(words[0], const_cast<char* const*>(words));
  _exit(127);
}

// A process that nobody waits for.
void LeaveAlone(const char* const* words) {
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    if (fork() == 0) Become(words);
    _exit(0);
  }
  if (child > 0) waitpid(child, nullptr, 0);
}

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::filesystem::path LookFile(const Home& home) { return home.Private() / "worker.looked"; }

}  // namespace

std::optional<std::filesystem::path> WorkProgram(const Home& home) {
  for (const std::filesystem::path& folder : {ProgramFolder(), home.Private()}) {
    // The second as releases have it, by whose ending upload programs know that it is no text.
    for (const char* name : {"daybook-work", "daybook-work.bin"}) {
      std::filesystem::path program = folder / name;
      if (access(program.c_str(), X_OK) == 0) return program;
    }
  }
  return std::nullopt;
}

void StartWorkIfDue(const Home& home, sql::Db& database, Seconds now) {
  if (std::getenv(kStill) || sql::FileLock::IsHeld(home.WorkerLock())) return;
  // The file's time says when somebody looked last.
  const int looked = open(LookFile(home).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (looked >= 0) {
    futimens(looked, nullptr);
    close(looked);
  }
  if (database.Read([&](sql::Tx& tx) {
        return HasDueJob(tx, now) || ClockWasWrong(tx, now) || TidyIsDue(tx, now);
      }))
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

std::optional<std::string> AskWork(const Home& home, const std::string& command,
                                   std::string_view input) {
  const auto program = WorkProgram(home);
  // Files without a name: nobody waits for the other to read.
  const sql::Descriptor in(memfd_create("input", MFD_CLOEXEC)),
      out(memfd_create("output", MFD_CLOEXEC));
  if (!program || !in || !out || !WriteAll(in.get(), input)) return std::nullopt;
  lseek(in.get(), 0, SEEK_SET);
  const std::string where = "--home=" + home.root.string();
  const std::array<const char*, 4> words = {program->c_str(), command.c_str(), where.c_str(),
                                            nullptr};
  const pid_t child = fork();
  if (child == 0) Become(words.data(), in.get(), out.get());
  if (child < 0) return std::nullopt;
  int ended = 0;
  while (waitpid(child, &ended, 0) < 0) {
    if (errno != EINTR) return std::nullopt;
  }
  if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0) return std::nullopt;
  std::string written(static_cast<std::size_t>(lseek(out.get(), 0, SEEK_END)), '\0');
  if (pread(out.get(), written.data(), written.size(), 0) != static_cast<ssize_t>(written.size()))
    return std::nullopt;
  return written;
}

void StartWorkAlone(const Home& home) {
  const auto program = WorkProgram(home);
  if (!program) return;
  const std::string root = home.root.string();
  const std::array<const char*, 4> words = {program->c_str(), "--home", root.c_str(), nullptr};
  LeaveAlone(words.data());
}

void StartUpgrade(const Home& home, bool undo) {
  const auto program = WorkProgram(home);
  if (!program) return;
  const std::string where = "--home=" + home.root.string();
  const std::array<const char*, 5> words = {program->c_str(), "upgrade", where.c_str(),
                                            undo ? "--undo" : nullptr, nullptr};
  LeaveAlone(words.data());
}

}  // namespace daybook::journal
