-- Full-text search in SQLite's words (FTS5). The match expression is built by journal/search.cc from what was
-- typed, every word quoted; a reader's text never reaches the query language.

-- name: search_entries :many
-- $1 match expression, $2 now, $3 limit. The newest 400 hits are ranked, and of those only as many entries are read as
-- are asked for: an entry lies behind its text, pages away. The inner limit keeps its order. The last column is the
-- number of hits, seen or not; it stops at 1,001, and has a row of its own if nothing is to be shown.
with w as materialized (
  select rowid id, relevance(entry_fts, 400, 5, 1) s from entry_fts where entry_fts match $1 order by rowid desc limit 1001),
hit as (
  select w.id, w.s, e.path, e.title, e.visible_at, e.zone, e.kind, e.summary
  from (select id, s from w where s is not null order by s, id desc limit 400) w cross join entry e on e.id = w.id
  where e.status = 1 and e.visible_at <= $2 and e.expires_at > $2 and e.password = ''
  limit $3)
select hit.*, n from (select count(*) n from w) left join hit on true;

-- name: search_comments :many
with w as materialized (
  select rowid id, relevance(comment_fts, 400) s from comment_fts where comment_fts match $1 order by rowid desc limit 1001),
hit as (
  select w.id, w.s, e.path, e.title, c.created_at, e.zone, c.author_name, e.summary
  from (select id, s from w where s is not null order by s, id desc limit 400) w cross join comment c on c.id = w.id cross join entry e on e.id = c.entry_id
  where c.status = 1 and e.status = 1 and e.visible_at <= $2 and e.expires_at > $2 and e.password = '' and e.comments <> 3
  limit $3)
select hit.*, n from (select count(*) n from w) left join hit on true;

-- name: search_few_comments :many
-- Gives the same where there are no more than 1,000 hits, and a quarter sooner: an index is read faster forwards.
with w as materialized (
  select rowid id, relevance(comment_fts, 1000) s from comment_fts where comment_fts match $1 order by rowid limit 1001),
hit as (
  select w.id, w.s, e.path, e.title, c.created_at, e.zone, c.author_name, e.summary
  from (select id, s from (select id, s from w order by id desc limit 400) order by s, id desc limit 400) w cross join comment c on c.id = w.id cross join entry e on e.id = c.entry_id
  where c.status = 1 and e.status = 1 and e.visible_at <= $2 and e.expires_at > $2 and e.password = '' and e.comments <> 3
  limit $3)
select hit.*, n from (select count(*) n from w) left join hit on true;

-- name: search_recent_comments :many
-- Where there are more than enough entries already: the hits among the newest 20,000.
with w as materialized (
  select rowid id, relevance(comment_fts, 400) s from comment_fts
  where comment_fts match $1 and rowid > (select coalesce(max(id), 0) - 20000 from comment_text)
  order by rowid desc limit 400),
hit as (
  select w.id, w.s, e.path, e.title, c.created_at, e.zone, c.author_name, e.summary
  from (select id, s from w where s is not null order by s, id desc limit 400) w cross join comment c on c.id = w.id cross join entry e on e.id = c.entry_id
  where c.status = 1 and e.status = 1 and e.visible_at <= $2 and e.expires_at > $2 and e.password = '' and e.comments <> 3
  limit $3)
select hit.*, n from (select count(*) n from w) left join hit on true;

-- name: search_titles :many
-- The newest 100 with the words in the title, which the 400 newest hits may not hold.
with w as materialized (
  select rowid id, relevance(entry_fts, 100, 5, 1) s from entry_fts where entry_fts match $1 order by rowid desc limit 100)
select w.id, w.s, e.path, e.title, e.visible_at, e.zone, e.kind, e.summary
from (select id, s from w where s is not null order by s, id desc limit 100) w cross join entry e on e.id = w.id
where e.status = 1 and e.visible_at <= $2 and e.expires_at > $2 and e.password = ''
limit $3;

-- name: search_entry_count_hidden :one
-- How many of those are scheduled or expired: $1 match expression, $2 now. Both are few, so they are looked at first
-- (the plus keeps the hits from leading).
select (select count(*) from entry e where e.status = 1 and e.kind = 0 and e.visible_at > $2
    and +e.id in (select rowid from entry_fts where entry_fts match $1))
  + (select count(*) from entry e where e.status = 1 and e.kind = 1 and e.visible_at > $2
    and +e.id in (select rowid from entry_fts where entry_fts match $1))
  + (select count(*) from entry e where e.expires_at < 253402300799 and e.expires_at <= $2 and e.status = 1
    and e.visible_at <= $2 and +e.id in (select rowid from entry_fts where entry_fts match $1));

-- name: search_comment_count_hidden :one
-- Those on entries that are scheduled or expired: $1 match expression, $2 now.
select (select count(*) from entry e cross join comment c on c.entry_id = e.id and c.status = 1
    where e.status = 1 and e.kind in (0, 1) and e.visible_at > $2
    and +c.id in (select rowid from comment_fts where comment_fts match $1))
  + (select count(*) from entry e cross join comment c on c.entry_id = e.id and c.status = 1
    where e.expires_at < 253402300799 and e.expires_at <= $2 and e.status = 1 and e.visible_at <= $2
    and +c.id in (select rowid from comment_fts where comment_fts match $1));

-- name: search_entry_snippet :one
-- $1 match expression, $2 id. Marks are control characters, turned into <mark> after escaping.
select snippet_of(body, $1, 30) from entry_text where id = $2;

-- name: search_comment_snippet :one
select snippet_of(body, $1, 30) from comment_text where id = $2;
