-- How transactions begin and end (Db), and parts of them (Tx::Try). Nobody else runs these.

-- name: begin_read :exec
begin;

-- name: begin_write :exec
begin immediate;

-- name: commit_all :exec
commit;

-- name: roll_back :exec
rollback;

-- name: begin_part :exec
savepoint part;

-- name: roll_back_part :exec
rollback to part;

-- name: keep_part :exec
release part;

-- name: data_version :one
pragma data_version;
