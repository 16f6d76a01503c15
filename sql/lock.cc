// flock(2) with a time limit. Not fcntl locks: those vanish when any descriptor of the file is
// closed.
#include "sql/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>
#include <utility>

#include "sql/errors.h"

namespace daybook::sql {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

// True if the descriptor is still the file of that name: somebody may have removed or replaced it
// while we waited, and a lock on a file that has lost its name excludes nobody.
bool IsStillNamed(int descriptor, const std::filesystem::path& file) {
  struct stat ours;
  struct stat named;
  return fstat(descriptor, &ours) == 0 && stat(file.c_str(), &named) == 0 &&
         ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

}  // namespace

std::optional<FileLock> FileLock::Take(const std::filesystem::path& file,
                                       std::chrono::milliseconds wait) {
  return Poll(file, Clock::now() + wait, microseconds(4000));
}

std::optional<FileLock> FileLock::TakeInTurn(const std::filesystem::path& file,
                                             std::chrono::milliseconds wait) {
  const Clock::time_point deadline = Clock::now() + wait;
  std::filesystem::path queue = file;
  queue.replace_extension(".queue");
  const std::optional<FileLock> turn = Poll(queue, deadline, microseconds(4000));
  // Only one process at a time polls here, so it may do so often.
  return turn ? Poll(file, deadline, microseconds(500)) : std::nullopt;
}

std::optional<FileLock> FileLock::Poll(const std::filesystem::path& file,
                                       Clock::time_point deadline, microseconds longest_pause) {
  microseconds pause(100);
  for (;;) {
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw SystemError("opening the lock " + file.string(), errno);
    FileLock lock(descriptor, getpid());
    // flock cannot wait for a limited time, and an alarm signal would belong to the whole process:
    // so ask again and again. A holder keeps it for milliseconds; the pause grows to a length that
    // costs nothing.
    for (;;) {
      if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) break;
      if (errno == EINTR) continue;
      if (errno != EWOULDBLOCK) throw SystemError("locking " + file.string(), errno);
      const auto left = std::chrono::duration_cast<microseconds>(deadline - Clock::now());
      if (left <= microseconds::zero()) return std::nullopt;
      std::this_thread::sleep_for(std::min(pause, left));
      pause = std::min(pause * 3 / 2, longest_pause);
    }
    if (IsStillNamed(descriptor, file)) return lock;
  }
}

bool FileLock::IsHeld(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool held = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(descriptor);
  return held;
}

FileLock::FileLock(FileLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), owner_(other.owner_) {}

FileLock::~FileLock() {
  if (descriptor_ < 0) return;
  if (getpid() == owner_) flock(descriptor_, LOCK_UN);
  close(descriptor_);
}

}  // namespace daybook::sql
