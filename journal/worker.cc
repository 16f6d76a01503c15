// Signals become a descriptor, so that the worker sleeps until a moment, a job or its end.
#include "journal/worker.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

#include "journal/counts.h"
#include "journal/jobs.h"
#include "journal/launch.h"
#include "journal/tidy.h"
#include "journal/wrong_clock.h"
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

// The processes that do the jobs: as many as there is work for, two at most.
class Helpers {
 public:
  explicit Helpers(Journal& journal) : journal_(journal) {}
  Helpers(const Helpers&) = delete;
  Helpers& operator=(const Helpers&) = delete;
  ~Helpers() { Stop(); }

  // One more if a job waits for it. True while there is something to do or being done.
  bool Look(Seconds now) {
    Reap();
    const bool due = journal_.db.Read([&](sql::Tx& tx) {
      return HasDueJob(tx, now) ||
             (running_.empty() && (ClockWasWrong(tx, now) || TidyIsDue(tx, now)));
    });
    if (due && running_.size() < kMost && now >= not_before_) {
      Helper helper{0, NewLease()};
      const auto pid = StartWork(journal_.home, helper.lease);
      if (pid) {
        helper.pid = *pid;
        running_.push_back(std::move(helper));
      } else {
        not_before_ = now + kPause;
      }
    }
    return !running_.empty() || (due && now >= not_before_);
  }

 private:
  static constexpr size_t kMost = 2;
  static constexpr Seconds kPause = 60;  // after one that could not work at all
  static constexpr int kPatience = 200;  // tenths of a second for a job in flight
  struct Helper {
    pid_t pid;
    std::string lease;
  };

  void Reap() {
    for (size_t i = 0; i < running_.size();) {
      int status = 0;
      if (waitpid(running_[i].pid, &status, WNOHANG) == 0) {
        ++i;
        continue;
      }
      if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        left_.push_back(std::move(running_[i].lease));
        // If it can do nothing, neither can the next one.
        if (WIFEXITED(status)) not_before_ = std::time(nullptr) + kPause;
      }
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    // What they held need not wait until the lease ends. Where the journal is locked for too long
    // it is tried again at the next look.
    while (!left_.empty()) {
      journal_.db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed,
                        [&](sql::Tx& tx) { ReleaseJobs(tx, left_.back()); });
      left_.pop_back();
    }
  }

  void Stop() {
    for (const Helper& helper : running_) kill(helper.pid, SIGTERM);
    for (int tenth = 0; tenth < kPatience && !running_.empty(); ++tenth) {
      try {
        Reap();
      } catch (const sql::DbError&) {
        break;  // the leases end by themselves
      }
      if (!running_.empty()) poll(nullptr, 0, 100);
    }
    for (const Helper& helper : running_) {
      kill(helper.pid, SIGKILL);
      waitpid(helper.pid, nullptr, 0);
    }
  }

  Journal& journal_;
  std::vector<Helper> running_;
  std::vector<std::string> left_;  // leases of those that died
  Seconds not_before_ = 0;
};

}  // namespace

Worked RunWorker(Journal& journal, const WorkerOptions& options) {
  StopSignals stop;
  std::optional<sql::FileLock> lock =
      sql::FileLock::Take(journal.home.WorkerLock(), std::chrono::milliseconds(0));
  if (!lock) return Worked::kOccupied;
  // What is open now lived on the promise of a worker who is gone.
  if (journal.db.pages().IsLive()) CommitPublic(journal);
  Helpers helpers(journal);
  const Seconds begun = std::time(nullptr);
  const Seconds end = options.for_seconds ? begun + *options.for_seconds : kNever;
  Seconds now = begun;
  while (now < end) {
    if (journal.db.Read([&](sql::Tx& tx) { return IsDue(tx, now); })) CommitPublic(journal);
    Seconds pause = std::min({kLook, end - now, std::max<Seconds>(Next(journal, now) - now, 0)});
    helpers.Look(now);
    if (stop.Wait(std::chrono::milliseconds(std::max<Seconds>(pause * 1000, 50)))) break;
    now = std::time(nullptr);
    journal.db.pages().Sweep();
  }
  if (options.for_seconds) {
    // By hand and by cron: nothing that is due is left undone.
    while (helpers.Look(std::time(nullptr))) {
      if (stop.Wait(std::chrono::milliseconds(50))) break;
    }
  }
  // Generations opened under this lock lived on its promise to be there at the next moment.
  if (Next(journal, std::time(nullptr)) < kNever) CommitPublic(journal);
  return Worked::kDone;
}

void DoJobs(Journal& journal) {
  StopSignals stop;
  Helpers helpers(journal);
  while (helpers.Look(std::time(nullptr))) {
    if (stop.Wait(std::chrono::milliseconds(50))) return;
  }
  // What somebody else is at.
  for (int look = 0; look < 600; ++look) {
    const Seconds now = std::time(nullptr);
    if (!journal.db.Read([&](sql::Tx& tx) { return HasLeasedJob(tx, now); })) return;
    if (stop.Wait(std::chrono::milliseconds(100))) return;
  }
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
