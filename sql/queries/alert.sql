-- What the owner and writers are told about answers (journal/alert.cc).

-- name: alert_last :one
select max(created_at) from mail where recipient = $1 and template = $2;

-- What came to wait since $1, the oldest first.
-- name: alert_comments :many
select id, created_at from comment where status = 0 and created_at > $1 and author_id is null order by created_at, id limit $2;

-- name: alert_references :many
select id, created_at from reference where status = 0 and kind = 1 and created_at > $1 order by created_at, id limit $2;

-- Whether anybody decided about it; $2 when it came, since numbers of what was erased are used again.
-- name: alert_decided :one
select 1 from log where subject = $1 and at >= $2 and action in ('approve', 'spam', 'delete', 'restore') limit 1;

-- The writer of a public comment who follows its entry. $2 now.
-- name: approved_comment :one
select c.entry_id, r.id, r.email, e.path, e.title
from comment c join entry e on e.id = c.entry_id
join reader r on r.id = c.reader_id
join thread_follow f on f.entry_id = c.entry_id and f.reader_id = r.id
where c.id = $1 and c.status = 1 and r.confirmed_at is not null
  and e.status = 1 and e.password = '' and e.visible_at <= $2 and e.expires_at > $2;

-- name: approved_told :exec
update comment set writer_told = 1 where id = $1 and writer_told = 0;

-- name: alert_has_job :one
select 1 from job where kind = $1 and subject = $2 and dead = 0;
