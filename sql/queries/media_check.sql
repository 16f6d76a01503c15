-- For `daybook media check` (work/media.cc).

-- What entries show or link to below /media/ that the library does not know.
-- name: media_unknown :many
select u.path, min(e.id), min(coalesce(e.path, '')) from media_use u join entry e on e.id = u.entry_id
where e.status <> 4 and u.path not in (select path from media) group by u.path order by u.path;
