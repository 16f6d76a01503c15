-- What public pages read. "now" is always a parameter: an entry is there from visible_at until expires_at.
-- Lists of entries share their columns, so that journal/read.cc has one function that reads a row.

-- name: site_state :one
-- hot
-- $1 now. The state and, where a scheduled, expiring or closing moment has passed unfolded, the latest such moment.
select s.rev, s.settled_at, s.entry_count, s.render,
  coalesce((select max(e.visible_at) from entry e where e.kind = 0 and e.status = 1 and e.visible_at > s.settled_at and e.visible_at <= $1), 0),
  coalesce((select max(e.visible_at) from entry e where e.kind = 1 and e.status = 1 and e.visible_at > s.settled_at and e.visible_at <= $1), 0),
  coalesce((select max(e.expires_at) from entry e where e.expires_at < 253402300799 and e.expires_at > s.settled_at and e.expires_at <= $1), 0),
  coalesce((select max(e.comments_close) from entry e where e.comments_close < 253402300799 and e.comments_close > s.settled_at and e.comments_close <= $1), 0)
from state s where s.id = 1;

-- name: entry_by_path :one
-- hot
select e.id, e.kind, e.status, e.path, e.slug, e.title, e.body_html, e.more_html, e.summary, e.image, e.language,
  e.visible_at, e.zone, e.updated_at, e.expires_at, e.password, e.pinned, e.comments, e.comments_close, e.pings, e.guid,
  e.comment_count, e.reference_count, e.update_count, e.parent_id,
  a.id, a.name, a.slug, a.url, m.path, m.width, m.height, m.alt, e.excerpt, e.toc_html, e.related_count
from entry e join author a on a.id = e.author_id left join media m on m.id = e.featured_id
where e.path = $1;

-- name: entry_by_id :one
-- hot
select e.id, e.kind, e.status, e.path, e.slug, e.title, e.body_html, e.more_html, e.summary, e.image, e.language,
  e.visible_at, e.zone, e.updated_at, e.expires_at, e.password, e.pinned, e.comments, e.comments_close, e.pings, e.guid,
  e.comment_count, e.reference_count, e.update_count, e.parent_id,
  a.id, a.name, a.slug, a.url, m.path, m.width, m.height, m.alt, e.excerpt, e.toc_html, e.related_count
from entry e join author a on a.id = e.author_id left join media m on m.id = e.featured_id
where e.id = $1;

-- name: entry_neighbours :many
-- hot
-- $1 visible_at and $2 id of the entry, $3 now. First column: 0 the newer one, 1 the older one.
select * from (
  select 0 side, n.path, n.title, n.summary from entry n
  where n.kind = 0 and n.status = 1 and (n.visible_at, n.id) > ($1, $2) and n.visible_at <= $3 and n.expires_at > $3
  order by n.visible_at, n.id limit 1)
union all
select * from (
  select 1 side, o.path, o.title, o.summary from entry o
  where o.kind = 0 and o.status = 1 and (o.visible_at, o.id) < ($1, $2) and o.expires_at > $3
  order by o.visible_at desc, o.id desc limit 1);

-- name: terms_of_entry :many
-- hot
-- Categories (0) and tags (1) of one entry.
select 0, c.slug, c.name, x.position from entry_category x join category c on c.id = x.category_id
where x.entry_id = $1 and x.direct = 1
union all
select 1, t.slug, t.name, y.position from entry_tag y join tag t on t.id = y.tag_id
where y.entry_id = $1
order by 1, 4, 3;

-- name: terms_of_entries :many
-- hot
-- The same for up to twenty entries; unused parameters are 0.
select x.entry_id, 0, c.slug, c.name, x.position from entry_category x join category c on c.id = x.category_id
where x.direct = 1 and x.entry_id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
union all
select y.entry_id, 1, t.slug, t.name, y.position from entry_tag y join tag t on t.id = y.tag_id
where y.entry_id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
order by 1, 2, 5, 4;

-- name: comments_of_entry :many
-- hot
select c.id, c.parent_id, c.created_at, c.author_name, c.author_url, c.author_id, c.body_html
from comment c where c.entry_id = $1 and c.status = 1 order by c.created_at, c.id;

-- name: references_of_entry :many
-- hot
select r.id, r.kind, r.via, r.title, r.url, r.site_name, r.site_url, r.author, r.excerpt, r.created_at, r.type
from reference r where r.entry_id = $1 and r.status = 1 order by r.kind, r.position, r.created_at, r.id;

-- name: updates_of_entry :many
-- hot
select u.at, u.body_html from entry_update u where u.entry_id = $1 order by u.at, u.id;

-- name: children_of_page :many
-- hot
select e.path, e.title from entry e
where e.parent_id = $1 and e.kind = 1 and e.status = 1 and e.visible_at <= $2 and e.expires_at > $2
order by e.position, e.title;

