-- The queue of what must happen outside (journal/jobs.cc).

-- name: job_counts :one
select coalesce(sum(1 - dead), 0), coalesce(sum(case when dead = 0 and lease_ends > $1 then 1 else 0 end), 0),
  coalesce(sum(dead), 0)
from job;

-- One that waits already is due anew; one in somebody's hands will be done once more (edition).
-- name: job_put :exec
insert into job (kind, subject, run_at, priority, host) values ($1, $2, $3, $4, $5)
on conflict (kind, subject) do update
set run_at = excluded.run_at, priority = excluded.priority, attempts = 0, dead = 0, last_error = '',
  edition = job.edition + 1, host = excluded.host;

-- name: job_drop :exec
delete from job where kind = $1 and subject = $2;

-- name: job_bury_killed :exec
-- hot
update job set dead = 1, leased_by = '', lease_ends = 0, last_error = 'the worker was stopped in the middle of it'
where dead = 0 and run_at <= $1 and lease_ends <= $1 and attempts >= $2;

-- One mail at a time: the host's cap is counted between them. One job at a time of each site that is asked.
-- name: job_claim :one
update job set leased_by = $2, lease_ends = $3, attempts = attempts + 1
where id = (select id from job where dead = 0 and run_at <= $1 and lease_ends <= $1
              and (kind <> 0 or not exists (select 1 from job m where m.kind = 0 and m.lease_ends > $1))
              and (host = '' or not exists (select 1 from job h where h.lease_ends > 0 and h.lease_ends > $1
                                              and h.host = job.host))
            order by priority, run_at, id limit 1)
returning id, kind, subject, attempts, edition;

-- name: job_done :exec
delete from job where id = $1 and leased_by = $2 and edition = $3;

-- name: job_again :exec
update job set leased_by = '', lease_ends = 0 where id = $1 and leased_by = $2;

-- name: job_retry :exec
update job set leased_by = '', lease_ends = 0, run_at = $3, last_error = $4
where id = $1 and leased_by = $2 and edition = $5;

-- name: job_bury :exec
update job set leased_by = '', lease_ends = 0, dead = 1, last_error = $4
where id = $1 and leased_by = $2 and edition = $3;

-- name: job_postpone :exec
update job set leased_by = '', lease_ends = 0, run_at = $3,
  attempts = case when attempts > 0 then attempts - 1 else 0 end
where id = $1 and leased_by = $2;

-- Whether it is still in the same hands.
-- name: job_is_held :one
-- hot
select 1 from job where id = $1 and leased_by = $2;

-- It gets on: earlier attempts that were stopped in the middle do not count.
-- name: job_gets_on :exec
update job set attempts = 1 where id = $1 and leased_by = $2 and attempts > 1;

-- name: job_release :exec
update job set leased_by = '', lease_ends = 0 where leased_by = $1;

-- name: job_revive :exec
update job set dead = 0, attempts = 0, run_at = $1 where dead = 1;

-- name: job_is_due :one
-- hot
select 1 from job
where dead = 0 and run_at <= $1 and lease_ends <= $1
  and (kind <> 0 or not exists (select 1 from job m where m.kind = 0 and m.lease_ends > $1))
  and (host = '' or not exists (select 1 from job h where h.lease_ends > 0 and h.lease_ends > $1 and h.host = job.host))
limit 1;

-- How often the job of a site was tried that was tried most often.
-- name: job_host_tries :one
select max(attempts) from job
where host <> '' and host = (select host from job where id = $1) and dead = 0;

-- name: job_hold_host :exec
update job set run_at = $2
where host <> '' and host = (select host from job where id = $1) and id <> $1 and run_at < $2 and dead = 0
  and lease_ends <= $3;

-- name: job_is_leased :one
-- hot
select 1 from job where dead = 0 and lease_ends > $1 limit 1;

-- name: job_errors :many
select kind, subject, last_error from job where dead = 1 order by id desc limit 20;

-- The moment since which the oldest due job waits.
-- name: job_oldest :one
select min(run_at) from job where dead = 0 and run_at <= $1;

-- When what is old was last forgotten.
-- name: tidied_at :one
select cast(value as integer) from setting where name = 'work.tidied';

-- name: tidied_put :exec
insert into setting (name, value) values ('work.tidied', $1)
on conflict (name) do update set value = excluded.value;

-- What of a kind waits or is being done.
-- name: jobs_of_kind :many
select subject from job where kind = $1 and dead = 0 order by run_at, id;
