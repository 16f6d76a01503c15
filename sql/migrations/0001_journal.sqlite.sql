-- Migration 1: what a journal is made of, SQLite's edition (PostgreSQL has a file of its own).
--
-- Times are Unix seconds in UTC. 0/1 are booleans. "Kept" columns repeat what could be computed, so that a page
-- costs the same with a hundred entries and with a hundred thousand; journal/counts.cc alone writes them.
-- Text called "source" is as its writer typed it; text called "html" was made from it by the one pipeline of
-- journal/render.cc and may be thrown away and made again.

create table state (                    -- one row
  id          integer primary key check (id = 1),
  rev         integer not null,         -- grows with every change that any public page could show
  settled_at  integer not null,         -- up to here scheduled, expiring and closing moments are in the kept columns
  entry_count integer not null,         -- kept: entries that readers can see (pages are not counted)
  render      integer not null          -- edition of the pipeline that made the html columns
) strict;
insert into state (id, rev, settled_at, entry_count, render) values (1, 1, 0, 0, 1);

create table setting (
  name  text primary key,
  value text not null
) strict, without rowid;

create table author (                   -- who writes here; also who may sign in
  id          integer primary key,
  slug        text not null unique,
  name        text not null,
  email       text not null default '',
  url         text not null default '',
  about       text not null default '', -- source, Markdown
  role        integer not null default 0,     -- 0 author, 1 editor, 2 owner, 3 may not sign in (imported)
  may_publish integer not null default 0,
  password    text not null default '', -- argon2id string; empty: cannot sign in
  totp_secret text not null default '',
  created_at  integer not null default 0,
  entry_count integer not null default 0      -- kept
) strict;

create table category (                 -- a tree
  id          integer primary key,
  parent_id   integer references category (id),
  slug        text not null unique,
  name        text not null,
  description text not null default '',
  position    integer not null default 0,
  entry_count integer not null default 0      -- kept: with those of the categories below
) strict;
create index category_parent on category (parent_id);

create table tag (
  id          integer primary key,
  slug        text not null unique,
  name        text not null,
  entry_count integer not null default 0      -- kept
) strict;

create table media (                    -- files below public/media
  id         integer primary key,
  path       text not null unique,      -- '2019/harbour.jpg'
  mime       text not null,
  bytes      integer not null,
  width      integer,                   -- pixels; null where it has none
  height     integer,
  title      text not null default '',
  alt        text not null default '',
  caption    text not null default '',  -- source, HTML
  created_at integer not null
) strict;

create table entry (                    -- entries and pages
  id              integer primary key,
  kind            integer not null,     -- 0 entry, 1 page
  status          integer not null,     -- 0 draft, 1 published (from visible_at on), 2 private, 3 pending, 4 trash
  path            text unique,          -- decoded, from the journal's root: '/2007/3/19/x.html'; null until first published
  slug            text not null,
  title           text not null,        -- plain text
  format          integer not null,     -- of body and more: 0 HTML, 1 Markdown, 2 HTML whose paragraphs are blank lines, 3 plain
  body            text not null,        -- source
  more            text not null default '',   -- source after the split
  excerpt         text not null default '',   -- plain text written by the author; empty: cut from the body
  body_html       text not null,
  more_html       text not null default '',
  summary         text not null default '',   -- kept: plain text of at most 300 characters for lists and descriptions
  image           text not null default '',   -- kept: address of the picture that stands for the entry, for Open Graph
  author_id       integer not null references author (id),
  language        text not null default '',   -- BCP 47; empty: the journal's
  visible_at      integer not null,     -- first publication; for a scheduled entry in the future
  zone            text not null,        -- in which visible_at gave the local date below, for ever
  year            integer not null,     -- local date of first publication
  month           integer not null,
  day             integer not null,
  created_at      integer not null,
  updated_at      integer not null,     -- last change that a reader could notice
  expires_at      integer not null default 253402300799,  -- vanishes then
  password        text not null default '',
  pinned          integer not null default 0,
  comments        integer not null default 0, -- 0 as the journal, 1 open, 2 closed, 3 none at all
  comments_close  integer not null default 253402300799,  -- kept: closes by itself at this time
  pings           integer not null default 0, -- references: 0 as the journal, 1 open, 2 closed
  guid            text not null unique, -- id in feeds: what was imported, else urn:uuid:…
  parent_id       integer references entry (id),          -- of a page
  position        integer not null default 0,             -- of a page among its siblings
  featured_id     integer references media (id) on delete set null,
  counted         integer not null default 0, -- kept: is in the kept counts
  comment_count   integer not null default 0, -- kept: public ones
  reference_count integer not null default 0, -- kept: public ones
  update_count    integer not null default 0  -- kept: rows of entry_update
) strict;
create index entry_list on entry (kind, status, visible_at, id);
create index entry_month on entry (kind, status, year, month, day, visible_at, id);
create index entry_author on entry (author_id, kind, status, visible_at, id);
create index entry_expiring on entry (expires_at) where expires_at < 253402300799;
create index entry_closing on entry (comments_close) where comments_close < 253402300799;
create index entry_pinned on entry (visible_at, id) where pinned = 1;
create index entry_parent on entry (parent_id) where parent_id is not null;
create index entry_slug on entry (slug);

