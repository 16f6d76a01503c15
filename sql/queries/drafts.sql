-- Texts in the making (journal/drafts.cc). Revisions share their columns.

-- name: revisions_of :many
select r.id, r.at, r.autosave, coalesce(a.name, ''), r.edition, r.title from revision r
left join author a on a.id = r.author_id
where r.entry_id = $1 order by r.at desc, r.id desc;

-- $1 id, $2 its entry.
-- name: revision_by_id :one
select r.id, r.at, r.autosave, coalesce(a.name, ''), r.edition, r.title, r.format, r.body, r.more, r.excerpt, r.options from revision r
left join author a on a.id = r.author_id
where r.id = $1 and r.entry_id = $2;

-- name: revision_autosave :exec
insert into revision (entry_id, author_id, at, autosave, tab, edition, title, format, body, more, excerpt, options)
values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: revision_drop_autosave :exec
delete from revision where entry_id = $1 and author_id = $2 and tab = $3 and autosave = 1;

-- What was typed since the entry changed last and is another text than it has, or goes with other options.
-- name: revision_unsaved :many
select r.id, r.at, r.autosave, '', r.edition, r.title, r.format, r.body, r.more, r.excerpt, r.options
from revision r join entry e on e.id = r.entry_id
where r.entry_id = $1 and r.author_id = $2 and r.autosave = 1 and r.at >= e.updated_at
  and (r.title <> e.title or r.body <> e.body or r.more <> e.more or r.excerpt <> e.excerpt or r.format <> e.format or r.options <> '')
order by r.at desc, r.id desc;

-- name: preview_link_make :exec
insert into preview_link (token, entry_id, created_at, expires_at) values ($1, $2, $3, $4);

-- name: preview_links_of :many
select token, created_at, expires_at from preview_link where entry_id = $1 and expires_at > $2 order by created_at, token;

-- name: preview_link_end :exec
delete from preview_link where token = $1 and entry_id = $2;

-- name: preview_link_entry :one
select entry_id from preview_link where token = $1 and expires_at > $2;
