-- What was done, by whom (journal/audit.cc). A line is put by log_put of moderate.sql.

-- $1 the day, $2 what, $3 now.
-- name: log_count_more :exec
update log set detail = cast(cast(detail as integer) + 1 as text), at = $3 where subject = $1 and action = $2;

-- name: log_lines :many
-- hot
select l.id, l.at, coalesce(a.name, ''), l.action, l.subject, l.detail
from log l left join author a on a.id = l.author_id
where l.id < $1 order by l.id desc limit $2;

-- $1 older than this, $2 at most so many.
-- name: log_forget :exec
delete from log where id in (select id from log where at < $1 order by at limit $2);
