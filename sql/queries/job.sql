-- The queue of what must happen outside (journal/worker.cc).

-- name: job_status :one
select coalesce(sum(1 - dead), 0), coalesce(sum(dead), 0) from job;
