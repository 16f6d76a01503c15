-- Kept counts and the moments at which they change by themselves (journal/counts.cc).

-- name: settled_at :one
-- hot
select settled_at from state where id = 1;

-- name: set_settled_at :exec
update state set settled_at = $1 where id = 1;

-- Whether an entry or page became visible, expired or closed after the last settling and up to $1.
-- name: moment_is_due :one
-- hot
select 1 from state s
where s.id = 1 and (
  exists (select 1 from entry e
          where e.kind = 0 and e.status = 1 and e.visible_at > s.settled_at and e.visible_at <= $1)
  or exists (select 1 from entry e
             where e.kind = 1 and e.status = 1 and e.visible_at > s.settled_at and e.visible_at <= $1)
  or exists (select 1 from entry e
             where e.expires_at < 253402300799 and e.expires_at > s.settled_at and e.expires_at <= $1)
  or exists (select 1 from entry e
             where e.comments_close < 253402300799 and e.comments_close > s.settled_at
               and e.comments_close <= $1));

-- name: next_moment :one
-- hot
select min(m) from (
  select min(visible_at) m from entry where kind = 0 and status = 1 and visible_at > $1
  union all
  select min(visible_at) from entry where kind = 1 and status = 1 and visible_at > $1
  union all
  select min(expires_at) from entry where expires_at < 253402300799 and expires_at > $1
  union all
  select min(comments_close) from entry where comments_close < 253402300799 and comments_close > $1) moments;

-- name: last_moment :one
-- hot
select max(m) from (
  select max(visible_at) m from entry where kind = 0 and status = 1 and visible_at <= $1
  union all
  select max(visible_at) from entry where kind = 1 and status = 1 and visible_at <= $1
  union all
  select max(expires_at) from entry where expires_at < 253402300799 and expires_at <= $1
  union all
  select max(comments_close) from entry where comments_close < 253402300799 and comments_close <= $1) moments;

-- Entries that became visible after $1 and up to $2.
-- name: entries_come_due :many
select id from entry
where kind = 0 and status = 1 and visible_at > $1 and visible_at <= $2 and counted = 0 and expires_at > $2;

-- name: entries_expired :many
select id from entry
where expires_at < 253402300799 and expires_at > $1 and expires_at <= $2 and counted = 1;

-- Puts an entry into the counts if it belongs there; a row only if it was not in.
-- name: count_entry :one
update entry
set counted = 1
where id = $1 and counted = 0 and kind = 0 and status = 1
  and visible_at <= (select settled_at from state where id = 1)
  and expires_at > (select settled_at from state where id = 1)
returning author_id, year, month;

-- name: uncount_entry :one
update entry set counted = 0 where id = $1 and counted = 1
returning author_id, year, month;

-- name: add_to_journal_count :exec
update state set entry_count = entry_count + $1 where id = 1;

-- name: add_to_author_count :exec
update author set entry_count = entry_count + $2 where id = $1;

-- name: add_to_month_count :exec
insert into archive_month (year, month, entry_count) values ($1, $2, $3)
on conflict (year, month) do update set entry_count = archive_month.entry_count + excluded.entry_count;

-- name: drop_empty_month :exec
delete from archive_month where year = $1 and month = $2 and entry_count <= 0;

-- name: add_to_category_counts :exec
update category set entry_count = entry_count + $2
where id in (select category_id from entry_category where entry_id = $1);

-- name: add_to_tag_counts :exec
update tag set entry_count = entry_count + $2
where id in (select tag_id from entry_tag where entry_id = $1);

-- name: recount_entries :exec
update entry
set counted = case when kind = 0 and status = 1 and visible_at <= (select settled_at from state where id = 1)
                    and expires_at > (select settled_at from state where id = 1) then 1 else 0 end,
    comment_count = (select count(*) from comment c where c.entry_id = entry.id and c.status = 1),
    reference_count = (select count(*) from reference r where r.entry_id = entry.id and r.status = 1),
    update_count = (select count(*) from entry_update u where u.entry_id = entry.id);

-- name: recount_journal :exec
update state set entry_count = (select count(*) from entry where counted = 1) where id = 1;

-- name: recount_authors :exec
update author
set entry_count = (select count(*) from entry e where e.author_id = author.id and e.counted = 1);

-- name: recount_categories :exec
update category
set entry_count = (select count(distinct e.id) from entry_category ec join entry e on e.id = ec.entry_id
                   where ec.category_id = category.id and e.counted = 1);

-- name: recount_tags :exec
update tag
set entry_count = (select count(distinct e.id) from entry_tag et join entry e on e.id = et.entry_id
                   where et.tag_id = tag.id and e.counted = 1);

-- name: drop_months :exec
delete from archive_month;

-- name: recount_months :exec
insert into archive_month (year, month, entry_count)
select year, month, count(*) from entry where counted = 1 group by year, month;

-- Every kept count as text, one a row: what the tests and `check` compare before and after a recount.
-- name: kept_counts :many
select line from (
  select 'journal ' || entry_count line from state
  union all select 'author ' || id || ' ' || entry_count from author
  union all select 'category ' || id || ' ' || entry_count from category
  union all select 'tag ' || id || ' ' || entry_count from tag
  union all select 'month ' || year || '-' || month || ' ' || entry_count from archive_month
  union all select 'entry ' || id || ' ' || counted || ' ' || comment_count || ' ' || reference_count || ' '
                   || update_count from entry) lines
order by line;
