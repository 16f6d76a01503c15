-- Who may sign in and who is signed in (journal/account.cc). People share their columns.

-- name: person_by_id :one
select id, name, slug, email, role, may_publish from author where id = $1;

-- name: people :many
select id, name, slug, email, role, may_publish from author order by id;

-- By address of mail, else by slug; $1 in lower case.
-- name: account_named :one
select id, name, slug, email, role, may_publish, password from author
where role < 3 and (lower(email) = $1 or slug = $1)
order by case when lower(email) = $1 then 0 else 1 end, id limit 1;

-- name: session_start :exec
insert into session (token_hash, author_id, created_at, seen_at, agent) values ($1, $2, $3, $3, $4);

-- name: session_read :one
-- hot
-- $2: used at least since then.
select a.id, a.name, a.slug, a.email, a.role, a.may_publish, s.created_at, s.seen_at, s.agent
from session s join author a on a.id = s.author_id
where s.token_hash = $1 and s.seen_at > $2 and a.role < 3;

-- name: session_seen :one
select seen_at from session where token_hash = $1;

-- name: session_note_seen :exec
update session set seen_at = $2 where token_hash = $1 and seen_at < $2;

-- name: sessions_of :many
select token_hash, created_at, seen_at, agent from session where author_id = $1 and seen_at > $2
order by seen_at desc, token_hash;

-- name: session_end :exec
delete from session where token_hash = $1;

-- name: sessions_end :exec
delete from session where author_id = $1 and token_hash <> $2;

-- name: person_role :exec
update author set role = $2, may_publish = $3 where id = $1;

-- name: session_forget :exec
delete from session where seen_at < $1;
