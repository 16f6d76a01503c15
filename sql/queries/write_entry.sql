-- Entries and pages as their writers change them (journal/edit_entry.cc).

-- name: entry_next_id :one
select coalesce(max(id), 0) + 1 from entry;

-- name: entry_insert :exec
insert into entry (id, kind, status, path, slug, title, format, body, more, excerpt, body_html, more_html, summary,
  image, author_id, language, visible_at, zone, year, month, day, created_at, updated_at, expires_at, password, pinned,
  comments, comments_close, pings, guid, parent_id, position, featured_id, update_count, toc, toc_html)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
  $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36);

-- name: entry_replace :exec
update entry
set kind = $2, status = $3, path = $4, slug = $5, title = $6, format = $7, body = $8, more = $9, excerpt = $10,
  body_html = $11, more_html = $12, summary = $13, image = $14, author_id = $15, language = $16, visible_at = $17,
  zone = $18, year = $19, month = $20, day = $21, created_at = $22, updated_at = $23, expires_at = $24, password = $25,
  pinned = $26, comments = $27, comments_close = $28, pings = $29, guid = $30, parent_id = $31, position = $32,
  featured_id = $33, update_count = $34, toc = $35, toc_html = $36
where id = $1;

-- name: entry_draft :one
select kind, status, path, slug, title, format, body, more, excerpt, author_id, language, visible_at, zone, created_at,
  updated_at, expires_at, password, pinned, comments, pings, guid, parent_id, position, featured_id, year, month, day, toc
from entry where id = $1;

-- name: entry_draft_categories :many
select category_id from entry_category where entry_id = $1 and direct = 1 order by position, category_id;

-- name: entry_draft_tags :many
select tag_id from entry_tag where entry_id = $1 order by position, tag_id;

-- name: entry_draft_updates :many
select at, body from entry_update where entry_id = $1 order by at, id;

-- name: entry_path :one
select path from entry where id = $1;

-- name: entry_path_taken :one
select 1 from entry where path = $1 and id <> $2
union all
select 1 from redirect where path = $1 and status <> 410 and (entry_id is null or entry_id <> $2);

-- name: entry_guid_taken :one
select 1 from entry where guid = $1 and id <> $2;

-- name: entry_visible_at :one
select visible_at from entry where id = $1;

-- name: entry_author_slug :one
select slug from author where id = $1;

-- name: entry_media_path :one
select path from media where id = $1;

-- name: entry_drop_categories :exec
delete from entry_category where entry_id = $1;

-- name: entry_put_category :exec
insert into entry_category (category_id, visible_at, entry_id, direct, position) values ($1, $2, $3, $4, $5)
on conflict do nothing;

-- name: entry_drop_tags :exec
delete from entry_tag where entry_id = $1;

-- name: entry_put_tag :exec
insert into entry_tag (tag_id, visible_at, entry_id, position) values ($1, $2, $3, $4)
on conflict do nothing;

-- name: entry_drop_updates :exec
delete from entry_update where entry_id = $1;

-- name: entry_put_update :exec
insert into entry_update (entry_id, at, body, body_html) values ($1, $2, $3, $4);

-- The text as it is now becomes a revision.
-- name: entry_keep_revision :exec
insert into revision (entry_id, author_id, at, title, format, body, more, excerpt)
select id, $2, $3, title, format, body, more, excerpt from entry where id = $1;

-- name: entry_public_comments :many
select id, body_html, author_name from comment where entry_id = $1 and status = 1 order by id;

-- name: entry_redirects_gone :exec
update redirect set entry_id = null, target = '', status = 410 where entry_id = $1;

-- name: entry_orphan_pages :exec
update entry set parent_id = null where parent_id = $1;

-- name: entry_erase :exec
delete from entry where id = $1;

-- name: entries_to_render :many
select id from entry where id > $1 order by id limit $2;

-- name: entry_put_html :exec
update entry set body_html = $2, more_html = $3, summary = $4, image = $5, toc_html = $6 where id = $1;

-- name: render_edition :one
select render from state where id = 1;

-- name: set_render_edition :exec
update state set render = $1 where id = 1;

-- name: redirect_put :exec
insert into redirect (path, entry_id, target, status) values ($1, $2, $3, $4)
on conflict (path) do update
set entry_id = excluded.entry_id, target = excluded.target, status = excluded.status;

-- name: redirect_drop :exec
delete from redirect where path = $1;

-- name: path_is_entry :one
select 1 from entry where path = $1;
