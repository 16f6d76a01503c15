-- The owner's pages about the site: sidebar, categories, tags, redirects, trash (journal/site.cc, terms.cc, trash.cc).

-- name: site_sections :many
select id, kind, caption, content, amount, hidden from sidebar_section order by side, position, id;

-- name: site_section_links :many
select title, url from sidebar_link where section_id = $1 order by position, id;

-- name: site_section_insert :one
insert into sidebar_section (position, kind) values ((select coalesce(max(position), 0) + 1 from sidebar_section), $1)
returning id;

-- name: site_section_change :exec
update sidebar_section set caption = $2, content = $3, amount = $4 where id = $1;

-- name: site_section_hide :exec
update sidebar_section set hidden = $2 where id = $1;

-- name: site_section_place :exec
update sidebar_section set position = $2 where id = $1;

-- name: site_section_drop :exec
delete from sidebar_section where id = $1;

-- name: site_section_drop_links :exec
delete from sidebar_link where section_id = $1;

-- name: site_categories :many
select id, parent_id, slug, name, description, entry_count from category order by position, name, id;

-- name: site_category_change :exec
update category set parent_id = $2, slug = $3, name = $4, description = $5 where id = $1;

-- name: site_category_slug_taken :one
select 1 from category where slug = $1 and id <> $2;

-- name: site_category_lift :exec
update category set parent_id = $2 where parent_id = $1;

-- name: site_category_drop :exec
delete from category where id = $1;

-- name: site_tags :many
select t.id, t.slug, t.name, (select count(*) from entry_tag x where x.tag_id = t.id)
from tag t where lower(t.name) like $1 or t.slug like $1 order by t.name, t.id limit $2 offset $3;

-- name: site_tag_count :one
select count(*) from tag t where lower(t.name) like $1 or t.slug like $1;

-- name: site_tag :one
select id, slug, name, (select count(*) from entry_tag x where x.tag_id = $1) from tag where id = $1;

-- name: site_tag_named :one
select id from tag where slug = $1 or name = $2 order by case when name = $2 then 0 else 1 end limit 1;

-- name: site_tag_change :exec
update tag set slug = $2, name = $3 where id = $1;

-- name: site_tag_slug_taken :one
select 1 from tag where slug = $1 and id <> $2;

-- name: site_tag_move_subscribers :exec
insert into subscriber_tag (subscriber_id, tag_id)
select subscriber_id, $2 from subscriber_tag where tag_id = $1
on conflict do nothing;

-- name: site_tag_drop :exec
delete from tag where id = $1;

-- name: site_redirects :many
select r.path, r.status, r.target, coalesce(e.path, ''), coalesce(e.title, '')
from redirect r left join entry e on e.id = r.entry_id
where lower(r.path) like $1 or lower(r.target) like $1 order by r.path limit $2 offset $3;

-- name: site_redirect_count :one
select count(*) from redirect r where lower(r.path) like $1 or lower(r.target) like $1;

-- name: site_redirect :one
select r.status, r.target, coalesce(e.path, '') from redirect r left join entry e on e.id = r.entry_id where r.path = $1;

-- Old addresses of what moved once more.
-- name: site_redirects_follow :exec
update redirect set target = $2 where target = $1 and entry_id is null;

-- name: site_trash :many
select id, kind, title, summary, trashed_at from entry where status = 4 order by trashed_at desc, id desc limit $1 offset $2;

-- name: site_trash_count :one
select count(*) from entry where status = 4;

-- name: site_trashed_at :exec
update entry set trashed_at = $2 where id = $1;

-- name: site_trash_date :exec
update entry set trashed_at = $1 where status = 4 and trashed_at is null;

-- name: site_trash_old :many
select id from entry where status = 4 and trashed_at <= $1 order by trashed_at limit $2;

-- name: site_newest_entries :many
select e.id, e.path, e.slug, e.title, e.year, e.month, e.day, e.visible_at, e.zone, a.slug,
  (select min(x.category_id) from entry_category x where x.entry_id = e.id and x.direct = 1 and x.position = 0)
from entry e join author a on a.id = e.author_id
where e.kind = 0 and e.status = 1 and e.path is not null order by e.visible_at desc limit $1;

-- name: site_rendering_wanted :one
select 1 from setting where name = 'render.next';
