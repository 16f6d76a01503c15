-- Authors, categories, tags, media, navigation, sidebar (journal/edit_taxonomy.cc, journal/edit_site.cc).

-- name: author_upsert :one
insert into author (slug, name, email, url, about, role, may_publish, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (slug) do update
set name = case when excluded.name = '' then author.name else excluded.name end,
    email = case when excluded.email = '' then author.email else excluded.email end,
    url = case when excluded.url = '' then author.url else excluded.url end,
    about = case when excluded.about = '' then author.about else excluded.about end
returning id;

-- name: author_set_password :exec
update author set password = $2 where id = $1;

-- name: author_id_by_slug :one
select id from author where slug = $1;

-- name: category_place :one
select id, parent_id from category where slug = $1;

-- name: category_insert :one
insert into category (parent_id, slug, name, description, position) values ($1, $2, $3, $4, $5)
returning id;

-- name: category_change :exec
update category
set parent_id = $2, name = case when $3 = '' then name else $3 end,
    description = case when $4 = '' then description else $4 end,
    position = case when $5 = 0 then position else $5 end
where id = $1;

-- The category and those above it, from the root down.
-- name: category_line :many
with recursive up (id, parent_id, slug, height) as (
  select id, parent_id, slug, 0 from category where id = $1
  union all
  select c.id, c.parent_id, c.slug, up.height + 1 from category c join up on c.id = up.parent_id
  where up.height < 50)
select id, slug from up order by height desc;

-- Entries in a category or below it.
-- name: category_entries :many
select distinct entry_id from entry_category where category_id = $1;

-- name: tag_place :one
select id from tag where slug = $1;

-- name: tag_insert :one
insert into tag (slug, name) values ($1, $2)
returning id;

-- name: media_upsert :one
insert into media (path, mime, bytes, width, height, title, alt, caption, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (path) do update
set mime = excluded.mime, bytes = excluded.bytes, width = excluded.width, height = excluded.height,
    title = case when excluded.title = '' then media.title else excluded.title end,
    alt = case when excluded.alt = '' then media.alt else excluded.alt end,
    caption = case when excluded.caption = '' then media.caption else excluded.caption end
returning id;

-- name: nav_drop_all :exec
delete from nav_link;

-- name: nav_put :exec
insert into nav_link (position, title, url) values ($1, $2, $3);

-- name: sidebar_drop_links :exec
delete from sidebar_link;

-- name: sidebar_drop_all :exec
delete from sidebar_section;

-- name: sidebar_put :one
insert into sidebar_section (position, side, kind, caption, content, amount) values ($1, $2, $3, $4, $5, $6)
returning id;

-- name: sidebar_put_link :exec
insert into sidebar_link (section_id, position, title, url) values ($1, $2, $3, $4);
