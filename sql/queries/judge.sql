-- The spam judge: what it looks up, what it learns (journal/judge*.cc).

-- name: spam_token_read :one
-- hot
select good, bad from spam_token where token = $1;

-- name: spam_token_add :exec
insert into spam_token (token, good, bad) values ($1, $2, $3)
on conflict (token) do update set good = spam_token.good + excluded.good, bad = spam_token.bad + excluded.bad;

-- The first half of taking away: nothing would be left.
-- name: spam_token_drop :exec
delete from spam_token where token = $1 and good <= $2 and bad <= $3;

-- name: spam_token_subtract :exec
update spam_token set good = good - $2, bad = bad - $3 where token = $1;

-- name: spam_token_clear :exec
delete from spam_token;

-- name: spam_training_read :one
select id, verdict, edition, counted, tokens from spam_training where kind = $1 and answer_id = $2;

-- name: spam_training_add :exec
insert into spam_training (kind, answer_id, verdict, at, edition, counted, tokens) values ($1, $2, $3, $4, $5, 1, $6);

-- name: spam_training_remove :exec
delete from spam_training where id = $1;

-- name: spam_training_oldest :one
select kind, answer_id from spam_training where verdict = $1 order by at, id limit 1;

-- name: spam_training_uncount :exec
update spam_training set counted = 0;

-- name: spam_training_uncounted :many
select id, kind, answer_id, verdict, edition, tokens from spam_training where counted = 0 order by id limit $1;

-- name: spam_training_recount :exec
update spam_training set counted = 1, edition = $2, tokens = $3 where id = $1;

-- What was decided elsewhere and came by import: never judged here, not the journal's own people's.
-- name: judge_imported_comments :many
select id, author_name, author_email, author_url, body
from comment
where id < $1 and score is null and author_id is null and status = $2
  and not exists (select 1 from spam_training t where t.kind = 0 and t.answer_id = comment.id)
order by id desc limit $3;

-- name: judge_comment :one
select author_name, author_email, author_url, body, author_id from comment where id = $1;

-- name: judge_reference :one
select author, url, title, site_name, excerpt, kind from reference where id = $1;

-- Whether the reader's address was confirmed, and a comment with it approved.
-- name: judge_reader :one
-- hot
select confirmed_at is not null, trusted_at is not null, email from reader where id = $1;

-- name: rate_read :one
-- hot
select full_at from rate where scope = $1;

-- name: rate_put :exec
insert into rate (scope, full_at) values ($1, $2)
on conflict (scope) do update set full_at = excluded.full_at;

-- name: rate_forget :exec
delete from rate where full_at <= $1;

-- name: block_rules :many
select id, kind, pattern, created_at from block_rule order by kind, pattern;

-- name: block_rule_count :one
select count(*) from block_rule;

-- name: block_rule_find :one
select id from block_rule where kind = $1 and pattern = $2;

-- name: block_rule_insert :one
insert into block_rule (kind, pattern, created_at) values ($1, $2, $3)
returning id;

-- name: block_rule_remove :exec
delete from block_rule where id = $1;
