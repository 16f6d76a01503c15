-- Everything, for the doors out (work/export*.cc) and for `daybook check`.

-- name: export_count_entries :one
select count(*) from entry;

-- name: export_count_comments :one
select count(*) from comment;

-- name: export_authors :many
select id, slug, name, email, url, about, role from author order by id;

-- name: export_categories :many
select c.id, c.slug, c.name, coalesce(p.slug, ''), c.description from category c
left join category p on p.id = c.parent_id order by c.position, c.id;

-- name: export_tags :many
select id, slug, name from tag order by id;

-- name: export_media :many
select id, path, mime, bytes, title, alt, caption, created_at, state, digest from media order by id;

-- Oldest first, so that an import writes them in that order.
-- name: export_entries :many
select id from entry order by visible_at, id;

-- What a draft does not say: author, parent, picture, rendered text.
-- name: export_entry :one
select a.slug, coalesce(p.guid, ''), coalesce(m.path, ''), e.body_html, e.more_html, coalesce(e.path, ''), e.slug, a.name,
  e.comments_close
from entry e join author a on a.id = e.author_id left join entry p on p.id = e.parent_id
left join media m on m.id = e.featured_id
where e.id = $1;

-- name: export_entry_categories :many
select c.slug, c.name from entry_category x join category c on c.id = x.category_id
where x.entry_id = $1 and x.direct = 1 order by x.position, c.id;

-- name: export_entry_tags :many
select t.slug, t.name from entry_tag x join tag t on t.id = x.tag_id where x.entry_id = $1 order by x.position, t.id;

-- Parents before their replies.
-- name: export_comments :many
select c.id, coalesce(c.parent_id, 0), c.status, c.created_at, c.author_name, c.author_email, c.author_url, c.mode, c.body,
  c.body_html, coalesce(a.slug, '')
from comment c left join author a on a.id = c.author_id
where c.entry_id = $1 order by c.parent_id is not null, c.created_at, c.id;

-- name: export_references :many
select id, kind, via, status, title, url, site_name, site_url, author, excerpt, created_at, author_url, type
from reference where entry_id = $1 order by kind, position, created_at, id;

-- Those that lead to an entry are given its path.
-- name: export_redirects :many
select r.path, coalesce(e.path, ''), r.target, r.status from redirect r left join entry e on e.id = r.entry_id
order by r.path;

-- name: export_navigation :many
select title, url from nav_link order by position, id;

-- name: export_sections :many
select id, kind, caption, content, amount, side, hidden from sidebar_section order by position, id;

-- name: export_section_links :many
select title, url from sidebar_link where section_id = $1 order by position, id;
