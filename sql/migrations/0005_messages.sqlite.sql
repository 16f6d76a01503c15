-- Schema 5: mail between readers, and to the owner (journal/friend.cc, journal/contact.cc).

create table friend_mail (              -- an entry that a reader mails to somebody
  id              integer primary key,
  entry_id        integer not null references entry (id) on delete cascade,
  sender          text not null,
  sender_name     text not null default '',   -- this, recipient and note until it was sent only
  recipient       text not null default '',
  note            text not null default '',
  recipient_key   text not null,        -- a hash under a key of the journal's: once for each recipient and entry
  created_at      integer not null,
  sent_at         integer,              -- null: the sender is asked by mail
  mail_id         integer,              -- what was sent, in mail
  complained_at   integer               -- whoever got it wants no mail from here, ever
) strict;
create unique index friend_mail_once on friend_mail (entry_id, recipient_key) where sent_at is not null;
create index friend_mail_sender on friend_mail (sender, sent_at);
create index friend_mail_sent on friend_mail (sent_at) where sent_at is not null;
create index friend_mail_created on friend_mail (created_at);

create table message (                  -- what readers wrote to the owner
  id         integer primary key,
  status     integer not null,          -- 0 new, 1 read, 2 spam, 3 trash
  created_at integer not null,
  decided_at integer,                   -- when status last changed
  name       text not null,
  email      text not null default '',
  body       text not null,
  network    text not null default '',
  score      real not null default 0,
  reasons    text not null default '',
  digest     text not null              -- the same within a while is taken once
) strict;
create index message_status on message (status, id);
create index message_digest on message (digest, created_at);
create index message_network on message (created_at) where network <> '';

alter table comment add column writer_told integer not null default 0;  -- its writer was told that it is public

-- One mailbox may be written in many ways (text/email.h, MailboxOf).
alter table mail add column mailbox text not null default '';  -- of mail that a stranger caused: whose it is, for the budgets
create index mail_mailbox on mail (mailbox, created_at) where mailbox <> '';
create index subscriber_folded on subscriber (lower(email));
update or replace suppression set email = lower(email) where email <> lower(email);  -- kept in lower case from here on
