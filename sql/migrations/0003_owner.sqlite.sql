-- The owner's side.

create index entry_changed on entry (kind, updated_at, id, status, author_id, visible_at);  -- lists of the newest change first
