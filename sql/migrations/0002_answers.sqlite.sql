-- Comments, references and mails from outside: what they need beyond schema 1. The tables that are made anew were not
-- written to by any program of schema 1.

alter table comment add column told_to integer not null default 0;  -- followers up to this reader have their mail about it
alter table comment add column decided_at integer;  -- when status last changed; spam and trash are kept for a while from then on
create index comment_email on comment (author_email) where author_email <> '';
create index comment_old on comment (decided_at) where status >= 2;
create index comment_network on comment (created_at) where network <> '';

alter table reference add column author_url text not null default '';
alter table reference add column type integer not null default 0;  -- 0 mention, 1 reply, 2 like, 3 repost, 4 bookmark

drop table spam_token;
create table spam_token (               -- the judge's memory: in how many decided answers each token is
  token integer primary key,            -- hash of 64 bits (journal/judge_tokens.h); 0: all answers
  good  integer not null,
  bad   integer not null
) strict;

create table spam_training (            -- the decisions that spam_token is the sum of, so that each can be taken back exactly
  id        integer primary key,
  kind      integer not null,           -- 0 comment, 1 reference
  answer_id integer not null,           -- may be gone: what was learnt from spam outlives it
  verdict   integer not null,           -- 0 good, 1 spam
  at        integer not null,
  edition   integer not null,           -- of the rules that cut the text into tokens
  counted   integer not null,           -- 0: not in spam_token at present, which is being built anew
  tokens    blob not null,              -- 8 bytes each, least significant first
  unique (kind, answer_id)
) strict;
create index spam_training_age on spam_training (verdict, at, id);
create index spam_training_counted on spam_training (id) where counted = 0;

create table rate (                     -- how much came from where just now
  scope   text primary key,             -- '0 203.0.113.0/24': kind of answer and network; '0' for the whole journal
  full_at integer not null              -- when its allowance is whole again
) strict, without rowid;

drop table job;
create table job (                      -- what must happen outside, written in the transaction that wants it
  id         integer primary key,
  kind       integer not null,          -- JobKind of journal/jobs.h
  subject    integer not null,          -- a row of the kind's own table
  priority   integer not null,          -- 0 first
  run_at     integer not null,
  attempts   integer not null default 0,
  edition    integer not null default 0,      -- grows when it is asked for again
  leased_by  text not null default '',
  lease_ends integer not null default 0,
  last_error text not null default '',
  dead       integer not null default 0,
  unique (kind, subject)
) strict;
create index job_due on job (dead, run_at);
create index job_leased on job (lease_ends) where lease_ends > 0;

create table mail (                     -- one message to one person; the words are made from `template` when it leaves
  id         integer primary key,
  template   integer not null,          -- MailTemplate of journal/mail.h
  recipient  text not null,
  fields     text not null,             -- JSON: what the template shows
  network    text not null default '',  -- /24 or /48 of whoever caused it, for the budgets
  created_at integer not null,
  sent_at    integer,
  failed_at  integer,
  error      text not null default ''   -- what the server said
) strict;
create index mail_recipient on mail (recipient, created_at);
create index mail_network on mail (network, created_at);
create index mail_strangers on mail (created_at) where network <> '';
create index mail_sent on mail (sent_at) where sent_at is not null;

create table mention (                  -- who says that a page links here; becomes a reference once the page was seen to
  id           integer primary key,
  token        text not null unique,    -- unguessable part of the status page's address
  via          integer not null,        -- as reference.via
  state        integer not null,        -- 0 to be checked, 1 taken, 2 no link, 3 gone, 4 cannot be read, 5 refused
  entry_id     integer not null references entry (id) on delete cascade,
  source       text not null,
  target       text not null,           -- as it was sent, without its fragment
  title        text not null default '',      -- what a reader typed into the form
  excerpt      text not null default '',
  site_name    text not null default '',
  site_url     text not null default '',
  author       text not null default '',
  network      text not null default '',
  created_at   integer not null,
  checked_at   integer,
  unique (source, target, via)
) strict;
create index mention_entry on mention (entry_id);
create index mention_created on mention (created_at);

create table mention_sent (             -- whom we told, or are to tell, that an entry links to them
  id        integer primary key,
  entry_id  integer not null,           -- outlives the entry, so that its end can be told, too
  source    text not null,              -- the entry's address, absolute
  target    text not null,
  linked    integer not null,           -- the entry has the link now
  state     integer not null default 0, -- 0 to be told, 1 told, 2 takes none, 3 failed
  endpoint  text not null default '',
  sent_at   integer,
  error     text not null default '',
  unique (entry_id, target)
) strict;

create table secret (                   -- made with the journal, known to nobody: keys for what is signed
  name  text primary key,
  value text not null
) strict, without rowid;
insert into secret (name, value) values ('forms', lower(hex(randomblob(32))));

create index log_subject on log (subject, id);
