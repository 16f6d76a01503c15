// The one worker of a journal: holds worker.lock for its life, and sees to it that what is
// scheduled happens on time also where pages are kept as files (protocols.md 1.8). `daybook work`
// and the prefork master's worker child run it. Jobs that touch the network are daybook-work's.
#pragma once

#include <optional>

#include "journal/journal.h"

namespace daybook::journal {

enum class Worked {
  kDone,      // its time is over, or it was told to stop
  kOccupied,  // another worker is at it
};

struct WorkerOptions {
  // How long to stay; 0: do what there is to do, then end; nothing: until SIGTERM or SIGINT.
  std::optional<Seconds> for_seconds;
};

// Commits an empty public transaction at once and at each moment at which an entry appears, expires
// or closes; and, if such a moment still lies ahead when it ends, a last one, so that no stored
// page outlives it. Starts daybook-work where a job is due. SIGTERM and SIGINT end it softly.
// Throws DbError.
[[nodiscard]] Worked RunWorker(Journal& journal, const WorkerOptions& options);

// For whoever asks by hand: does the jobs that are due, whatever other worker runs, then waits, a
// minute at most, for those that others are doing.
void DoJobs(Journal& journal);

struct QueueStatus {
  std::int64_t waiting = 0;  // jobs whose time has come or will come
  std::int64_t failed = 0;   // jobs given up
  bool running = false;      // a worker holds the lock
  Seconds next = kNever;     // the next scheduled moment
};
[[nodiscard]] QueueStatus StatusOfQueue(Journal& journal, Seconds now);

}  // namespace daybook::journal
