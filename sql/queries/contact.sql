-- What readers wrote to the owner (journal/contact.cc).

-- name: message_insert :one
insert into message (status, created_at, name, email, body, network, score, reasons, digest)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id;

-- name: message_repeated :one
-- hot
select id from message where digest = $1 and created_at >= $2 limit 1;

-- name: message_by_id :one
select id, status, created_at, name, email, body, score, reasons from message where id = $1;

-- name: message_list :many
select id, status, created_at, name, email, body, score, reasons from message
where status = $1 order by id desc limit $2 offset $3;

-- name: message_count :one
select count(*) from message where status = $1;

-- name: message_put_status :exec
update message set status = $2, decided_at = $3 where id = $1;

-- name: message_erase :exec
delete from message where id = $1;

-- name: message_erase_of :exec
delete from message where email = $1;

-- Spam and trash, some at a time.
-- name: message_forget :exec
delete from message where status >= 2 and coalesce(decided_at, created_at) < $1;

-- name: message_forget_networks :exec
update message set network = '' where network <> '' and created_at <= $1;
