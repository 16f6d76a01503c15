-- What is like an entry (journal/related.cc). Kept in entry_related.

-- The entry's own terms, with how many entries each has; 0 categories, 1 tags.
-- name: related_terms :many
select 0, c.id, c.entry_count from entry_category x join category c on c.id = x.category_id where x.entry_id = $1 and x.direct = 1
union all
select 1, t.id, t.entry_count from entry_tag x join tag t on t.id = x.tag_id where x.entry_id = $1;

-- name: related_moment :one
select visible_at from entry where id = $1 and kind = 0 and status = 1 and password = '';

-- Those of a tag that are nearest in time: $1 tag, $2 moment, $3 at most so many on each side.
-- name: related_of_tag :many
select * from (select x.entry_id, x.visible_at from entry_tag x where x.tag_id = $1 and x.visible_at <= $2 order by x.visible_at desc limit $3)
union all
select * from (select x.entry_id, x.visible_at from entry_tag x where x.tag_id = $1 and x.visible_at > $2 order by x.visible_at limit $3);

-- name: related_of_category :many
select * from (select x.entry_id, x.visible_at from entry_category x where x.category_id = $1 and x.visible_at <= $2 order by x.visible_at desc limit $3)
union all
select * from (select x.entry_id, x.visible_at from entry_category x where x.category_id = $1 and x.visible_at > $2 order by x.visible_at limit $3);

-- name: related_drop :exec
delete from entry_related where entry_id = $1;

-- name: related_put :exec
insert into entry_related (entry_id, position, other_id) values ($1, $2, $3);

-- name: related_count :exec
update entry set related_count = $2 where id = $1 and related_count <> $2;

-- name: related_wanted :many
select id from entry where related_count < 0 order by id limit $1;

-- Whose lists it is in.
-- name: related_others :many
select entry_id from entry_related where other_id = $1 order by entry_id desc limit $2;

-- For readers: $1 entry, $2 now, $3 limit.
-- name: related_entries :many
-- hot
select e.path, e.title, case when e.title = '' then e.summary else '' end
from entry_related r join entry e on e.id = r.other_id
where r.entry_id = $1 and e.status = 1 and e.password = '' and e.visible_at <= $2 and e.expires_at > $2
order by r.position limit $3;