-- name: list_pinned :many
-- hot
-- $1 now, $2 limit. "+ 0": the few pinned ones are an index of their own; the planner would walk all entries.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from entry e join author a on a.id = e.author_id left join media m on m.id = e.featured_id
where e.pinned = 1 and e.kind + 0 = 0 and e.status + 0 = 1 and e.visible_at <= $1 and e.expires_at > $1
order by e.visible_at desc, e.id desc limit $2;

-- name: count_pinned :one
-- hot
select count(*) from entry e where e.pinned = 1 and e.kind + 0 = 0 and e.status + 0 = 1 and e.visible_at <= $1 and e.expires_at > $1;

-- name: list_newest :many
-- hot
-- $1 now, $2 limit, $3 offset, $4: 1 leaves the pinned ones out. What is passed over is passed over in the index: a row
-- lies some pages away from the next. So the few that have expired are looked for by themselves, here and below.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from (select e.id from entry e
  where e.kind = 0 and e.status = 1 and e.visible_at <= $1
    and e.id not in (select x.id from entry x where x.expires_at < 253402300799 and x.expires_at <= $1)
    and ($4 = 0 or e.id not in (select p.id from entry p where p.pinned = 1 and p.visible_at <= $1))
  order by e.visible_at desc, e.id desc limit $2 offset $3) i
  join entry e on e.id = i.id join author a on a.id = e.author_id left join media m on m.id = e.featured_id
order by e.visible_at desc, e.id desc;

-- name: list_year :many
-- hot
-- $1 now, $2 limit, $3 offset, $4 year. "+ 0": the planner would sort all entries rather than walk those of the year.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from (select e.id from entry e
  where e.kind = 0 and e.status = 1 and e.year = $4 and e.visible_at + 0 <= $1
    and e.id not in (select x.id from entry x where x.expires_at < 253402300799 and x.expires_at <= $1)
  order by e.month desc, e.day desc, e.visible_at desc, e.id desc limit $2 offset $3) i
  join entry e on e.id = i.id join author a on a.id = e.author_id left join media m on m.id = e.featured_id
order by e.month desc, e.day desc, e.visible_at desc, e.id desc;

-- name: list_month :many
-- hot
-- $1 now, $2 limit, $3 offset, $4 year, $5 month.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from entry e join author a on a.id = e.author_id left join media m on m.id = e.featured_id
where e.kind = 0 and e.status = 1 and e.year = $4 and e.month = $5 and e.visible_at <= $1 and e.expires_at > $1
order by e.day desc, e.visible_at desc, e.id desc limit $2 offset $3;

-- name: list_day :many
-- hot
-- $1 now, $2 limit, $3 offset, $4 year, $5 month, $6 day.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from entry e join author a on a.id = e.author_id left join media m on m.id = e.featured_id
where e.kind = 0 and e.status = 1 and e.year = $4 and e.month = $5 and e.day = $6 and e.visible_at <= $1 and e.expires_at > $1
order by e.visible_at desc, e.id desc limit $2 offset $3;

-- name: count_day :one
-- hot
-- $1 now, $2 year, $3 month, $4 day.
select count(*) from entry e
where e.kind = 0 and e.status = 1 and e.year = $2 and e.month = $3 and e.day = $4 and e.visible_at <= $1 and e.expires_at > $1;

-- name: list_category :many
-- hot
-- $1 now, $2 limit, $3 offset, $4 id of the category; with the entries of those below.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from entry_category x join entry e on e.id = x.entry_id join author a on a.id = e.author_id left join media m on m.id = e.featured_id
where x.category_id = $4 and x.visible_at <= $1 and e.kind = 0 and e.status = 1 and e.expires_at > $1
order by x.visible_at desc, x.entry_id desc limit $2 offset $3;

-- name: list_tag :many
-- hot
-- $1 now, $2 limit, $3 offset, $4 id of the tag.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from entry_tag x join entry e on e.id = x.entry_id join author a on a.id = e.author_id left join media m on m.id = e.featured_id
where x.tag_id = $4 and x.visible_at <= $1 and e.kind = 0 and e.status = 1 and e.expires_at > $1
order by x.visible_at desc, x.entry_id desc limit $2 offset $3;

-- name: list_author :many
-- hot
-- $1 now, $2 limit, $3 offset, $4 id of the author.
select e.id, e.path, e.title, e.body_html, e.more_html, e.summary, e.excerpt, e.image, e.language, e.visible_at, e.zone,
  e.updated_at, e.password, e.pinned, e.comments, e.comments_close, e.guid, e.comment_count, e.update_count, a.name, a.slug, e.kind, m.path, m.width, m.height, m.alt
from (select e.id from entry e
  where e.author_id = $4 and e.kind = 0 and e.status = 1 and e.visible_at <= $1
    and e.id not in (select x.id from entry x where x.expires_at < 253402300799 and x.expires_at <= $1)
  order by e.visible_at desc, e.id desc limit $2 offset $3) i
  join entry e on e.id = i.id join author a on a.id = e.author_id left join media m on m.id = e.featured_id
order by e.visible_at desc, e.id desc;

-- name: months_with_entries :many
-- Every month that has entries, newest first.
select m.year, m.month, m.entry_count from archive_month m where m.entry_count > 0 order by m.year desc, m.month desc;

