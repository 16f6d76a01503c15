// The queue of jobs: see jobs.h.
#include "journal/jobs.h"

#include <algorithm>

#include "sql/queries/job.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr size_t kWhyMax = 300;

std::string_view Short(std::string_view why) {
  if (why.size() <= kWhyMax) return why;
  size_t end = kWhyMax;
  while (end > 0 && (static_cast<unsigned char>(why[end]) & 0xC0) == 0x80) --end;
  return why.substr(0, end);
}

}  // namespace

void Enqueue(sql::Tx& tx, const NewJob& job) {
  tx.Exec(query::kJobPut, job.kind, job.subject, job.run_at, job.priority, job.host);
}

void DropJob(sql::Tx& tx, JobKind kind, Id subject) { tx.Exec(query::kJobDrop, kind, subject); }

Seconds RetryDelay(int attempts) {
  constexpr Seconds kFirst = 60, kLast = 86400;
  const int doublings = std::clamp(attempts - 1, 0, 20);
  return std::min(kFirst << doublings, kLast);
}

std::optional<Job> ClaimJob(sql::Tx& tx, std::string_view lease, Seconds now) {
  tx.Exec(query::kJobBuryKilled, now, kMaxAttempts);
  sql::Rows rows = tx.Query(query::kJobClaim, now, lease, now + kLease);
  if (!rows.Step()) return std::nullopt;
  Job job{rows.Int(0), rows.As<JobKind>(1), rows.Int(2), static_cast<int>(rows.Int(3)),
          rows.Int(4), std::string(lease)};
  while (rows.Step()) {
  }
  return job;
}

bool FinishJob(sql::Tx& tx, const Job& job) {
  if (tx.Exec(query::kJobDone, job.id, job.lease, job.edition) > 0) return true;
  // Asked for again meanwhile: what was done counts, and it waits for its next turn.
  return tx.Exec(query::kJobAgain, job.id, job.lease) > 0;
}

std::optional<bool> FailJob(sql::Tx& tx, const Job& job, std::string_view why, Seconds now) {
  if (job.attempts >= kMaxAttempts) {
    if (!BuryJob(tx, job, why)) return std::nullopt;
    return false;
  }
  if (tx.Exec(query::kJobRetry, job.id, job.lease, now + RetryDelay(job.attempts), Short(why),
              job.edition) > 0)
    return true;
  if (tx.Exec(query::kJobAgain, job.id, job.lease) > 0) return true;
  return std::nullopt;
}

void HoldHost(sql::Tx& tx, const Job& job, Seconds now) {
  const auto most = static_cast<int>(tx.Int(query::kJobHostTries, job.id).value_or(0));
  if (most > 0) tx.Exec(query::kJobHoldHost, job.id, now + RetryDelay(most), now);
}

bool BuryJob(sql::Tx& tx, const Job& job, std::string_view why) {
  if (tx.Exec(query::kJobBury, job.id, job.lease, job.edition, Short(why)) > 0) return true;
  return tx.Exec(query::kJobAgain, job.id, job.lease) > 0;
}

bool PostponeJob(sql::Tx& tx, const Job& job, Seconds until) {
  return tx.Exec(query::kJobPostpone, job.id, job.lease, until) > 0;
}

bool HoldsJob(sql::Tx& tx, const Job& job) { return tx.Has(query::kJobIsHeld, job.id, job.lease); }

void NoteProgress(sql::Tx& tx, const Job& job) { tx.Exec(query::kJobGetsOn, job.id, job.lease); }

void ReleaseJobs(sql::Tx& tx, std::string_view lease) { tx.Exec(query::kJobRelease, lease); }

int ReviveJobs(sql::Tx& tx, Seconds now) { return tx.Exec(query::kJobRevive, now); }

bool HasDueJob(sql::Tx& tx, Seconds now) { return tx.Has(query::kJobIsDue, now); }

bool HasLeasedJob(sql::Tx& tx, Seconds now) { return tx.Has(query::kJobIsLeased, now); }

QueueCounts CountJobs(sql::Tx& tx, Seconds now) {
  sql::Rows rows = tx.Query(query::kJobCounts, now);
  QueueCounts counts;
  if (rows.Step()) counts = {rows.Int(0), rows.Int(1), rows.Int(2)};
  return counts;
}

std::optional<Seconds> OldestDueJob(sql::Tx& tx, Seconds now) {
  sql::Rows rows = tx.Query(query::kJobOldest, now);
  if (!rows.Step()) return std::nullopt;
  return rows.OptionalInt(0);
}

}  // namespace daybook::journal
