-- A batch whose first answers are mostly dead letters of one reason is held: nothing more of it is
-- claimed to be submitted until it is released. Times are epoch milliseconds.

-- Whether its first answers are judged, by whatever came of them, so that it is never judged again.
alter table batch add column judged integer not null default 0 check (judged in (0, 1));
alter table batch add column held integer not null default 0 check (held in (0, 1));

-- Why it was held, and when it was released; kept afterwards.
alter table batch add column held_at integer;
alter table batch add column held_reason text;
alter table batch add column held_dead integer;
alter table batch add column held_of integer;
alter table batch add column released_at integer;

-- The first answers of what was begun before are past.
update batch
   set judged = 1
 where requests > 0
    or state = 'complete';

drop index batch_by_turn;

create index batch_by_turn on batch (turn, number)
  where state = 'open' and parked = 0 and held = 0 and cancelled_at is null
    and next_position < rows;

-- The first rows of a batch that the API has answered, until it is judged by what they come to:
-- null while that is open, SUCCEEDED, or the reason of a dead letter.
create table trial (
  image   integer primary key references image (id),
  came_to text
);

-- The batch that an event is of; null where it is of the gate, and so of every batch.
alter table event add column batch integer;