-- name: year_count :one
-- hot
select coalesce(sum(m.entry_count), 0) from archive_month m where m.year = $1;

-- name: month_count :one
-- hot
select m.entry_count from archive_month m where m.year = $1 and m.month = $2;

-- name: category_by_slug :one
-- hot
select c.id, c.slug, c.name, c.description, c.entry_count, p.slug, p.name
from category c left join category p on p.id = c.parent_id where c.slug = $1;

-- name: tag_by_slug :one
-- hot
select t.id, t.slug, t.name, '', t.entry_count, null, null from tag t where t.slug = $1;

-- name: author_by_slug :one
-- hot
select a.id, a.slug, a.name, a.about, a.entry_count, null, null from author a where a.slug = $1;

-- name: all_categories :many
-- The whole tree, those without entries too (a parent may have none of its own).
select c.id, c.parent_id, c.slug, c.name, c.entry_count from category c order by c.position, c.name;

-- name: top_tags :many
-- $1 at most so many, those with the most entries.
select t.slug, t.name, t.entry_count from tag t where t.entry_count > 0 order by t.entry_count desc, t.name limit $1;

-- name: authors_with_entries :many
select a.slug, a.name, a.entry_count from author a where a.entry_count > 0 order by a.name;

-- name: navigation :many
select n.title, n.url from nav_link n order by n.position, n.id;

-- name: sidebar_sections :many
select s.id, s.side, s.kind, s.caption, s.content, s.amount from sidebar_section s where s.hidden = 0 order by s.side, s.position, s.id;

-- name: sidebar_links :many
select l.section_id, l.title, l.url from sidebar_link l order by l.section_id, l.position, l.id;

-- name: latest_comments :many
-- hot
-- $1 now, $2 limit, $3 offset.
select c.id, c.created_at, c.author_name, c.author_url, c.body_html, e.path, e.title, e.summary, e.guid
from comment c join entry e on e.id = c.entry_id
where c.status = 1 and e.status = 1 and e.visible_at <= $1 and e.expires_at > $1 and e.password = '' and e.comments <> 3
order by c.created_at desc, c.id desc limit $2 offset $3;

-- name: comments_of_entry_newest :many
-- hot
-- For the feed of an entry's comments: $1 entry, $2 limit.
select c.id, c.created_at, c.author_name, c.author_url, c.body_html, e.path, e.title, e.summary, e.guid
from comment c join entry e on e.id = c.entry_id
where c.entry_id = $1 and c.status = 1
order by c.created_at desc, c.id desc limit $2;

-- name: redirect_by_path :one
-- hot
select r.status, r.target, e.path, e.status, e.visible_at, e.expires_at
from redirect r left join entry e on e.id = r.entry_id where r.path = $1;

-- name: entry_path_by_slug :many
-- hot
-- For "did you mean": $1 slug, $2 the first slug after all that begin like it, $3 now.
select e.path, e.title from entry e
where e.slug >= $1 and e.slug < $2 and e.status = 1 and e.visible_at <= $3 and e.expires_at > $3 order by e.slug limit 5;

-- name: sitemap_entries :many
-- hot
-- $1 after this id, $2 limit, $3 now.
select e.id, e.path, e.updated_at, e.image from entry e
where e.id > $1 and e.status = 1 and e.visible_at <= $3 and e.expires_at > $3 and e.password = '' order by e.id limit $2;

-- name: sitemap_last_id :one
-- hot
select coalesce(max(e.id), 0) from entry e;

-- name: kept_fragment :one
-- hot
select k.rev, k.build, k.html from kept k where k.name = $1;

-- name: keep_fragment :exec
-- hot
insert into kept (name, rev, build, html) values ($1, $2, $3, $4)
on conflict (name) do update set rev = excluded.rev, build = excluded.build, html = excluded.html;

-- name: newest_change :one
-- hot
select coalesce(max(e.updated_at), 0) from (
  select u.updated_at from entry u where u.kind = 0 and u.status = 1 and u.visible_at <= $1 order by u.visible_at desc, u.id desc limit 20) e;

-- name: entry_near_path :one
-- hot
-- Which of these addresses has a visible entry: $1 to $3 addresses, $4 now.
select e.path, e.title from entry e
where e.path in ($1, $2, $3) and e.status = 1 and e.visible_at <= $4 and e.expires_at > $4 limit 1;

-- name: visible_path_by_slug_on :one
-- hot
-- $1 slug, $2 now, $3 year, $4 month, $5 day; 0 for any.
select e.path, e.title from entry e
where e.slug = $1 and e.status = 1 and e.visible_at <= $2 and e.expires_at > $2 and e.year = $3
  and (e.month = $4 or $4 = 0) and (e.day = $5 or $5 = 0) order by e.visible_at limit 1;

-- name: visible_path_by_slug :one
-- hot
-- For old addresses that name only the slug: $1 slug, $2 now.
select e.path, e.title from entry e
where e.slug = $1 and e.status = 1 and e.visible_at <= $2 and e.expires_at > $2 order by e.visible_at limit 1;
