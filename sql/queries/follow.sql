-- Mails to those who follow an entry's comments (journal/follow.cc).

-- name: follow_any :one
select 1 from thread_follow where entry_id = $1 limit 1;

-- name: follow_is :one
select 1 from thread_follow where entry_id = $1 and reader_id = $2;

-- name: comment_telling :one
select c.entry_id, c.told_to, coalesce(c.reader_id, 0), c.author_email
from comment c join entry e on e.id = c.entry_id
where c.id = $1 and c.status = 1 and e.status = 1 and e.password = '' and e.visible_at <= $2 and e.expires_at > $2;

-- name: followers_after :many
select f.reader_id, r.email from thread_follow f join reader r on r.id = f.reader_id
where f.entry_id = $1 and f.reader_id > $2 and r.confirmed_at is not null
order by f.reader_id limit $3;

-- name: comment_told_to :exec
update comment set told_to = $2 where id = $1;

-- What a waiting mail says by now; nothing where it is no longer wanted. $1 comment, $2 reader, $3 address.
-- name: follow_mail :one
select c.author_name, c.body_html, e.path, e.title, e.id
from comment c join entry e on e.id = c.entry_id
join thread_follow f on f.entry_id = c.entry_id and f.reader_id = $2
join reader r on r.id = f.reader_id
where c.id = $1 and c.status = 1 and r.email = $3
  and e.status = 1 and e.password = '' and e.visible_at <= $4 and e.expires_at > $4;
