-- What the owner decides about comments and references (journal/moderate.cc).

-- name: moderate_comment :one
select c.id, c.status, c.created_at, c.author_name, c.author_email, c.author_url, '', c.body, e.path, e.title, c.network,
  c.score, c.reasons
from comment c join entry e on e.id = c.entry_id where c.id = $1;

-- name: moderate_reference :one
select r.id, r.status, r.created_at, r.author, '', r.url, r.title, r.excerpt, e.path, e.title, r.network,
  r.score, r.reasons
from reference r join entry e on e.id = r.entry_id where r.id = $1 and r.kind = 1;

-- $1 status, -1 for all; $2 limit.
-- name: moderate_comments :many
select c.id, c.status, c.created_at, c.author_name, c.author_email, c.author_url, '', c.body, e.path, e.title, c.network,
  c.score, c.reasons
from comment c join entry e on e.id = c.entry_id where c.status = $1 or $1 = -1
order by c.created_at desc, c.id desc limit $2;

-- name: moderate_references :many
select r.id, r.status, r.created_at, r.author, '', r.url, r.title, r.excerpt, e.path, e.title, r.network,
  r.score, r.reasons
from reference r join entry e on e.id = r.entry_id where r.kind = 1 and (r.status = $1 or $1 = -1)
order by r.created_at desc, r.id desc limit $2;

-- name: comment_writer_trusted :one
select 1 from comment c join reader r on r.id = c.reader_id where c.id = $1 and r.trusted_at is not null;

-- name: comment_writer_untrust :exec
update reader set trusted_at = null where id = (select reader_id from comment where id = $1);

-- name: log_put :exec
insert into log (at, author_id, action, subject, detail) values ($1, $2, $3, $4, $5);

-- What was decided about it and the state before, the first decision first.
-- name: log_decisions :many
select action, detail from log where subject = $1 and action in ('approve', 'spam', 'delete', 'restore', 'undo') order by id;

-- name: log_has :one
select 1 from log where subject = $1 and action = $2;

-- name: comments_old :many
select id from comment where status >= 2 and coalesce(decided_at, created_at) < $1 limit $2;

-- name: references_old :many
select id from reference where status >= 2 and coalesce(decided_at, created_at) < $1 limit $2;

-- name: comments_forget_network :exec
update comment set network = '' where network <> '' and created_at <= $1;

-- name: references_forget_network :exec
update reference set network = '' where network <> '' and created_at <= $1;
