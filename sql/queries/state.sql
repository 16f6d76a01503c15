-- The journal's one row of state: what the store itself reads and writes.

-- name: bump_rev :exec
update state set rev = rev + 1 where id = 1;

-- name: read_rev :one
-- hot
select rev from state where id = 1;
