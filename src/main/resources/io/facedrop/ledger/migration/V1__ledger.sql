-- Times are epoch milliseconds. An image's id is (batch number << 32) + position, so a batch is one
-- range of ids in the order of its lines, and walking a backlog needs no further index.

create table batch (
  number        integer primary key,
  id            text    unique,
  manifest      text    not null,
  stem          text    not null,
  folder        text    not null,
  source        text    not null,
  archive       integer not null check (archive in (0, 1)),
  format        text    not null check (format in ('CSV', 'TXT', 'JSONL')),
  delimiter     text    not null,
  header        text    not null,
  sha256        text    not null,
  state         text    not null check (state in ('loading', 'open', 'complete')),
  parked        integer not null default 0 check (parked in (0, 1)),
  rows          integer not null default 0,
  invalid       integer not null default 0,
  next_position integer not null default 0,
  turn          integer not null default 0,
  requests      integer not null default 0,
  accepted_at   integer,
  cancelled_at  integer,
  archived_at   integer,
  completed_at  integer,
  check (next_position <= rows)
);

create index batch_by_content on batch (sha256);

create index batch_by_source on batch (source);

-- Claims go fairly between batches: lowest turn first.
create index batch_by_turn on batch (turn, number)
  where state = 'open' and parked = 0 and cancelled_at is null and next_position < rows;

create index batch_by_state on batch (state);

-- What the manifest said; written once.
create table image (
  id             integer primary key,
  line           integer not null,
  url            text    not null,
  before         text    not null,
  after          text    not null,
  origin         text,
  detect_task_id text
);

-- What became of an image once it is no longer merely waiting for its turn.
create table progress (
  id                  integer primary key references image (id),
  state               text    not null
    check (state in ('waiting', 'held', 'submitted', 'succeeded', 'dead')),
  due_at              integer,
  attempts            integer not null,
  requests            integer not null,
  possible_duplicate  integer not null default 0 check (possible_duplicate in (0, 1)),
  detect_task_id      text,
  submitted_at        integer,
  part                integer,
  charged             text    not null check (charged in ('yes', 'no', 'unknown')),
  settled_at          integer,
  reason              text,
  code                integer,
  http_status         integer,
  message             text,
  detect_id           text,
  face_count          integer,
  faces               text,
  detected_at         integer,
  expires_at          integer,
  check ((state in ('succeeded', 'dead')) = (part is not null)),
  check ((state = 'dead') = (part is not null and reason is not null))
);

create index progress_by_due on progress (due_at) where due_at is not null;

-- Images whose request may be on the wire right now; what is left here by a crash is in doubt.
create table claim (
  image      integer primary key references image (id),
  claimed_at integer not null
);

-- Settled rows are counted into the open part of their output; a closed part no longer changes.
create table part (
  batch          integer not null references batch (number),
  output         text    not null check (output in ('success', 'dead-letter')),
  number         integer not null,
  state          text    not null check (state in ('open', 'closed', 'published')),
  rows           integer not null,
  first_image    integer not null,
  last_image     integer not null,
  opened_at      integer not null,
  file           text,
  sha256         text,
  published_at   integer,
  primary key (batch, output, number)
) without rowid;

create index part_by_state on part (state);

-- One gate for each address and key (of which only a fingerprint is kept).
create table gate (
  authority    text primary key,
  revision     integer not null,
  proven       integer not null check (proven in (0, 1)),
  paused_until integer not null,
  pause_cause  text    not null,
  probing      integer not null check (probing in (0, 1)),
  level        integer not null,
  halted_code  integer not null,
  halt_message text    not null,
  halted_at    integer not null,
  probe_at     integer not null
);

-- Pauses, halts and what ended them, for the reports.
create table event (
  at     integer not null,
  detail text    not null
);

create index event_by_time on event (at);
