-- Times are epoch milliseconds. A row's id is (batch number << 32) + position, so a batch is one
-- range of ids in the order of its lines, and walking a backlog needs no further index.

pragma user_version = ${schema};

-- Tells this ledger from every other, so that two that share a server know whose claim is whose.
create table identity (
  id text not null primary key,

  -- Whether facedrop.events.uri is set where rows are worked: else nobody wants notices.
  notices integer not null default 0 check (notices in (0, 1))
) without rowid;

insert into identity (id) values (lower(hex(randomblob(4))));

create table batch (
  number          integer primary key,
  id              text    unique,
  manifest        text    not null,
  stem            text    not null,
  folder          text    not null,

  -- A path, for a file that was picked up below the inbox, which may be moved.
  source          text    not null,

  archive         integer not null check (archive in (0, 1)),
  format          text    not null check (format in ('CSV', 'TXT', 'JSONL')),
  delimiter       text    not null,
  header          text    not null,
  sha256          text    not null,

  -- The API's address, whether it has created a task for the batch, and whether a sandbox answered.
  api             text    not null,
  worked          integer not null default 0 check (worked in (0, 1)),
  sandbox         integer not null default 0 check (sandbox in (0, 1)),

  -- Whether rows that repeat a URL share the result of the first.
  share           integer not null check (share in (0, 1)),

  state           text    not null check (state in ('loading', 'open', 'complete')),

  -- The node that reads it in, and the one that publishes it: the same until it is dead, or has not
  -- got the manifest. 0 where only one process can work.
  node            integer not null default 0,
  publisher       integer not null default 0,
  rows            integer not null default 0,
  invalid         integer not null default 0,
  adopted         integer not null default 0,
  shared          integer not null default 0,
  next_position   integer not null default 0,
  turn            integer not null default 0,
  requests        integer not null default 0,

  -- Set aside: by a run of other manifests, or because the process works with another address.
  parked          integer not null default 0 check (parked in (0, 1)),
  elsewhere       integer not null default 0 check (elsewhere in (0, 1)),

  -- A batch whose first answers are mostly dead letters of one reason is held: nothing more of it
  -- is claimed to be submitted until it is released. It is judged once. Why is kept afterwards.
  judged          integer not null default 0 check (judged in (0, 1)),
  held            integer not null default 0 check (held in (0, 1)),
  held_at         integer,
  held_reason     text,
  held_dead       integer,
  held_of         integer,
  released_at     integer,

  accepted_at     integer,
  acknowledged_at integer,
  cancelled_at    integer,
  archived_at     integer,
  completed_at    integer,

  -- 0: its rows are there, 1: they are being removed, 2: they are gone.
  removed         integer not null default 0 check (removed in (0, 1, 2)),

  check (next_position <= rows)
);

create index batch_by_content on batch (sha256);

create index batch_by_source on batch (source);

-- Claims go fairly between batches: lowest turn first.
create index batch_by_turn on batch (turn, number)
  where state = 'open' and parked = 0 and held = 0 and cancelled_at is null
    and next_position < rows;

create index batch_by_state on batch (state);

-- Addresses that have ever created a task: only those bind their batches.
create index batch_by_api on batch (api, sandbox)
  where worked = 1;

create index batch_by_cancellation on batch (cancelled_at)
  where cancelled_at is not null;

create index batch_by_completion on batch (completed_at)
  where state = 'complete' and removed < 2;

-- What the manifest said; written once.
create table manifest_row (
  id             integer primary key,
  line           integer not null,
  image_url      text    not null,
  before         text    not null,
  after          text    not null,
  origin         text,
  detect_task_id text
);

-- Rows that were dropped with a task: few, and the ones that may have seen its end.
create index manifest_row_by_task on manifest_row (detect_task_id)
  where detect_task_id is not null;

-- Rows that were dropped again, by their first drop.
create index manifest_row_by_origin on manifest_row (origin)
  where origin is not null;

