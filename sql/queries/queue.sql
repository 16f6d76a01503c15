-- What waits, page by page, and the blocks around it (journal/queue.cc). $2 and $3 are the last row of the page before.

-- $1 status, $4 limit, $5 bytes up to which a text is given whole.
-- name: queue_comments :many
-- hot
select c.id, c.created_at, c.author_name, c.author_email, c.author_url, '', substr(c.body, 1, 600),
  case when length(c.body_html) <= $5 then c.body_html else '' end, length(c.body_html) > $5, e.id, e.path, e.title,
  c.network, c.reasons, c.author_id
from comment c join entry e on e.id = c.entry_id
where c.status = $1 and (c.created_at, c.id) < ($2, $3)
order by c.created_at desc, c.id desc limit $4;

-- name: queue_references :many
-- hot
select r.id, r.created_at, r.author, '', r.url, r.title, r.excerpt, '', 0, e.id, e.path, e.title,
  r.network, r.reasons, null
from reference r join entry e on e.id = r.entry_id
where r.status = $1 and r.kind = 1 and (r.created_at, r.id) < ($2, $3)
order by r.created_at desc, r.id desc limit $4;

-- Counted up to $2: a page shows no more.
-- name: queue_count :one
-- hot
select (select count(*) from (select 1 from comment where status = $1 limit $2) as c)
  + (select count(*) from (select 1 from reference where status = $1 and kind = 1 limit $2) as r);

-- name: log_newest :one
select max(id) from log;

-- Somebody's decisions, the newest first.
-- name: log_acts :many
select id, subject, detail from log
where id between $1 and $2 and author_id = $3 and action in ('approve', 'spam', 'delete', 'restore')
order by id desc limit 500;

-- name: log_last_act :one
select id from log where subject = $1 and action in ('approve', 'spam', 'delete', 'restore', 'undo')
order by id desc limit 1;

-- The feed of what waits: its secret address is made of this number; 0 or less: there is none.
-- name: person_feed :one
select feed_edition from author where id = $1;

-- name: person_feed_set :exec
update author set feed_edition = $2 where id = $1;

-- name: comment_repeated :one
select id from comment where digest = $1 and created_at > $2 limit 1;

-- name: reference_entry :one
select entry_id from reference where id = $1;
