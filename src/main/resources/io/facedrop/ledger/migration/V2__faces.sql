-- A task is followed until its faces are there. Times are epoch milliseconds.

-- The last moment at which the task was known not to be finished: a running poll's, else the POST's.
alter table progress add column unfinished_at integer;

-- Polls that failed in a row, and since when the API says that it does not know the task.
alter table progress add column poll_failures integer not null default 0;
alter table progress add column missing_since integer;

-- Polls have an index of their own: they go first, and however many retries wait is not their concern.
drop index progress_by_due;

create index progress_by_due on progress (due_at)
  where due_at is not null and state <> 'submitted';

create index progress_submitted on progress (due_at)
  where state = 'submitted';

-- A row that is dropped again goes on with its task if nobody has seen the end of it.
create index progress_unseen_task on progress (detect_task_id)
  where part is not null and detect_id is null and detect_task_id is not null;

-- Rows of the batch that go on with a task which an earlier batch has paid for.
alter table batch add column adopted integer not null default 0;

-- What the requests of a batch took and came to, second by second, for its report. A latency class c
-- ends at 2^(c/8) milliseconds; -1 where nobody knows. The kind FACES counts no requests: it is the
-- time from submission to the faces.
create table traffic (
  batch     integer not null references batch (number),
  second    integer not null,
  kind      text    not null check (kind in ('POST', 'GET', 'FACES')),
  latency   integer not null,
  requests  integer not null,
  again     integer not null,
  succeeded integer not null,
  dead      integer not null,
  primary key (batch, second, kind, latency)
) without rowid;

-- What closed or opened the gate, and until when it was meant to be closed.
alter table event add column kind text not null default 'note'
  check (kind in ('note', 'pause', 'halt', 'open'));
alter table event add column until integer;