-- What became of a row once it is no longer merely waiting for its turn. SQLite builds a list of
-- more than two values anew for every row that it checks, which takes as long as the insert itself;
-- hence the comparisons.
create table progress (
  id                 integer primary key references manifest_row (id),

  -- The stage that the row is at, or ended at.
  stage              text    not null check (stage = 'detect'),
  state              text    not null
    check (state = 'succeeded' or state = 'submitted' or state = 'waiting' or state = 'dead'
           or state = 'unproven'),
  due_at             integer,

  -- 0: due_at is when the task was submitted, and it is queried when tasks of its age have likely
  -- ended.
  dated              integer not null default 1 check (dated in (0, 1)),
  attempts           integer not null,
  requests           integer not null,
  possible_duplicate integer not null default 0 check (possible_duplicate in (0, 1)),
  detect_task_id     text,
  submitted_at       integer,

  -- The last moment at which the task was known not to be finished: a query's, else the create's.
  unfinished_at      integer,

  -- Queries that failed in a row, and since when the API says that it does not know the task.
  query_failures     integer not null default 0,
  missing_since      integer,

  part               integer,
  charged            text    not null
    check (charged = 'yes' or charged = 'no' or charged = 'unknown'),
  settled_at         integer,
  reason             text,
  code               integer,
  http_status        integer,
  message            text,
  detect_id          text,
  face_count         integer,
  faces              text,
  detected_at        integer,
  expires_at         integer,
  check ((state in ('succeeded', 'dead')) = (part is not null)),
  check ((state = 'dead') = (part is not null and reason is not null))
);

create index progress_by_due on progress (due_at)
  where due_at is not null and state <> 'submitted';

-- Queries have an index of their own: they go first, however many retries wait.
create index progress_submitted on progress (dated, due_at)
  where state = 'submitted';

-- A row that is dropped again goes on with its task if nobody has seen the end of it.
create index progress_unseen_task on progress (detect_task_id)
  where part is not null and detect_id is null and detect_task_id is not null;

-- Rows whose request may be on the wire right now; what a crash leaves here is in doubt.
create table claim (
  row_id     integer primary key references manifest_row (id),
  claimed_at integer not null,

  -- Who sends it; 0 where only one process can work.
  node       integer not null default 0
);

-- Requests that did not simply succeed, by how many had left for the row by then. Of a row that took
-- many, the last one stands for all that are not here.
create table request (
  row_id      integer not null,
  number      integer not null,
  sent_at     integer not null,
  kind        text not null check (kind in ('CREATE', 'QUERY')),
  code        integer,
  http_status integer,
  millis      integer,
  node        integer not null,
  message     text    not null,

  -- What it made of the row.
  state       text not null,
  reason      text,
  primary key (row_id, number)
) without rowid;

-- A row that is never sent, and the row of the same URL before it whose result it shares; written
-- once. Neither refers to the row: that would have to be looked up for every row that is removed.
create table follower (
  row_id integer primary key,
  leader integer not null,
  check (leader < row_id)
);

create index follower_by_leader on follower (leader);

-- Settled leaders that have unsettled followers, and from which follower on.
create table sharing (
  leader        integer primary key,
  next_follower integer not null
);

-- The first rows of a batch that the API has answered, until it is judged by what they come to:
-- null while that is open, SUCCEEDED, or the reason of a dead letter.
create table trial (
  row_id  integer primary key references manifest_row (id),
  came_to text
);

-- Settled rows are counted into the open part of their output; a closed part no longer changes.
create table part (
  batch        integer not null references batch (number),
  output       text    not null check (output in ('success', 'dead-letter')),
  number       integer not null,
  state        text    not null check (state in ('open', 'closed', 'published')),
  rows         integer not null,
  first_row    integer not null,
  last_row     integer not null,
  opened_at    integer not null,
  file         text,
  place        text,
  sha256       text,
  published_at integer,
  primary key (batch, output, number)
) without rowid;

create index part_by_state on part (state);

-- What the requests of a batch took and came to, by spans of seconds, for its report. A latency
-- class c ends at 2^(c/8) milliseconds; -1 where nobody knows. The kind FACES counts no requests: it
-- is the time from submission to the faces.
create table traffic (
  batch     integer not null references batch (number),
  second    integer not null,
  kind      text    not null check (kind in ('CREATE', 'QUERY', 'FACES')),
  latency   integer not null,
  requests  integer not null,
  again     integer not null,
  succeeded integer not null,
  dead      integer not null,
  primary key (batch, second, kind, latency)
) without rowid;

-- How many rows of a batch were dead letters for a reason and a code, once its rows are removed.
create table tally (
  batch  integer not null references batch (number),
  reason text    not null,
  code   integer,
  rows   integer not null
);

create index tally_by_batch on tally (batch);

-- One gate for each address and key (of which only a fingerprint is kept).
create table gate (
  authority     text    primary key,
  revision      integer not null,
  proven        integer not null check (proven in (0, 1)),
  paused_until  integer not null,
  pause_cause   text    not null,
  level         integer not null,
  halted_code   integer not null,
  halt_message  text    not null,
  halted_at     integer not null,
  probe_at      integer not null,

  -- Whether the halt is of creating tasks only.
  halts_creates integer not null default 0 check (halts_creates in (0, 1)),

  -- When a process began to use it last; that of the newest is the one in use.
  begun_at      integer not null default 0
);

