-- Posting comments, their receipts and their owners (journal/comment_post.cc, comment_read.cc, comment_own.cc).

-- name: secret_by_name :one
select value from secret where name = $1;

-- Whether an entry takes comments.
-- name: comment_gate :one
select kind, status, visible_at, expires_at, comments, comments_close, comment_count, password, title, path
from entry where id = $1;

-- The receipt of the same thing posted since $2.
-- name: comment_receipt_by_digest :one
select receipt from comment where digest = $1 and created_at >= $2 and receipt is not null order by created_at desc, id desc limit 1;

-- name: comment_id_by_receipt :one
select id from comment where receipt = $1;

-- name: comment_whole :one
select c.id, c.entry_id, c.parent_id, c.status, c.created_at, c.edited_at, c.author_name, c.author_email, c.author_url,
  c.author_id, c.reader_id, c.mode, c.body, c.body_html, c.network, c.score, c.reasons, c.receipt, c.decided_at,
  e.path, e.title
from comment c join entry e on e.id = c.entry_id where c.id = $1;

-- name: reader_by_email :one
select id, email, name, confirmed_at, trusted_at, created_at from reader where email = $1;

-- name: reader_by_id :one
select id, email, name, confirmed_at, trusted_at, created_at from reader where id = $1;

-- name: reader_insert :one
insert into reader (email, name, created_at) values ($1, $2, $3) returning id;

-- name: reader_confirm :exec
update reader set confirmed_at = coalesce(confirmed_at, $2) where id = $1;

-- name: reader_trust :exec
update reader set trusted_at = coalesce(trusted_at, $2) where id = $1 and confirmed_at is not null;

-- What was ever mailed to an address that is erased.
-- name: mail_erase :exec
delete from mail where recipient = $1;

-- name: reader_erase :exec
delete from reader where id = $1;

-- name: comment_claim :exec
update comment set reader_id = $2 where id = $1;

-- $1 reader, $2 the address that was confirmed. Newest first.
-- name: comments_of_reader :many
select c.id from comment c where c.reader_id = $1
union
select c.id from comment c where c.author_email = $2 and c.author_email <> ''
order by 1 desc;

-- name: comment_edit :exec
update comment set body = $2, body_html = $3, mode = $4, edited_at = $5 where id = $1;

-- name: comment_put_verdict :exec
update comment set score = $2, reasons = $3 where id = $1;

-- name: follow_put :exec
insert into thread_follow (entry_id, reader_id, created_at) values ($1, $2, $3)
on conflict (entry_id, reader_id) do nothing;

-- name: follow_drop :exec
delete from thread_follow where entry_id = $1 and reader_id = $2;

-- name: follows_of_reader :many
select f.entry_id, e.path, e.title, f.created_at from thread_follow f join entry e on e.id = f.entry_id
where f.reader_id = $1 order by f.created_at desc, f.entry_id;
