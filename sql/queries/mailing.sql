-- Letters to many and their copies (journal/mailing.cc).

-- name: mailing_by_id :one
select m.id, m.kind, m.status, coalesce(m.entry_id, 0), m.since, m.send_at, m.audience, coalesce(m.tag_id, 0), m.archive, m.queued_to,
  m.created_at, m.began_at, m.ended_at, m.sent, m.failed, coalesce(e.title, ''), coalesce(e.path, '')
from mailing m left join entry e on e.id = m.entry_id where m.id = $1;

-- name: mailing_of_entry :one
select id, status from mailing where entry_id = $1 and kind = 0;

-- name: mailing_list :many
select m.id, m.kind, m.status, coalesce(m.entry_id, 0), m.since, m.send_at, m.audience, coalesce(m.tag_id, 0), m.archive, m.queued_to,
  m.created_at, m.began_at, m.ended_at, m.sent, m.failed, coalesce(e.title, ''), coalesce(e.path, '')
from mailing m left join entry e on e.id = m.entry_id where m.status <> 7 order by m.id desc limit $1;

-- Those at work or paused.
-- name: mailing_open :many
select m.id, m.kind, m.status, coalesce(m.entry_id, 0), m.since, m.send_at, m.audience, coalesce(m.tag_id, 0), m.archive, m.queued_to,
  m.created_at, m.began_at, m.ended_at, m.sent, m.failed, coalesce(e.title, ''), coalesce(e.path, '')
from mailing m left join entry e on e.id = m.entry_id where m.status between 1 and 4 order by m.id;

-- name: mailing_insert :one
insert into mailing (kind, status, entry_id, since, send_at, created_at) values ($1, $2, $3, $4, $5, $6) returning id;

-- name: mailing_set_status :exec
update mailing set status = $2 where id = $1;

-- name: mailing_send_at :exec
update mailing set status = 1, send_at = $2, ended_at = null where id = $1;

-- name: mailing_begin :exec
update mailing set status = 2, began_at = $2 where id = $1;

-- name: mailing_segment :exec
update mailing set audience = $2, tag_id = $3, archive = $4 where id = $1;

-- name: mailing_queued_to :exec
update mailing set queued_to = $2, status = $3 where id = $1;

-- name: mailing_end :exec
update mailing set status = $2, ended_at = $3,
  sent = (select count(*) from mail where mailing_id = $1 and sent_at is not null),
  failed = (select count(*) from mail where mailing_id = $1 and failed_at is not null)
where id = $1;

-- name: mailing_drop_waiting :exec
delete from mail where mailing_id = $1 and sent_at is null and failed_at is null;

-- An issue may leave again, now or later.
-- name: mailing_unsend :exec
update mailing set status = 0, send_at = 0 where id = $1 and kind = 3 and status = 1;

-- name: mailing_issue_of :one
select id from mailing where entry_id = $1 and kind = 3 and status < 2;

-- To whom an issue would go: $1 audience, $2 tag or 0.
-- name: mailing_count_issue :one
select count(*) from subscriber s
where s.status = 1
  and (($1 = 0 and s.newsletter = 1) or ($1 between 1 and 3 and s.cadence = $1 - 1)
       or ($1 = 4 and (s.newsletter = 1 or s.cadence < 3)))
  and ($2 = 0 or s.all_tags = 1
       or exists (select 1 from subscriber_tag st where st.subscriber_id = s.id and st.tag_id = $2))
  and not exists (select 1 from suppression x where x.email = lower(s.email));

-- What readers can ask for.
-- name: mailing_tags :many
select t.id, t.name from tag t
where t.entry_count > 0 or exists (select 1 from subscriber_tag st where st.tag_id = t.id)
order by t.name, t.id limit 500;

-- Issues that can be read on the site.
-- name: mailing_archive :many
select e.title, e.path, m.began_at from mailing m join entry e on e.id = m.entry_id
where m.kind = 3 and m.archive = 1 and m.began_at is not null and e.status = 1 and e.password = '' and e.path <> ''
order by m.id desc limit $1;

-- name: mailing_erase :exec
delete from mailing where id = $1 and status = 0;

-- Whether everyone may read its entry now.
-- name: mailing_entry_open :one
select 1 from entry where id = $1 and kind = 0 and status = 1 and password = '' and visible_at <= $2 and expires_at > $2;

-- name: mailing_page_open :one
select 1 from entry where id = $1 and kind = 1 and status = 1 and password = '' and path <> '' and visible_at <= $2 and expires_at > $2;

