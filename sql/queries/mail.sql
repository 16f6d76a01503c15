-- Messages to be sent (journal/mail.cc).

-- name: mail_insert :one
insert into mail (template, recipient, fields, network, created_at) values ($1, $2, $3, $4, $5)
returning id;

-- name: mail_load :one
select template, recipient, fields, created_at from mail where id = $1 and sent_at is null and failed_at is null;

-- name: mail_count_to :one
-- hot
select count(*) from mail where recipient = $1 and created_at > $2 and network <> '';

-- name: mail_count_from :one
-- hot
select count(*) from mail where network = $1 and created_at > $2;

-- name: mail_count_strangers :one
-- hot
select count(*) from mail where created_at > $1 and network <> '';

-- The moment at which the message left that is $2 places back from the newest.
-- name: mail_nth_sent :one
-- hot
select sent_at from mail where sent_at is not null and sent_at > $1 order by sent_at desc limit 1 offset $2;

-- name: mail_sent :exec
update mail set sent_at = $2, fields = '' where id = $1;

-- name: mail_failed :exec
update mail set failed_at = $2, error = $3, fields = '' where id = $1;

-- name: mail_forget :exec
delete from mail where created_at < $1 and (sent_at is not null or failed_at is not null);

-- name: mail_is_suppressed :one
select 1 from suppression where email = $1;

-- name: mail_suppress :exec
insert into suppression (email, reason, at) values ($1, 1, $2) on conflict (email) do nothing;

-- name: mail_count_of :one
select count(*) from mail where recipient = $1 and template = $2 and created_at > $3;

-- name: mail_drop :exec
delete from mail where id = $1;

-- name: mail_forget_networks :exec
update mail set network = '' where network <> '' and created_at <= $1;
