-- The first run (journal/setup.cc) and what it leaves to the import (journal/import_slices.cc): notes that stand among
-- the settings, under names that no setting has.

-- name: setup_has_owner :one
select 1 from author where role = 2 and password <> '' limit 1;

-- name: setup_has_entry :one
select 1 from entry limit 1;

-- name: setup_note :one
select value from setting where name = $1;

-- name: setup_forget :exec
delete from setting where name = $1;

-- name: setup_has_section :one
select 1 from sidebar_section limit 1;

-- How far an import is: grows with everything that it takes.
-- name: import_items :one
select count(*) from import_item;
