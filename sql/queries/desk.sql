-- Lists of entries for those who write (journal/desk.cc).

-- $1 kind; $2 list: 0 all but trash, 1 drafts, 2 scheduled, 3 published, 4 private, 5 trash; $3 author, 0 for all;
-- $4 pattern of the title, '' for all; $5 now; $6 limit; $7 offset. The ids first: the texts are long.
-- name: desk_entries :many
with w as materialized (
  select id, case when $2 in (2, 3, 4) then visible_at else updated_at end at from entry
  where kind = $1 and ($3 = 0 or author_id = $3) and ($4 = '' or lower(title) like $4 escape '\')
    and case $2 when 0 then status <> 4 when 1 then status in (0, 3) when 2 then status = 1 and visible_at > $5
      when 3 then status = 1 and visible_at <= $5 when 4 then status = 2 else status = 4 end
  order by at desc, id desc limit $6 offset $7)
select e.id, e.status, e.path, e.title, e.summary, a.name, e.zone, e.visible_at, e.updated_at, e.expires_at, e.pinned,
  e.password <> '', e.comment_count
from w join entry e on e.id = w.id join author a on a.id = e.author_id
order by w.at desc, w.id desc;

-- $1 kind, $2 author, $3 pattern, $4 now.
-- name: desk_counts :one
select coalesce(sum(case when status <> 4 then 1 else 0 end), 0),
  coalesce(sum(case when status in (0, 3) then 1 else 0 end), 0),
  coalesce(sum(case when status = 1 and visible_at > $4 then 1 else 0 end), 0),
  coalesce(sum(case when status = 1 and visible_at <= $4 then 1 else 0 end), 0),
  coalesce(sum(case when status = 2 then 1 else 0 end), 0),
  coalesce(sum(case when status = 4 then 1 else 0 end), 0)
from entry where kind = $1 and ($2 = 0 or author_id = $2) and ($3 = '' or lower(title) like $3 escape '\');

-- name: entry_with_guid :one
-- hot
select id from entry where guid = $1;

-- name: revision_add :exec
insert into revision (entry_id, author_id, at, autosave, title, format, body, more, excerpt)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: categories_all :many
select id, parent_id, name from category order by position, name, id;

-- name: page_choices :many
select id, title from entry where kind = 1 and status in (0, 1, 2, 3) order by title, id limit 500;

-- name: tag_names_of :many
select t.name from entry_tag x join tag t on t.id = x.tag_id where x.entry_id = $1 order by x.position, t.name;

-- name: tag_named :one
select id from tag where name = $1 order by id limit 1;

-- name: sources_of :many
select id, url, title from reference where entry_id = $1 and kind = 0 order by position, created_at, id;
