-- Counts of readers (journal/statistics.cc).

-- name: statistic_add :exec
insert into statistic (day, kind, subject, readers) values ($1, $2, $3, $4)
on conflict (day, kind, subject) do update set readers = statistic.readers + excluded.readers;

-- name: statistic_at_least :exec
insert into statistic (day, kind, subject, readers) values ($1, $2, $3, $4)
on conflict (day, kind, subject) do update
set readers = case when excluded.readers > statistic.readers then excluded.readers else statistic.readers end;

-- name: statistic_subjects :one
select count(*) from statistic where day = $1 and kind = $2;

-- name: statistic_has :one
select 1 from statistic where day = $1 and kind = $2 and subject = $3;

-- name: statistic_see :exec
insert into statistic_seen (mark) values ($1) on conflict do nothing;

-- name: statistic_forget_seen :exec
delete from statistic_seen;

-- name: statistic_forget :exec
delete from statistic where day < $1;

-- name: statistic_forget_all :exec
delete from statistic;

-- name: statistic_state :one
select file, at, day, key, read_at, problem from statistic_state where id = 1;

-- name: statistic_put_state :exec
insert into statistic_state (id, file, at, day, key, read_at, problem) values (1, $1, $2, $3, $4, $5, $6)
on conflict (id) do update
set file = excluded.file, at = excluded.at, day = excluded.day, key = excluded.key, read_at = excluded.read_at,
  problem = excluded.problem;

-- name: statistic_entry :one
select id from entry where path = $1 and status = 1 and password = '';

-- name: statistic_days :many
select day, sum(readers) from statistic where kind = $1 and day >= $2 group by day order by day desc;

-- name: statistic_top :many
select subject, sum(readers) from statistic where kind = $1 and day >= $2
group by subject order by sum(readers) desc, subject limit $3;

-- name: statistic_top_entries :many
select s.subject, sum(s.readers), e.title, e.path, e.summary
from statistic s join entry e on e.id = cast(s.subject as integer)
where s.kind = $1 and s.day >= $2 and e.path is not null
group by s.subject, e.title, e.path, e.summary order by sum(s.readers) desc, s.subject limit $3;

-- Every ten minutes; also when the clock was wrong.
-- name: statistic_due :one
select 1 from setting s left join statistic_state x on x.id = 1
where s.name = 'statistics.log' and s.value <> '' and (coalesce(x.read_at, 0) + 600 <= $1 or x.read_at > $1);
