-- Comments and references (journal/edit_answer.cc).

-- Where an answer would hang: whether readers can find that entry's words by searching.
-- name: answer_entry :one
select case when status = 1 and password = '' and comments <> 3 then 1 else 0 end from entry where id = $1;

-- name: comment_place :one
select entry_id, parent_id from comment where id = $1;

-- name: comment_insert :one
insert into comment (id, entry_id, parent_id, status, created_at, author_name, author_email, author_url, author_id, mode,
  body, body_html, reader_id, network, score, reasons, receipt, digest)
values (case when $18 > 0 and not exists (select 1 from comment where id = $18) then $18 end,
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
returning id;

-- name: comment_state :one
select entry_id, status, body_html, author_name from comment where id = $1;

-- name: comment_set_status :exec
update comment set status = $2, decided_at = $3 where id = $1;

-- name: comment_trust_reader :exec
update reader set trusted_at = $2
where id = (select reader_id from comment where id = $1) and confirmed_at is not null and trusted_at is null;

-- name: comment_free_replies :exec
update comment set parent_id = null where parent_id = $1;

-- name: comment_erase :exec
delete from comment where id = $1;

-- name: comments_to_render :many
select id, mode, body from comment where id > $1 order by id limit $2;

-- name: comment_put_html :exec
update comment set body_html = $2 where id = $1;

-- name: add_to_comment_count :exec
update entry set comment_count = comment_count + $2 where id = $1;

-- name: reference_insert :one
insert into reference (entry_id, kind, via, status, title, url, site_name, site_url, author, excerpt, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
returning id;

-- name: reference_state :one
select entry_id, status from reference where id = $1;

-- name: reference_set_status :exec
update reference set status = $2, decided_at = $3 where id = $1;

-- What came with another journal, as spam or trash, was decided about when it came.
-- name: comment_came :exec
update comment set decided_at = $2 where id = $1 and status >= 2;

-- name: reference_came :exec
update reference set decided_at = $2 where id = $1 and status >= 2;

-- name: reference_erase :exec
delete from reference where id = $1;

-- name: add_to_reference_count :exec
update entry set reference_count = reference_count + $2 where id = $1;