create table entry_update (             -- "Update:" blocks below an entry
  id        integer primary key,
  entry_id  integer not null references entry (id) on delete cascade,
  at        integer not null,
  body      text not null,              -- source, in the entry's format
  body_html text not null
) strict;
create index entry_update_entry on entry_update (entry_id, at);

create table entry_category (           -- visible_at repeats the entry's, so that a page of entries is one walk of an index
  category_id integer not null references category (id) on delete cascade,
  visible_at  integer not null,
  entry_id    integer not null references entry (id) on delete cascade,
  direct      integer not null,         -- 0: here because a category below has it
  position    integer not null default 0,     -- 0 is the primary one
  primary key (category_id, visible_at, entry_id)
) strict, without rowid;
create index entry_category_entry on entry_category (entry_id);

create table entry_tag (
  tag_id     integer not null references tag (id) on delete cascade,
  visible_at integer not null,
  entry_id   integer not null references entry (id) on delete cascade,
  position   integer not null default 0,
  primary key (tag_id, visible_at, entry_id)
) strict, without rowid;
create index entry_tag_entry on entry_tag (entry_id);

create table archive_month (            -- kept: entries that readers can see, by local month
  year        integer not null,
  month       integer not null,
  entry_count integer not null,
  primary key (year, month)
) strict, without rowid;

create table revision (                 -- every earlier state of what an author wrote
  id         integer primary key,
  entry_id   integer not null references entry (id) on delete cascade,
  author_id  integer references author (id),
  at         integer not null,
  autosave   integer not null default 0,
  title      text not null,
  format     integer not null,
  body       text not null,
  more       text not null,
  excerpt    text not null
) strict;
create index revision_entry on revision (entry_id, at);

create table preview_link (             -- secret, expiring, revocable view of a draft
  token      text primary key,
  entry_id   integer not null references entry (id) on delete cascade,
  created_at integer not null,
  expires_at integer not null
) strict, without rowid;

create table reader (                   -- a commenter or subscriber whose address was confirmed, or is waiting to be
  id           integer primary key,
  email        text not null unique,
  name         text not null default '',
  confirmed_at integer,
  trusted_at   integer,                 -- first approved comment after confirmation
  created_at   integer not null
) strict;

create table comment (
  id           integer primary key,
  entry_id     integer not null references entry (id) on delete cascade,
  parent_id    integer references comment (id),     -- one level: a parent has none
  status       integer not null,        -- 0 held, 1 public, 2 spam, 3 trash
  created_at   integer not null,
  edited_at    integer,
  author_name  text not null,
  author_email text not null default '',
  author_url   text not null default '',
  author_id    integer references author (id),      -- one of the journal's own people
  reader_id    integer references reader (id) on delete set null,
  mode         integer not null,        -- of body: 0 limited HTML, 1 plain, 2 Markdown
  body         text not null,           -- source
  body_html    text not null,
  network      text not null default '',-- /24 or /48, never more; emptied after 30 days
  score        real,                    -- of the judge
  reasons      text not null default '',-- at most three, one a line
  receipt      text unique,             -- unguessable part of the receipt page's address
  digest       text not null default '' -- of what was posted, to take a double post once
) strict;
create index comment_entry on comment (entry_id, status, created_at, id);
create index comment_recent on comment (status, created_at, id);
create index comment_parent on comment (parent_id) where parent_id is not null;
create index comment_reader on comment (reader_id) where reader_id is not null;
create index comment_digest on comment (digest, created_at);

