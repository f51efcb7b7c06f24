-- When an acceptance was acknowledged; null where nobody asked for it, or it is yet to be done.
alter table batch add column acknowledged_at integer;

-- Claimed manifests that were set aside although what they were fetched from is still to be moved
-- where it came from: where the claimed manifest lay, and the name that it is kept under.
create table rejection (
  source      text    not null primary key,
  kept_as     text    not null,
  rejected_at integer not null
) without rowid;

-- How it stands with another system that is looked at again and again; times are epoch milliseconds.
create table link (
  place   text    not null primary key,
  up      integer not null check (up in (0, 1)),
  since   integer not null,
  message text    not null
) without rowid;

-- Tells this ledger from every other, so that two that share a server know whose claim is whose.
create table identity (
  id text not null primary key
) without rowid;

insert into identity (id) values (lower(hex(randomblob(4))));