-- What is out of a gate, by what it reaches.
create table outage (
  authority text    not null,
  reach     text    not null check (reach in ('ALL', 'CREATE', 'QUERY')),
  cause     text    not null,
  doubtful  integer not null check (doubtful in (0, 1)),
  level     integer not null,
  probe_at  integer not null,
  row_wait  integer not null,
  primary key (authority, reach)
) without rowid;

-- When the next slot of a rate is free, in microseconds, where several processes share it, and how
-- many were reserved last.
create table pace (
  authority text    not null,
  kind      text    not null check (kind in ('CREATE', 'QUERY')),
  next_at   integer not null,
  reserved  integer not null,
  primary key (authority, kind)
) without rowid;

-- Pauses, halts and what ended them, and when processes began and ceased to work, for the reports;
-- of one batch, or null for all.
create table event (
  id     integer primary key,
  at     integer not null,
  kind   text    not null default 'note'
    check (kind in ('note', 'pause', 'halt', 'open', 'stop', 'start')),
  until  integer,
  detail text    not null,
  batch  integer
);

create index event_by_time on event (at);
create index event_by_batch on event (batch) where batch is not null;

-- Manifests that were set aside although what they were fetched from is still to be moved where it
-- came from: where the manifest lay, and the name that it is kept under.
create table rejection (
  source      text    not null primary key,
  kept_as     text    not null,
  rejected_at integer not null
) without rowid;

-- What is known of when the tasks of an API end, as JSON.
create table learnt (
  api              text    not null primary key,
  kept_at          integer not null,
  evidence         text    not null,
  queries_per_task real    not null,

  -- Age in milliseconds by which tasks have very likely ended; 0 while that is not known.
  likely_age       integer not null,

  -- Who has learnt it.
  node             integer not null default 0
) without rowid;

-- Processes that have worked on a ledger that several can work on. Their epoch is what counts,
-- whatever their name is.
create table node (
  epoch       integer primary key,
  name        text    not null,
  process     integer not null,

  -- The address that it works by, and whether no other may work meanwhile.
  api         text    not null,
  alone       integer not null check (alone in (0, 1)),

  started_at  integer not null,
  lease_until integer not null,
  ended_at    integer,

  -- Whether it cannot publish, so that nobody submits what would expire unseen.
  stalled     integer not null default 0 check (stalled in (0, 1)),

  -- The gate that it uses: an address and a fingerprint of the key; empty for none yet.
  gate        text    not null default '',

  -- Answers that it brought when it was dead for the others.
  late        integer not null default 0
);

-- How often each node has committed. It rises with every transaction, so it has a table of its own.
create table written (
  node    integer primary key,
  commits integer not null
);

-- How it stands with another system that is looked at again and again.
create table link (
  place   text    not null primary key,
  up      integer not null check (up in (0, 1)),
  since   integer not null,
  message text    not null
) without rowid;

-- Events that wait for their delivery, in the order in which they happened. Each is written with
-- what it tells of, in one transaction, and removed once it is delivered.
create table notice (
  number integer primary key,
  id     text    not null unique,
  at     integer not null,
  kind   text    not null,
  batch  integer,

  -- Until then more of its kind is counted into it; 0 once it can be handed out.
  due_at integer not null default 0,

  -- As JSON, whole.
  body   text    not null
);

-- What was told of something that lasts, or how long it lasts, so that no restart tells it again.
create table told (
  topic text    not null primary key,
  word  text    not null,
  at    integer not null
) without rowid;

-- When a manifest came, whether it was accepted or rejected, by its path below the inbox: for who
-- expects it. A rejected one has its source, for it may be rejected again after a crash.
create table arrival (
  number  integer primary key,
  path    text    not null,
  at      integer not null,
  source  text    unique,

  -- Of a rejected one, until its retention ends: why, on which line (0 for none), and where it is
  -- kept: directory or server, and name, but no user.
  code    text,
  message text,
  line    integer,
  kept_as text
);

create index arrival_by_time on arrival (at);

create index arrival_by_rejection on arrival (at)
  where code is not null;

-- Whether a manifest of the same name was accepted after it was rejected.
create index arrival_by_path on arrival (path, number);

-- How far a manifest that is expected again and again was watched: up to when it was judged, the
-- deadline of which the operator was warned, and the one that it has missed; 0 for none.
create table expectation (
  name       text    not null primary key,
  judged_to  integer not null,
  warned_for integer not null default 0,
  missed     integer not null default 0
) without rowid;
