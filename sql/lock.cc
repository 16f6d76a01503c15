// flock(2) with a time limit. Not fcntl locks: those vanish when any descriptor of the file is
// closed.
#include "sql/lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "sql/errors.h"

namespace daybook::sql {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr nanoseconds kLook = std::chrono::milliseconds(200);  // at the mark of who is before us

// flock has no time limit: a signal to this very thread ends its wait. Not SIGALRM, which belongs
// to fcgi/watchdog.h. It comes again and again, should the first one arrive just before the wait.
class WakeUp {
 public:
  explicit WakeUp(nanoseconds in) {
    struct sigaction action = {};
    action.sa_handler = [](int) {};  // and no SA_RESTART
    sigaction(Signal(), &action, nullptr);
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, Signal());
    pthread_sigmask(SIG_UNBLOCK, &ours, nullptr);
    sigevent event = {};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = Signal();
    event._sigev_un._tid = gettid();  // sigev_notify_thread_id, which glibc does not name
    made_ = timer_create(CLOCK_MONOTONIC, &event, &timer_) == 0;
    constexpr nanoseconds kSecond = std::chrono::seconds(1);
    constexpr nanoseconds kAgain = std::chrono::milliseconds(50);
    itimerspec limit = {};
    limit.it_value = {in / kSecond, (in % kSecond).count()};
    limit.it_interval = {0, kAgain.count()};
    made_ = made_ && timer_settime(timer_, 0, &limit, nullptr) == 0;
  }
  WakeUp(const WakeUp&) = delete;
  ~WakeUp() {
    if (made_) timer_delete(timer_);
  }
  [[nodiscard]] bool made() const { return made_; }

 private:
  static int Signal() { return SIGRTMIN + 5; }
  timer_t timer_ = {};
  bool made_ = false;
};

bool IsMarked(int descriptor) {
  struct stat info {};
  return fstat(descriptor, &info) == 0 && info.st_size > 0;
}

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
  return Until(file, Clock::now() + wait);
}

std::optional<FileLock> FileLock::TakeInTurn(const std::filesystem::path& file,
                                             std::chrono::milliseconds wait, Line line) {
  const Clock::time_point deadline = Clock::now() + wait;
  std::filesystem::path queue = file;
  queue.replace_extension(".queue");
  const std::optional<FileLock> turn = Until(queue, deadline, line);
  if (!turn) return std::nullopt;
  turn->Mark(false);  // of somebody who was killed
  std::optional<FileLock> soon = Until(file, std::min(deadline, Clock::now() + kLongWait));
  if (soon || Clock::now() >= deadline) return soon;
  turn->Mark(true);
  std::optional<FileLock> late = Until(file, deadline);
  turn->Mark(false);
  return late;
}

std::optional<FileLock> FileLock::Until(const std::filesystem::path& file,
                                        Clock::time_point deadline, Line line) {
  for (;;) {
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw SystemError("opening the lock " + file.string(), errno);
    FileLock lock(descriptor, getpid());
    std::optional<WakeUp> wake_up;
    while (flock(descriptor, wake_up ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
      if (errno != EINTR && errno != EWOULDBLOCK)
        throw SystemError("locking " + file.string(), errno);
      const nanoseconds left = deadline - Clock::now();
      if (left <= nanoseconds::zero()) return std::nullopt;
      if (line == Line::kGiveWay && IsMarked(descriptor)) return std::nullopt;
      if (!wake_up && !wake_up.emplace(std::min<nanoseconds>(left, kLook)).made())
        throw SystemError("a timer for the lock " + file.string(), errno);
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

void FileLock::Mark(bool marked) const {
  // Without the mark all would wait their time, which is no harm to the journal.
  if (IsMarked(descriptor_) != marked && ftruncate(descriptor_, marked ? 1 : 0) != 0) return;
}

FileLock::FileLock(FileLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), owner_(other.owner_) {}

FileLock::~FileLock() {
  if (descriptor_ < 0) return;
  if (getpid() == owner_) flock(descriptor_, LOCK_UN);
  close(descriptor_);
}

}  // namespace daybook::sql
