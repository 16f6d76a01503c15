-- The owner's side.

create index entry_changed on entry (kind, updated_at, id, status, author_id, visible_at);  -- lists of the newest change first

-- Search: beginnings of one letter are kept in the indexes, too. Without that all words of the letter are merged each
-- time somebody looks for t*: 150 ms with 10,000 entries.
drop table entry_fts;
create virtual table entry_fts using fts5 (
  title, body, content = 'entry_text', content_rowid = 'id', prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 2');
insert into entry_fts (entry_fts) values ('rebuild');

alter table revision add column tab text not null default '';      -- of an autosave: the window in which it was typed
alter table revision add column edition text not null default '';  -- of an autosave: what its writer had before them

-- Media (journal/media.h).
alter table media add column edition integer not null default 0;      -- grows when its bytes are replaced; in the smaller pictures' names
alter table media add column orientation integer not null default 1;  -- EXIF: how the stored pixels are still to be turned
alter table media add column widths text not null default '';         -- pixels of the smaller pictures beside it: '480 960'
alter table media add column state integer not null default 0;        -- MediaState: 0 not looked at, 1 done, 2 cannot be decoded, 3 too large
alter table media add column digest text not null default '';         -- of the bytes as they were stored first, to know them again
alter table media add column author_id integer references author (id) on delete set null;  -- who uploaded it; null: imported
create index media_digest on media (digest) where digest <> '';
create index media_age on media (created_at, id);

create table media_use (                -- kept: which entries show or link to which files, whether or not those are there
  path     text not null,               -- below public/media
  entry_id integer not null references entry (id) on delete cascade,
  primary key (path, entry_id)
) strict, without rowid;
create index media_use_entry on media_use (entry_id);

-- Pictures that are there already are looked at, too (JobKind::kPicture), after everything else.
insert into job (kind, subject, priority, run_at)
select 5, id, 8, 0 from media where mime in ('image/jpeg', 'image/png', 'image/webp');

-- Which site a job asks: one at a time is asked, and one that does not answer waits with all its jobs. '': none.
alter table job add column host text not null default '';
create index job_host on job (host, run_at) where host <> '';

-- Search finds who wrote a comment, and no comments of entries that show none.
delete from comment_text
where id in (select c.id from comment c join entry e on e.id = c.entry_id where e.comments = 3);
alter table comment_text add column author text not null default '';
update comment_text set author = (select author_name from comment c where c.id = comment_text.id);
drop table comment_fts;
create virtual table comment_fts using fts5 (
  body, author, content = 'comment_text', content_rowid = 'id', prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 2');
insert into comment_fts (comment_fts) values ('rebuild');

-- People: the second step of signing in, the private feed of what waits.
alter table author add column totp_step integer not null default 0;    -- the last step of time whose code was used
alter table author add column feed_edition integer not null default 0; -- grows with each new address of the feed; 0 or less: none
create table recovery_code (            -- each signs in once instead of a code of the app
  author_id integer not null references author (id) on delete cascade,
  hash      text not null,
  primary key (author_id, hash)
) strict, without rowid;
-- The site (journal/site.h, journal/terms.h, journal/trash.h, journal/statistics.h).
alter table sidebar_section add column hidden integer not null default 0;
alter table entry add column trashed_at integer;  -- when it went to the trash; null: unknown, or not there
create index entry_trashed on entry (trashed_at, id) where status = 4;

create table statistic (                -- counts only; nobody's address, nobody's path through the journal
  day     integer not null,             -- 20260319, in the journal's zone
  kind    integer not null,             -- Counted of journal/statistics.h
  subject text not null,                -- of kind: an entry's id, a referring host, a feed reader's name
  readers integer not null,
  primary key (day, kind, subject)
) strict, without rowid;

create table statistic_seen (           -- who was counted on the day that is being read: hashes under a key thrown away with them
  mark text primary key
) strict, without rowid;

create table statistic_state (          -- how far the access log was read; one row
  id      integer primary key check (id = 1),
  file    text not null,                -- device and inode
  at      integer not null,             -- bytes of it that were read
  day     integer not null,             -- of statistic_seen
  key     text not null,                -- of its hashes
  read_at integer not null,
  problem integer not null              -- 0 none, 1 cannot be opened, 2 holds no line of the combined format
) strict;
