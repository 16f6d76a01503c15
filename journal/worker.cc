// Signals become a descriptor, so that the worker sleeps until a moment, a job or its end.
#include "journal/worker.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>

#include "journal/counts.h"
#include "journal/jobs.h"
#include "sql/lock.h"

namespace daybook::journal {
namespace {

constexpr Seconds kLook = 1;  // seconds between two looks for moments that were scheduled meanwhile

// SIGTERM and SIGINT become readable on a descriptor for as long as this lives.
class StopSignals {
 public:
  StopSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, &before_);
    descriptor_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals() {
    signalfd_siginfo info;
    while (descriptor_ >= 0 && read(descriptor_, &info, sizeof info) > 0) {
    }
    if (descriptor_ >= 0) close(descriptor_);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  // True if one came within that time.
  [[nodiscard]] bool Wait(std::chrono::milliseconds time) const {
    pollfd waiting{descriptor_, POLLIN, 0};
    return poll(&waiting, 1, static_cast<int>(time.count())) > 0;
  }

 private:
  sigset_t before_;
  int descriptor_ = -1;
};

void CommitPublic(Journal& journal) {
  journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) { Settle(tx, std::time(nullptr)); });
  journal.db.CheckpointIfDue();
}

Seconds Next(Journal& journal, Seconds now) {
  return journal.db.Read([&](sql::Tx& tx) { return NextMoment(tx, now); });
}

}  // namespace

Worked RunWorker(Journal& journal, const WorkerOptions& options) {
  StopSignals stop;
  std::optional<sql::FileLock> lock =
      sql::FileLock::Take(journal.home.WorkerLock(), std::chrono::milliseconds(0));
  if (!lock) return Worked::kOccupied;
  CommitPublic(journal);
  const Seconds begun = std::time(nullptr);
  const Seconds end = options.for_seconds ? begun + *options.for_seconds : kNever;
  Seconds now = begun;
  while (now < end) {
    Seconds pause = std::min({kLook, end - now, std::max<Seconds>(Next(journal, now) - now, 0)});
    if (stop.Wait(std::chrono::milliseconds(std::max<Seconds>(pause * 1000, 50)))) break;
    now = std::time(nullptr);
    bool due = journal.db.Read([&](sql::Tx& tx) { return IsDue(tx, now); });
    if (due) CommitPublic(journal);
    journal.db.pages().Sweep();
  }
  // Generations opened under this lock lived on its promise to be there at the next moment.
  if (Next(journal, std::time(nullptr)) < kNever) CommitPublic(journal);
  return Worked::kDone;
}

QueueStatus StatusOfQueue(Journal& journal, Seconds now) {
  QueueStatus status = journal.db.Read([&](sql::Tx& tx) {
    QueueStatus read;
    read.next = NextMoment(tx, now);
    const QueueCounts counts = CountJobs(tx, now);
    read.waiting = counts.waiting;
    read.failed = counts.dead;
    return read;
  });
  status.running = sql::FileLock::IsHeld(journal.home.WorkerLock());
  return status;
}

}  // namespace daybook::journal
