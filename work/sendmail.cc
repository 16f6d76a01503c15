// The host's sendmail: see transport.h.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "sql/descriptor.h"
#include "work/transport.h"

extern char** environ;

namespace daybook::work {
namespace {

constexpr long kSeconds = 45;  // less than a lease
constexpr std::size_t kSaidMax = 10'000;

// What the program wrote, its last line apart.
std::string Said(int file, std::string& last) {
  std::string text(kSaidMax, '\0');
  const ssize_t size = pread(file, text.data(), text.size(), 0);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  std::string lines;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string line(rest.substr(0, end));
    for (char& c : line)
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    if (!line.empty()) last = line;
    lines += "< " + line + "\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

}  // namespace

SendmailMailer::SendmailMailer(std::filesystem::path program, Composer composer)
    : program_(std::move(program)), composer_(std::move(composer)) {}

Delivered SendmailMailer::Send(const Message& message) {
  conversation_.clear();
  if (program_.empty()) return {Delivery::kTryAgain, "this machine has no sendmail"};
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {Delivery::kTryAgain, std::strerror(errno)};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  // What it says is for the owner.
  const sql::Descriptor out(memfd_create("said", MFD_CLOEXEC));
  if (out) {
    posix_spawn_file_actions_adddup2(&actions, out.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.get(), STDERR_FILENO);
  }
  const std::string program = program_.string();
  const text::EmailAddress& sender = message.sender.empty() ? message.from : message.sender;
  // Neither address can begin with '-' (text/email.h).
  const std::array<const char*, 7> words = {
      program.c_str(), "-i", "-f", sender.str().c_str(), "--", message.to.str().c_str(), nullptr};
  conversation_ = "> " + program + " -i -f " + sender.str() + " -- " + message.to.str() + "\n";
  pid_t child = 0;
  // What is ignored here it would ignore, too.
  sigset_t usual;
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  posix_spawnattr_t how;
  posix_spawnattr_init(&how);
  posix_spawnattr_setsigdefault(&how, &usual);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
  const int failed = posix_spawn(&child, program.c_str(), &actions, &how,
                                 const_cast<char* const*>(words.data()), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&how);
  close(ends[0]);
  if (failed != 0) {
    close(ends[1]);
    return {Delivery::kTryAgain, std::strerror(failed)};
  }
  std::string bytes;  // its lines end as this system's do
  for (const char c : composer_(message))
    if (c != '\r') bytes += c;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(kSeconds);
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  std::string_view rest = bytes;
  while (!rest.empty() && std::chrono::steady_clock::now() < end) {
    const ssize_t sent = write(ends[1], rest.data(), rest.size());
    if (sent > 0) {
      rest.remove_prefix(static_cast<size_t>(sent));
    } else if (errno == EAGAIN) {
      pollfd room{ends[1], POLLOUT, 0};
      poll(&room, 1, 1000);
    } else {
      break;
    }
  }
  close(ends[1]);
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() < end) {
      poll(nullptr, 0, 10);
      continue;
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return {Delivery::kTryAgain, "sendmail took too long"};
  }
  std::string last;
  conversation_ += Said(out.get(), last);
  if (rest.empty() && WIFEXITED(status) && WEXITSTATUS(status) == 0) return {Delivery::kTaken, ""};
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  const std::string ended = "sendmail ended with " + std::to_string(code);
  conversation_ += ended + "\n";
  // sysexits.h. EX_NOHOST, 68, may be its own way out that it does not find.
  constexpr int kNoUser = 67;
  return {code == kNoUser ? Delivery::kNoSuchAddress : Delivery::kTryAgain,
          last.empty() ? ended : ended + ": " + last};
}

}  // namespace daybook::work
