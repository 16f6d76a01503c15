-- Who gets letters to many (journal/subscriber.cc).

-- name: subscriber_by_id :one
select id, email, status, cadence, newsletter, all_tags, secret, asked_at, confirmed_at, left_at, proof
from subscriber where id = $1;

-- name: subscriber_by_email :one
select id, email, status, cadence, newsletter, all_tags, secret, asked_at, confirmed_at, left_at, proof
from subscriber where lower(email) = lower($1) order by id limit 1;

-- name: subscriber_insert :one
insert into subscriber (email, status, cadence, newsletter, all_tags, secret, asked_at)
values ($1, 0, $2, $3, $4, $5, $6) returning id;

-- name: subscriber_asked :exec
update subscriber set asked_at = $2 where id = $1;

-- name: subscriber_confirm :exec
update subscriber set status = 1, confirmed_at = $2, left_at = null, proof = $3 where id = $1;

-- name: subscriber_choose :exec
update subscriber set cadence = $2, newsletter = $3, all_tags = $4 where id = $1;

-- name: subscriber_leave :exec
update subscriber set status = 2, left_at = $2 where id = $1 and status <> 2;

-- name: subscriber_bounced :exec
update subscriber set status = 3, left_at = $2 where id = $1;

-- name: subscriber_erase :exec
delete from subscriber where id = $1;

-- name: subscriber_forget_asked :exec
delete from subscriber where status = 0 and asked_at < $1;

-- name: subscriber_drop_copies :exec
delete from mail where subscriber_id = $1 and sent_at is null and failed_at is null;

-- name: subscriber_erase_mails :exec
delete from mail where recipient = $1;

-- name: subscriber_tags :many
select t.id, t.name, t.slug from subscriber_tag s join tag t on t.id = s.tag_id where s.subscriber_id = $1 order by t.name;

-- name: subscriber_drop_tags :exec
delete from subscriber_tag where subscriber_id = $1;

-- name: subscriber_put_tag :exec
insert into subscriber_tag (subscriber_id, tag_id) select $1, id from tag where id = $2 on conflict do nothing;

-- name: subscriber_tag_by_slug :one
select id from tag where slug = $1;

-- name: suppression_put :exec
insert into suppression (email, reason, at) values (lower($1), $2, $3) on conflict (email) do nothing;

-- Only what the person asked for; an address that does not exist stays suppressed.
-- name: suppression_lift :exec
delete from suppression where email = lower($1) and reason = 0;

-- name: suppression_of :one
select reason from suppression where email = lower($1);

-- name: subscriber_counts :one
select coalesce(sum(case when status = 0 then 1 else 0 end), 0), coalesce(sum(case when status = 1 then 1 else 0 end), 0),
  coalesce(sum(case when status = 2 then 1 else 0 end), 0), coalesce(sum(case when status = 3 then 1 else 0 end), 0),
  coalesce(sum(case when status = 1 and cadence = 0 then 1 else 0 end), 0),
  coalesce(sum(case when status = 1 and cadence = 1 then 1 else 0 end), 0),
  coalesce(sum(case when status = 1 and cadence = 2 then 1 else 0 end), 0),
  coalesce(sum(case when status = 1 and newsletter = 1 then 1 else 0 end), 0)
from subscriber;

-- name: subscriber_found :one
select count(*) from subscriber where lower(email) like $1;

-- name: subscriber_list :many
select id, email, status, cadence, newsletter, all_tags, secret, asked_at, confirmed_at, left_at, proof
from subscriber where lower(email) like $1 order by id desc limit $2 offset $3;

-- name: subscriber_after :many
select id, email, status, cadence, newsletter, all_tags, secret, asked_at, confirmed_at, left_at, proof
from subscriber where id > $1 order by id limit $2;
