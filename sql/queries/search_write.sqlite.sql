-- The texts that are searched, and their indexes (journal/search_text.cc). An index row is taken out before its text
-- changes, because FTS5 with external content wants the old words for that, and put in after.

-- name: entry_text_has :one
select 1 from entry_text where id = $1;

-- name: entry_text_put :exec
insert into entry_text (id, title, body) values ($1, $2, $3);

-- name: entry_text_drop :exec
delete from entry_text where id = $1;

-- name: entry_index_put :exec
insert into entry_fts (rowid, title, body) values ($1, $2, $3);

-- name: entry_index_drop :exec
insert into entry_fts (entry_fts, rowid, title, body)
select 'delete', id, title, body from entry_text where id = $1;

-- name: comment_text_put :exec
insert into comment_text (id, body, author) values ($1, $2, $3);

-- name: comment_text_drop :exec
delete from comment_text where id = $1;

-- name: comment_index_put :exec
insert into comment_fts (rowid, body, author) values ($1, $2, $3);

-- name: comment_index_drop :exec
insert into comment_fts (comment_fts, rowid, body, author)
select 'delete', id, body, author from comment_text where id = $1;

-- name: comment_texts_has :one
select 1 from comment_text t join comment c on c.id = t.id where c.entry_id = $1 limit 1;

-- name: comment_texts_drop :exec
delete from comment_text where id in (select id from comment where entry_id = $1);

-- name: comment_indexes_drop :exec
insert into comment_fts (comment_fts, rowid, body, author)
select 'delete', t.id, t.body, t.author from comment_text t join comment c on c.id = t.id where c.entry_id = $1;

-- Deleted words stay in the index until it is merged: what ends the erasing of a person's data.
-- name: entry_index_merge :exec
insert into entry_fts (entry_fts) values ('optimize');

-- name: comment_index_merge :exec
insert into comment_fts (comment_fts) values ('optimize');

-- Fails with SQLITE_CORRUPT where index and texts differ.
-- name: entry_index_check :exec
insert into entry_fts (entry_fts, rank) values ('integrity-check', 1);

-- name: comment_index_check :exec
insert into comment_fts (comment_fts, rank) values ('integrity-check', 1);
