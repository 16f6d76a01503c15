-- Files below public/media, and who uses them (journal/media.cc).

-- name: media_insert :one
insert into media (path, mime, bytes, width, height, title, alt, caption, created_at, orientation, digest,
  author_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
returning id;

-- name: media_by_id :one
select id, path, mime, bytes, width, height, title, alt, caption, created_at, edition, orientation, widths, state, digest,
  (select count(*) from media_use u where u.path = media.path), coalesce(author_id, 0)
from media where id = $1;

-- name: media_by_path :one
select id, path, mime, bytes, width, height, title, alt, caption, created_at, edition, orientation, widths, state, digest,
  (select count(*) from media_use u where u.path = media.path), coalesce(author_id, 0)
from media where path = $1;

-- name: media_by_digest :one
select id, path, mime, bytes, width, height, title, alt, caption, created_at, edition, orientation, widths, state, digest,
  (select count(*) from media_use u where u.path = media.path), coalesce(author_id, 0)
from media where digest = $1 order by id limit 1;

-- $1: what is sought, in lower case between two '%', '' for everything; $2: 1 for pictures without a description only.
-- name: media_list :many
select id, path, mime, bytes, width, height, title, alt, caption, created_at, edition, orientation, widths, state, digest,
  (select count(*) from media_use u where u.path = media.path), coalesce(author_id, 0)
from media
where ($1 = '' or lower(path || ' ' || title || ' ' || alt || ' ' || caption) like $1 escape '\')
  and ($2 = 0 or (alt = '' and mime like 'image/%'))
order by created_at desc, id desc limit $3 offset $4;

-- name: media_count :one
select count(*) from media
where ($1 = '' or lower(path || ' ' || title || ' ' || alt || ' ' || caption) like $1 escape '\')
  and ($2 = 0 or (alt = '' and mime like 'image/%'));

-- name: media_describe :exec
update media set title = $2, alt = $3, caption = $4 where id = $1;

-- name: media_replace :exec
update media
set bytes = $2, width = $3, height = $4, orientation = $5, digest = $6, edition = edition + 1, widths = '', state = 0
where id = $1;

-- name: media_made :exec
update media set bytes = $2, width = $3, height = $4, orientation = $5, widths = $6, state = $7 where id = $1;

-- name: media_erase :exec
delete from media where id = $1;

-- What of it a page must know.
-- name: media_picture :one
select width, height, alt, widths, edition from media where path = $1 and width is not null and height is not null;

-- name: media_use_drop :exec
delete from media_use where entry_id = $1;

-- name: media_use_put :exec
insert into media_use (path, entry_id) values ($1, $2) on conflict do nothing;

-- name: media_users :many
select entry_id from media_use where path = $1 and entry_id > $2 order by entry_id limit $3;

-- name: media_uses :many
select e.id, e.title, e.status, e.kind, coalesce(e.path, '') from media_use u join entry e on e.id = u.entry_id
where u.path = $1 order by e.visible_at desc, e.id desc limit $2;
