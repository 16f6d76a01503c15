-- Links between this journal and other sites (journal/mentions.cc).

-- name: mention_put :one
insert into mention (token, via, state, entry_id, source, target, title, excerpt, site_name, site_url, author, network,
  created_at)
values ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (source, target, via) do update
set state = 0, entry_id = excluded.entry_id, title = excluded.title, excerpt = excluded.excerpt,
  site_name = excluded.site_name, site_url = excluded.site_url, author = excluded.author, network = excluded.network,
  created_at = excluded.created_at
returning id, token;

-- name: mention_load :one
-- hot
select m.id, m.token, m.via, m.state, m.entry_id, m.source, m.target, m.title, m.excerpt, m.site_name, m.site_url,
  m.author, m.created_at, coalesce(m.checked_at, 0),
  case when exists (select 1 from reference r
                    where r.url = m.source and r.entry_id = m.entry_id and r.status = 1) then 1 else 0 end
from mention m where m.id = $1;

-- name: mention_by_token :one
-- hot
select id from mention where token = $1;

-- name: mention_set_state :exec
update mention set state = $2, checked_at = $3 where id = $1;

-- name: mention_forget :exec
delete from mention where created_at < $1 and state <> 0;

-- name: mention_forget_networks :exec
update mention set network = '' where created_at <= $1 and network <> '';

-- The reference that a page has at an entry; the author's own are none of its.
-- name: mention_reference :one
-- hot
select id, status, title, author, excerpt, type, site_name, author_url from reference
where url = $1 and entry_id = $2 and kind = 1 order by id limit 1;

-- name: mention_reference_put :one
insert into reference (entry_id, kind, via, status, title, url, site_name, site_url, author, author_url, excerpt, type,
  created_at, checked_at, network)
values ($1, 1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)
returning id;

-- name: mention_reference_renew :exec
update reference set title = $2, site_name = $3, site_url = $4, author = $5, author_url = $6, excerpt = $7, type = $8,
  checked_at = $9
where id = $1;

-- name: mention_judged :exec
update reference set status = $2, score = $3, reasons = $4 where id = $1;

-- Whether the owner let a page of that site in: addresses from $1 up to before $2.
-- name: mention_site_is_known :one
-- hot
select 1 from reference where url >= $1 and url < $2 and kind = 1 and status = 1 limit 1;

-- name: mention_network :one
select network from mention where id = $1;

-- name: entry_shows_links :one
select case when body_html like '%href="http%' or more_html like '%href="http%'
  or exists (select 1 from entry_update u where u.entry_id = entry.id and u.body_html like '%href="http%')
  or exists (select 1 from reference r where r.entry_id = entry.id and r.kind = 0)
  then 1 else 0 end
from entry where id = $1;

-- name: entry_has_told :one
select 1 from mention_sent where entry_id = $1 limit 1;

-- name: entry_public_text :one
select path, body_html, more_html from entry
where id = $1 and status = 1 and password = '' and visible_at <= $2 and expires_at > $2;

-- name: entry_own_references :many
select url from reference where entry_id = $1 and kind = 0 and status = 1;

-- name: sent_linked :many
select id, target, linked from mention_sent where entry_id = $1;

-- name: sent_put :one
insert into mention_sent (entry_id, source, target, linked) values ($1, $2, $3, 1)
on conflict (entry_id, target) do update set source = excluded.source, linked = 1, state = 0, error = ''
returning id;

-- name: sent_unlink :exec
update mention_sent set linked = 0, state = 0, error = '' where id = $1;

-- name: sent_load :one
select id, entry_id, source, target, endpoint, linked, state, error, coalesce(sent_at, 0) from mention_sent where id = $1;

-- name: sent_of_entry :many
select id, entry_id, source, target, endpoint, linked, state, error, coalesce(sent_at, 0) from mention_sent where entry_id = $1 order by id;

-- name: sent_all :many
select id, entry_id, source, target, endpoint, linked, state, error, coalesce(sent_at, 0) from mention_sent
order by id desc limit $1;

-- name: sent_note :exec
update mention_sent set state = $2, endpoint = $3, error = $4, sent_at = $5 where id = $1;
