-- Settings (journal/settings.cc).

-- Without notes, which are long and read by few (journal/mail_check.cc).
-- name: settings_all :many
select name, value from setting where name not between 'note.' and 'note/';

-- name: setting_is_set :one
select 1 from setting where name = $1;

-- name: setting_put :exec
insert into setting (name, value) values ($1, $2)
on conflict (name) do update set value = excluded.value;

-- Kept closing times, after comments.close_days changed: $1 seconds, 0 for never.
-- name: setting_close_entries :exec
update entry
set comments_close = case when $1 > 0 and comments = 0 and kind = 0 then visible_at + $1 else 253402300799 end;

-- name: setting_count_up :exec
insert into setting (name, value) values ($1, '1')
on conflict (name) do update set value = cast(cast(setting.value as integer) + 1 as text);

-- name: setting_get :one
select value from setting where name = $1;

-- name: setting_drop :exec
delete from setting where name = $1;
