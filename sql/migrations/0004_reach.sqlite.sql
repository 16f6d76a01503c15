-- Reaching readers by mail.

alter table mail add column mailing_id integer;  -- the letter to many (mailing.id) that this is one copy of; null: a letter of its own
create index mail_mailing on mail (mailing_id) where mailing_id is not null;

-- Writing: what goes with a text beside its words (journal/render.h, journal/related.h, journal/drafts.h).
alter table entry add column toc integer not null default 0;            -- its writer wants a table of contents
alter table entry add column toc_html text not null default '';         -- kept: that table; '' none
alter table entry add column related_count integer not null default -1; -- kept: rows of entry_related, or a little more; below 0: not looked for yet
create index entry_unrelated on entry (id) where related_count < 0;
create table entry_related (            -- kept when written: what shares its tags and categories, the nearest first
  entry_id integer not null references entry (id) on delete cascade,
  position integer not null,
  other_id integer not null references entry (id) on delete cascade,
  primary key (entry_id, position)
) strict, without rowid;
create index entry_related_other on entry_related (other_id);
drop index entry_changed;               -- lists of those who write, found by title, too: no text is read for them
create index entry_titles on entry (kind, title, id, status, author_id, visible_at, updated_at);
alter table revision add column options text not null default '';       -- of an autosave: the rest of the form, where it is not as saved

-- Lists: who gets which letter to many (journal/subscriber.cc, journal/mailing.cc).

create table mailing (                  -- a letter to many; what it says is read when its copies leave
  id         integer primary key,
  kind       integer not null,          -- 0 an entry's, 1 weekly digest, 2 monthly digest, 3 an issue of the newsletter
  status     integer not null,          -- 0 draft, 1 waits for send_at, 2 its copies are being written, 3 it is being sent, 4 paused, 5 done, 6 stopped, 7 never to be sent
  entry_id   integer references entry (id) on delete cascade,  -- of an entry or issue (an issue is written as a page)
  since      integer not null default 0,    -- of a digest: entries from then until send_at
  send_at    integer not null default 0,
  audience   integer not null default 0,    -- of an issue: 0 who wants issues, 1 each, 2 weekly, 3 monthly, 4 everybody
  tag_id     integer references tag (id) on delete set null,   -- of an issue: only who wants this tag
  archive    integer not null default 0,    -- of an issue: its page becomes public when it is sent
  queued_to  integer not null default 0,    -- copies are written for all subscribers up to this one
  created_at integer not null,
  began_at   integer,
  ended_at   integer,
  sent       integer not null default 0,    -- kept when it ends; the copies are forgotten one day
  failed     integer not null default 0
) strict;
create unique index mailing_entry on mailing (entry_id) where kind = 0;  -- once for each entry, whatever becomes of it
create index mailing_status on mailing (status);

alter table mail add column subscriber_id integer;  -- whose copy of a mailing it is
alter table mail add column try_at integer not null default 0;  -- of a copy: not before, after the host put it off
alter table mail add column attempts integer not null default 0;
create unique index mail_copy on mail (mailing_id, subscriber_id) where mailing_id is not null;
create index mail_copy_waits on mail (mailing_id, try_at) where mailing_id is not null and sent_at is null and failed_at is null;
create index mail_subscriber on mail (subscriber_id) where subscriber_id is not null;

-- Spam and trash are kept for a while from the decision on, not from when they were written.
alter table reference add column decided_at integer;  -- when status last changed

-- Pictures: still GIFs have smaller copies, too, and those that move are known (MediaState 4).
insert into job (kind, subject, priority, run_at) select 5, id, 8, 0 from media where mime = 'image/gif';