create table reference (
  id         integer primary key,
  entry_id   integer not null references entry (id) on delete cascade,
  kind       integer not null,          -- 0 source (the author's own), 1 response
  via        integer not null,          -- 0 author, 1 webmention, 2 trackback, 3 pingback, 4 a reader's form
  status     integer not null,          -- as comment.status
  title      text not null,
  url        text not null,
  site_name  text not null default '',
  site_url   text not null default '',
  author     text not null default '',
  excerpt    text not null default '',  -- plain text
  created_at integer not null,
  checked_at integer,                   -- when its page was last seen to link here
  network    text not null default '',
  score      real,
  reasons    text not null default '',
  position   integer not null default 0
) strict;
create index reference_entry on reference (entry_id, status, kind, created_at, id);
create index reference_status on reference (status, created_at);
create index reference_url on reference (url);

create table redirect (                 -- addresses that answered once: old paths, imported ones, those taken down
  path     text primary key,            -- decoded, from the journal's root; with '?p=1' where the query named the page
  entry_id integer references entry (id) on delete cascade,  -- leads to wherever that entry is
  target   text not null default '',    -- else a path or address; with entry_id: what follows the entry's address
  status   integer not null             -- 301, 302, 410
) strict, without rowid;
create index redirect_entry on redirect (entry_id) where entry_id is not null;

create table nav_link (                 -- the pages of the header, in the owner's order
  id       integer primary key,
  position integer not null,
  title    text not null,
  url      text not null                -- relative to the journal, or absolute
) strict;

create table sidebar_section (
  id       integer primary key,
  position integer not null,
  side     integer not null default 1,  -- 0 start, 1 end
  kind     integer not null,            -- 0 html, 1 subscribe, 2 newsletter, 3 links, 4 connect, 5 search, 6 comments, 7 archive, 8 categories, 9 tags
  caption  text not null default '',
  content  text not null default '',    -- source of kind html, the owner's
  amount   integer not null default 10  -- how many of the latest
) strict;

create table sidebar_link (
  id         integer primary key,
  section_id integer not null references sidebar_section (id) on delete cascade,
  position   integer not null,
  title      text not null,
  url        text not null
) strict;
create index sidebar_link_section on sidebar_link (section_id, position);

create table kept (                     -- fragments that several pages share, made by whoever first needed them
  name  text primary key,
  rev   integer not null,               -- the state that they show
  build text not null,
  html  text not null
) strict, without rowid;

-- Search (protocols: plain text kept when written; only what everyone may read is in). The indexes are written beside
-- the texts by search_write.sqlite.sql and not by triggers: an untrusted schema (trusted_schema=off) may not use FTS5.
create table entry_text (
  id    integer primary key references entry (id) on delete cascade,
  title text not null,
  body  text not null
) strict;
create virtual table entry_fts using fts5 (
  title, body, content = 'entry_text', content_rowid = 'id', prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2');

create table comment_text (
  id   integer primary key references comment (id) on delete cascade,
  body text not null
) strict;
create virtual table comment_fts using fts5 (
  body, content = 'comment_text', content_rowid = 'id', prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2');

create table subscriber (
  id           integer primary key,
  email        text not null unique,
  status       integer not null,        -- 0 asked, 1 confirmed, 2 left, 3 bounced
  cadence      integer not null default 0,    -- posts: 0 each, 1 weekly, 2 monthly, 3 none
  newsletter   integer not null default 0,
  all_tags     integer not null default 1,
  secret       text not null,           -- signs the links in this person's mails
  asked_at     integer not null,
  confirmed_at integer,
  left_at      integer,
  proof        text not null default '',-- the text that was agreed to, and the coarse origin
  language     text not null default ''
) strict;
create index subscriber_status on subscriber (status);

create table subscriber_tag (
  subscriber_id integer not null references subscriber (id) on delete cascade,
  tag_id        integer not null references tag (id) on delete cascade,
  primary key (subscriber_id, tag_id)
) strict, without rowid;

create table thread_follow (            -- mail me the answers
  entry_id   integer not null references entry (id) on delete cascade,
  reader_id  integer not null references reader (id) on delete cascade,
  created_at integer not null,
  primary key (entry_id, reader_id)
) strict, without rowid;

create table suppression (              -- never again: left for good, complained, or does not exist
  email  text primary key,
  reason integer not null,              -- 0 asked, 1 bounced, 2 complained
  at     integer not null
) strict, without rowid;

create table session (                  -- signed in at the owner's side
  token_hash text primary key,
  author_id  integer not null references author (id) on delete cascade,
  created_at integer not null,
  seen_at    integer not null,
  agent      text not null default ''
) strict, without rowid;

create table block_rule (               -- the owner's block lists
  id         integer primary key,
  kind       integer not null,          -- 0 word, 1 address of mail, 2 URL, 3 network
  pattern    text not null,
  created_at integer not null,
  unique (kind, pattern)
) strict;

create table spam_token (               -- the judge's memory
  token text primary key,
  good  integer not null,
  bad   integer not null
) strict, without rowid;

create table job (                      -- what must happen outside, written in the transaction that wants it
  id         integer primary key,
  kind       text not null,
  payload    text not null,             -- JSON
  run_at     integer not null,
  attempts   integer not null default 0,
  leased_by  text not null default '',
  lease_ends integer not null default 0,
  last_error text not null default '',
  dead       integer not null default 0,
  dedupe     text unique                -- at most one job with this key; null: any number
) strict;
create index job_due on job (dead, run_at);

create table log (                      -- what was done to the journal, by whom
  id        integer primary key,
  at        integer not null,
  author_id integer,
  action    text not null,
  subject   text not null default '',
  detail    text not null default ''
) strict;
create index log_at on log (at);

create table import_item (              -- what came from where, so that a second run doubles nothing and a broken one goes on
  source   text not null,               -- identity of the old journal
  kind     text not null,
  item     text not null,               -- its id there
  local_id integer not null,
  primary key (source, kind, item)
) strict, without rowid;
