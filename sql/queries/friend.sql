-- Entries mailed to friends (journal/friend.cc).

-- name: friend_insert :one
insert into friend_mail (entry_id, sender, sender_name, recipient, note, recipient_key, created_at)
values ($1, $2, $3, $4, $5, $6, $7) returning id;

-- name: friend_by_id :one
select f.entry_id, f.sender, f.sender_name, f.recipient, f.note, f.recipient_key, f.created_at, f.sent_at
from friend_mail f where f.id = $1;

-- What was typed is forgotten as soon as it is on its way.
-- name: friend_sent :exec
update friend_mail set sent_at = $2, mail_id = $3, sender_name = '', recipient = '', note = '' where id = $1;

-- name: friend_drop :exec
delete from friend_mail where id = $1;

-- name: friend_was_sent :one
-- hot
select 1 from friend_mail where entry_id = $1 and recipient_key = $2 and sent_at is not null;

-- When the mail left that is $3 places back from the sender's newest since $2.
-- name: friend_nth_sent :one
-- hot
select sent_at from friend_mail where sender = $1 and sent_at > $2 order by sent_at desc limit 1 offset $3;

-- Of what was sent since $1: those whose address does not exist, and those who want no more.
-- name: friend_troubles :one
-- hot
select count(*) from friend_mail f left join mail m on m.id = f.mail_id
where f.sent_at > $1 and (f.complained_at is not null or m.failed_at is not null);

-- name: friend_complain :exec
update friend_mail set complained_at = $2 where id = $1 and complained_at is null;

-- name: friend_uncomplain :exec
update friend_mail set complained_at = null where id = $1;

-- name: friend_entry :one
select e.path, e.title, e.excerpt, e.summary, e.password
from entry e where e.id = $1 and e.status = 1 and e.visible_at <= $2 and e.expires_at > $2;

-- name: friend_drop_waiting :exec
delete from mail where recipient = $1 and template = $2 and sent_at is null and failed_at is null;

-- name: friend_erase_sender :exec
delete from friend_mail where sender = $1;

-- name: friend_forget_asked :exec
delete from friend_mail where sent_at is null and created_at < $1;

-- name: friend_forget_sent :exec
delete from friend_mail where sent_at is not null and sent_at < $1;

-- name: friend_newest_mail :one
-- hot
select id from mail where recipient = $1 order by created_at desc, id desc limit 1;
