-- Messages to be sent (journal/mail.cc).

-- name: mail_insert :one
insert into mail (template, recipient, fields, network, created_at, mailbox) values ($1, $2, $3, $4, $5, $6)
returning id;

-- name: mail_load :one
select template, recipient, fields, created_at from mail where id = $1 and sent_at is null and failed_at is null;

-- name: mail_count_to :one
-- hot
select count(*) from mail where mailbox = $1 and created_at > $2 and network <> '';

-- name: mail_count_from :one
-- hot
select count(*) from mail where network = $1 and created_at > $2;

-- name: mail_count_strangers :one
-- hot
select count(*) from mail where created_at > $1 and network <> '';

-- The moment at which the message left that is $2 places back from the newest. Not of those that a clock which was wrong
-- set far into the future ($3).
-- name: mail_nth_sent :one
-- hot
select sent_at from mail where sent_at is not null and sent_at > $1 and sent_at <= $3 order by sent_at desc limit 1 offset $2;

-- name: mail_sent :exec
update mail set sent_at = $2, fields = '' where id = $1;

-- name: mail_failed :exec
update mail set failed_at = $2, error = $3, fields = '' where id = $1;

-- name: mail_forget :exec
delete from mail where created_at < $1 and (sent_at is not null or failed_at is not null);

-- name: mail_is_suppressed :one
select 1 from suppression where email = lower($1);

-- name: mail_suppress :exec
insert into suppression (email, reason, at) values (lower($1), 1, $2) on conflict (email) do nothing;

-- name: mail_count_of :one
select count(*) from mail where recipient = $1 and template = $2 and created_at > $3;

-- name: mail_drop :exec
delete from mail where id = $1;

-- name: mail_forget_networks :exec
update mail set network = '' where network <> '' and created_at <= $1;

-- The owner's page of mail (journal/mail_check.cc).

-- What waits, and what left since two moments.
-- name: mail_queue :one
select (select count(*) from job where kind = 0 and dead = 0),
  (select count(*) from mail where mailing_id is not null and sent_at is null and failed_at is null),
  (select count(*) from mail where sent_at is not null and sent_at > $1),
  (select count(*) from mail where sent_at is not null and sent_at > $2),
  (select max(sent_at) from mail where sent_at is not null);

-- name: mail_last_sent :one
-- hot
select sent_at from mail where sent_at is not null order by sent_at desc limit 1;

-- name: mail_put_off :many
select m.recipient, j.last_error, case when j.dead = 0 then j.run_at end
from job j join mail m on m.id = j.subject
where j.kind = 0 and j.last_error <> '' order by j.id desc limit $1;

-- name: mail_put_off_copies :many
select recipient, error, try_at from mail
where mailing_id is not null and sent_at is null and failed_at is null and attempts > 0 order by id desc limit $1;

-- name: mail_refused :many
select recipient, error, null from mail where failed_at is not null order by failed_at desc limit $1;

-- Mail works now: what was put off for a fault need not wait for its next turn.
-- name: mail_wake_failed :exec
update job set run_at = $1 where kind = 0 and dead = 0 and run_at > $1 and last_error <> '' and lease_ends <= $1;

-- Mail begins again: what was held looks at once.
-- name: mail_wake :exec
update job set run_at = $1
where kind in (0, 10) and dead = 0 and run_at > $1 and run_at <= $1 + 3600 and lease_ends <= $1;

-- name: mail_is_held :one
-- hot
select 1 from setting where name = 'mail.sending' and value = 'off';
