-- Times that no right clock could have written (journal/wrong_clock.cc). $1: an hour from now; $2: later than any next try.

-- name: wrong_clock_seen :one
-- hot
select 1 where exists (select 1 from job where lease_ends > 0 and lease_ends > $1)
  or exists (select 1 from job where dead = 0 and run_at > $2 and attempts > 0)
  or exists (select 1 from mail where sent_at is not null and sent_at > $1)
  or exists (select 1 from mail where network <> '' and created_at > $1)
  or exists (select 1 from friend_mail where created_at > $1);

-- name: wrong_clock_leases :exec
update job set lease_ends = 0 where lease_ends > $1;

-- name: wrong_clock_tries :exec
update job set run_at = $2 where dead = 0 and run_at > $1 and attempts > 0;

-- name: wrong_clock_mails :exec
update mail set created_at = min(created_at, $2), try_at = min(try_at, $2),
  sent_at = case when sent_at is not null then min(sent_at, $2) end
where created_at > $1 or sent_at > $1 or try_at > $1;

-- name: wrong_clock_friends :exec
update friend_mail set created_at = min(created_at, $2), sent_at = case when sent_at is not null then min(sent_at, $2) end
where created_at > $1 or sent_at > $1;
