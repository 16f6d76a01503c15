-- Entries that go from one category or tag to another, some at a time (journal/terms.cc).

-- name: term_category_some :many
select entry_id from entry_category where category_id = $1 limit $2;

-- After the entry $2, $3 of its list.
-- name: term_category_after :many
select visible_at, entry_id from entry_category
where category_id = $1 and (visible_at, entry_id) > ($2, $3) order by visible_at, entry_id limit $4;

-- Whether a job of kind $1 is still to be done for $2.
-- name: term_job_waits :one
select 1 from job where kind = $1 and subject = $2 and dead = 0;

-- name: term_categories_of :many
select category_id from entry_category where entry_id = $1;

-- name: term_category_count_more :exec
update category set entry_count = entry_count + $2 where id = $1;

-- name: term_entry :one
select visible_at, counted from entry where id = $1;

-- name: term_tag_some :many
select x.entry_id, x.visible_at, x.position, e.counted from entry_tag x join entry e on e.id = x.entry_id where x.tag_id = $1 limit $2;

-- name: term_tag_take :exec
delete from entry_tag where tag_id = $1 and visible_at = $2 and entry_id = $3;

-- name: term_tag_count_more :exec
update tag set entry_count = entry_count + $2 where id = $1;
