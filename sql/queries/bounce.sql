-- Refusals that came back as mail (journal/mail.cc).

-- name: bounce_recipient :one
select recipient from mail where id = $1;

-- name: bounce_note :exec
update mail set failed_at = $2, error = $3, fields = '' where id = $1;

-- The one whose address it is gets no letter to many any more.
-- name: bounce_subscriber :exec
update subscriber set status = 3, left_at = $2 where lower(email) = lower($1) and status = 1;
