-- The journal's own people: what they are called, how they prove who they are (journal/people.cc, second.cc).

-- name: second_read :one
select totp_secret, totp_step, (select count(*) from recovery_code r where r.author_id = author.id) from author where id = $1;

-- name: second_set :exec
update author set totp_secret = $2, totp_step = $3 where id = $1;

-- name: recovery_clear :exec
delete from recovery_code where author_id = $1;

-- name: recovery_put :exec
insert into recovery_code (author_id, hash) values ($1, $2) on conflict (author_id, hash) do nothing;

-- name: recovery_take :exec
delete from recovery_code where author_id = $1 and hash = $2;

-- What a link to a new password is bound to: it dies with either of them.
-- name: person_proof :one
select password, email from author where id = $1;

-- name: person_profile :one
select name, slug, email, url, about, role, may_publish, password <> '', totp_secret <> '',
  (select count(*) from entry e where e.author_id = author.id and e.status <> 4),
  (select count(*) from entry e where e.author_id = author.id and e.status in (0, 3)),
  (select max(seen_at) from session s where s.author_id = author.id)
from author where id = $1;

-- name: person_change :exec
update author set name = $2, slug = $3, email = $4, url = $5, about = $6 where id = $1;

-- Somebody else with that address of mail ($2) or slug ($3), both in lower case.
-- name: person_taken :one
select case when $2 <> '' and lower(email) = $2 then 1 else 2 end from author
where id <> $1 and (($2 <> '' and lower(email) = $2) or slug = $3) order by 1 limit 1;

-- name: owner_count :one
select count(*) from author where role = 2;