-- The last subscriber of the next part.
-- name: mailing_next_part :one
select max(id) from (select id from subscriber where id > $1 order by id limit $2) part;

-- name: mailing_copies_of_entry :exec
insert into mail (template, recipient, fields, created_at, mailing_id, subscriber_id)
select $1, s.email, '', $2, $3, s.id from subscriber s
where s.id > $4 and s.id <= $5 and s.status = 1 and s.cadence = 0
  and (s.all_tags = 1 or exists (select 1 from subscriber_tag st join entry_tag et on et.tag_id = st.tag_id
                                 where st.subscriber_id = s.id and et.entry_id = $6))
  and not exists (select 1 from suppression x where x.email = lower(s.email))
on conflict do nothing;

-- name: mailing_copies_of_digest :exec
insert into mail (template, recipient, fields, created_at, mailing_id, subscriber_id)
select $1, s.email, '', $2, $3, s.id from subscriber s
where s.id > $4 and s.id <= $5 and s.status = 1 and s.cadence = $6
  and not exists (select 1 from suppression x where x.email = lower(s.email))
on conflict do nothing;

-- $6 audience, $7 tag or 0.
-- name: mailing_copies_of_issue :exec
insert into mail (template, recipient, fields, created_at, mailing_id, subscriber_id)
select $1, s.email, '', $2, $3, s.id from subscriber s
where s.id > $4 and s.id <= $5 and s.status = 1
  and (($6 = 0 and s.newsletter = 1) or ($6 between 1 and 3 and s.cadence = $6 - 1)
       or ($6 = 4 and (s.newsletter = 1 or s.cadence < 3)))
  and ($7 = 0 or s.all_tags = 1
       or exists (select 1 from subscriber_tag st where st.subscriber_id = s.id and st.tag_id = $7))
  and not exists (select 1 from suppression x where x.email = lower(s.email))
on conflict do nothing;

-- name: mailing_next_copies :many
-- hot
select m.id, m.recipient, m.subscriber_id, s.secret, s.all_tags, m.attempts
from mail m join subscriber s on s.id = m.subscriber_id
where m.mailing_id = $1 and m.sent_at is null and m.failed_at is null and m.try_at <= $2
  and s.status = 1
order by m.try_at limit $3;

-- Whether a copy may still go: nobody left, opted out or erased it meanwhile, nor stopped the whole.
-- name: mailing_copy_wanted :one
-- hot
select 1 from mail m join mailing g on g.id = m.mailing_id join subscriber s on s.id = m.subscriber_id
where m.id = $1 and m.sent_at is null and m.failed_at is null and g.status = 3 and s.status = 1
  and not exists (select 1 from suppression x where x.email = lower(s.email));

-- name: mailing_put_off :exec
update mail set try_at = $2, attempts = attempts + 1, error = $3 where id = $1;

-- When the next copy may be tried; nothing: none waits.
-- name: mailing_next_try :one
select min(m.try_at) from mail m join subscriber s on s.id = m.subscriber_id
where m.mailing_id = $1 and m.sent_at is null and m.failed_at is null and s.status = 1;

-- name: mailing_progress :one
select count(*), coalesce(sum(case when sent_at is not null then 1 else 0 end), 0),
  coalesce(sum(case when failed_at is not null then 1 else 0 end), 0)
from mail where mailing_id = $1;

-- Confirmations and other letters that go before.
-- name: mailing_others_wait :one
-- hot
select 1 from job where dead = 0 and run_at <= $1 and lease_ends <= $1 and kind = 0 limit 1;

-- name: mailing_sent_since :one
select count(*) from mail where sent_at is not null and sent_at > $1 and sent_at <= $2;

-- name: mailing_digest_waits :one
select 1 from job where kind = $1 and subject = $2;

-- name: mailing_last_digest :one
select max(send_at) from mailing where kind = $1;

-- What appeared between two moments, for a digest.
-- name: mailing_new_entries :many
select id, title, path, summary, visible_at, zone from entry
where kind = 0 and status = 1 and password = '' and visible_at > $1 and visible_at <= $2 and expires_at > $2
order by visible_at limit 100;

-- name: mailing_entry_tagged :one
select 1 from entry_tag et join subscriber_tag st on st.tag_id = et.tag_id
where et.entry_id = $1 and st.subscriber_id = $2 limit 1;

-- name: mailing_entry_text :one
select title, path, body_html, more_html, language, visible_at, zone from entry where id = $1;
