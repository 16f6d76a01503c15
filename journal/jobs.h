// The queue of what must happen outside: a row in `job`, written in the transaction that wants it
// (design.md 3 and 13). Workers claim jobs by leases, so any number of them may run, and one that
// is killed loses nothing: its job is taken up again when the lease ends. What a kind of job does
// is in work/; the process that starts workers is worker.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// In the order in which they are done when several are due.
enum class JobKind {
  kMail = 0,           // one message of the table `mail` (mail.h); payload: its id
  kVerify = 1,         // a page that says it links here (mentions.h); payload: id in `mention`
  kSpread = 2,         // an entry changed: find whom to tell; payload: its id
  kSendMention = 3,    // tell one page; payload: id in `mention_sent`
  kTellFollowers = 4,  // a comment became public (follow.h); payload: its id
  kAlert = 6,          // the owner is told what waits (alert.h); payload: 0
  kTellWriter = 7,     // a comment that waited is public (alert.h); payload: its id
  kPicture = 5,   // a picture is to be turned upright and made smaller (media.h); payload: its id
  kMailing = 10,  // a letter to many (mailing.h); payload: its id
  kDigest = 11,   // what is new is to be gathered; payload: Cadence of subscriber.h
  kHang = 21,  // entries of a category that moved (terms.h), where nobody did it; payload: its id
  kMailCheck = 30,  // what the owner's page of mail asked for (mail_check.h); payload: MailCheck
  kImport = 20,     // the next slice of the owner's import (import_slices.h); payload: 0
  kKeep = 40,       // a backup or an export for the owner's page (backups.h); payload: its Keeping
};

struct NewJob {
  JobKind kind = JobKind::kMail;
  Id subject = 0;      // what it is about, a row of the kind's own table
  Seconds run_at = 0;  // not before
  int priority = 5;    // 0 first … 9 last; mails that somebody waits for are 0
  std::string host{};  // whose answer it needs; of each host one job at a time is in hands
};
// Inside the caller's transaction, which need not be a public one. One job for each kind and
// subject: asking again while one waits makes it due at `run_at` with all its attempts; while one
// is being done, it will be done once more afterwards.
void Enqueue(sql::Tx& tx, const NewJob& job);
// Nothing to do any more, whatever was asked.
void DropJob(sql::Tx& tx, JobKind kind, Id subject);

// A job in somebody's hands.
struct Job {
  Id id = 0;
  JobKind kind = JobKind::kMail;
  Id subject = 0;
  int attempts = 1;          // this one included
  std::int64_t edition = 0;  // grows when it is asked for again meanwhile
  std::string lease;         // whose hands
};

// Longer than any job may take (work/ sees to that); what is claimed is taken up by others after
// it.
inline constexpr Seconds kLease = 120;
inline constexpr int kMaxAttempts =
    14;  // some three days; then a job is dead, and the owner is told

// The next due job, leased to `lease` (a text that no other worker has). Each write here may be
// kRelaxed. Of mails only one at a time is in anybody's hands. Jobs whose worker died on the last
// attempt become dead first.
[[nodiscard]] std::optional<Job> ClaimJob(sql::Tx& tx, std::string_view lease, Seconds now);

// In the transaction that writes what came of the job. False: the lease was lost to another worker,
// who will do it too; then write nothing.
[[nodiscard]] bool FinishJob(sql::Tx& tx, const Job& job);
// Tried again after RetryDelay, or dead after the last attempt. `why`: for the owner, one line.
// Gives whether it will be tried again; nothing if the lease was lost.
std::optional<bool> FailJob(sql::Tx& tx, const Job& job, std::string_view why, Seconds now);
// Before FailJob, where its host did not answer in time: the host's other jobs wait too, as long as
// the one that has failed most often, so that no site keeps all workers busy by being slow.
void HoldHost(sql::Tx& tx, const Job& job, Seconds now);
// No use in trying again.
bool BuryJob(sql::Tx& tx, const Job& job, std::string_view why);
// Not now and through no fault of its own (the host's cap of mails): the attempt is not counted.
bool PostponeJob(sql::Tx& tx, const Job& job, Seconds until);
// Of a job of many steps. Whether its lease is still ours: asked before a step that must not be
// done by two, since a clock that was put forward ends leases, too.
[[nodiscard]] bool HoldsJob(sql::Tx& tx, const Job& job);
// A step was done, so the attempts from before, which were killed, are forgotten.
void NoteProgress(sql::Tx& tx, const Job& job);
// Gives back what a worker held that is known to have ended: due at once.
void ReleaseJobs(sql::Tx& tx, std::string_view lease);
// Dead ones get all their attempts again.
int ReviveJobs(sql::Tx& tx, Seconds now);

// 1 minute after the first attempt, twice that after each further one, at most a day.
[[nodiscard]] Seconds RetryDelay(int attempts);

// Whether a job is due and in nobody's hands; a read.
[[nodiscard]] bool HasDueJob(sql::Tx& tx, Seconds now);
// Whether a job is in somebody's hands.
[[nodiscard]] bool HasLeasedJob(sql::Tx& tx, Seconds now);

struct QueueCounts {
  std::int64_t waiting = 0;  // whose time has come or will come, those in hands included
  std::int64_t running = 0;
  std::int64_t dead = 0;
};
[[nodiscard]] QueueCounts CountJobs(sql::Tx& tx, Seconds now);
// Since when the longest waiting job is due; nothing if none is.
[[nodiscard]] std::optional<Seconds> OldestDueJob(sql::Tx& tx, Seconds now);

}  // namespace daybook::journal
