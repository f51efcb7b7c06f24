-- Whether rows of the batch that repeat a URL share the result of the first; and how many do.
alter table batch add column share integer not null default 0 check (share in (0, 1));
alter table batch add column shared integer not null default 0;

-- A row that is never sent, and the row of the same URL before it whose result it shares; written
-- once. Neither refers to the image: that would have to be looked up for every image that is removed.
create table follower (
  image  integer primary key,
  leader integer not null,
  check (leader < image)
);

create index follower_by_leader on follower (leader);

-- Settled leaders that have unsettled followers, and from which follower on.
create table sharing (
  leader        integer primary key,
  next_follower integer not null
);
