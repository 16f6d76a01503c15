-- Imports: what came from where (import_item), and the little that edit.h does not ask.

-- name: import_find_item :one
-- hot
select local_id from import_item where source = $1 and kind = $2 and item = $3;

-- name: import_put_item :exec
insert into import_item (source, kind, item, local_id) values ($1, $2, $3, $4)
on conflict (source, kind, item) do update set local_id = excluded.local_id;

-- name: import_items_of_kind :many
-- hot
select item, local_id from import_item where source = $1 and kind = $2;

-- name: import_files_here :many
-- hot
select i.item, m.id, m.path, coalesce(m.width, 0), coalesce(m.height, 0), m.alt
from import_item i join media m on m.id = i.local_id
where i.source = $1 and i.kind = 'file';

-- name: import_first_author :one
select id from author order by case when role = 2 then 0 else 1 end, id limit 1;

-- name: import_author_slug :one
select slug from author where id = $1;

-- name: import_category_slug :one
select slug from category where id = $1;

-- name: import_tag_slug :one
select slug from tag where id = $1;

-- name: import_category_name :one
select name from category where slug = $1;

-- name: import_tag_name :one
select name from tag where slug = $1;

-- name: import_is_empty :one
select case when exists (select 1 from entry) then 0 else 1 end;

-- name: import_has_navigation :one
select id from nav_link limit 1;

-- name: import_entry_at_moment :one
-- hot
select id from entry where kind = 0 and status = $3 and visible_at = $1 and (slug = $2 or $2 = '') limit 1;

-- name: import_set_featured :exec
update entry set featured_id = $2 where id = $1 and featured_id is null;

-- name: import_set_parent :exec
update entry set parent_id = $2 where id = $1 and parent_id is null and id <> $2;

-- name: import_parent :one
select parent_id from entry where id = $1;

-- name: import_entry_at_path :one
-- hot
select id from entry where path = $1;

-- name: import_entry_title :one
select title from entry where id = $1;

-- name: import_redirect_at_path :one
-- hot
select status from redirect where path = $1;

-- name: import_top_pages :many
select title, path from entry
where kind = 1 and status = 1 and parent_id is null and path is not null
order by position, title limit 9;
