-- The checks of a row that is settled at full speed: a list of more than two values is built anew for
-- every row that is checked, which took as long as the insert itself.

create table rebuilt_progress (
  id                  integer primary key references image (id),
  state               text    not null
    check (state = 'succeeded' or state = 'submitted' or state = 'waiting' or state = 'dead'
           or state = 'held'),
  due_at              integer,
  attempts            integer not null,
  requests            integer not null,
  possible_duplicate  integer not null default 0 check (possible_duplicate in (0, 1)),
  detect_task_id      text,
  submitted_at        integer,
  part                integer,
  charged             text    not null
    check (charged = 'yes' or charged = 'no' or charged = 'unknown'),
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
  unfinished_at       integer,
  poll_failures       integer not null default 0,
  missing_since       integer,
  check ((state in ('succeeded', 'dead')) = (part is not null)),
  check ((state = 'dead') = (part is not null and reason is not null))
);

insert into rebuilt_progress
       (id, state, due_at, attempts, requests, possible_duplicate, detect_task_id, submitted_at,
        part, charged, settled_at, reason, code, http_status, message, detect_id, face_count,
        faces, detected_at, expires_at, unfinished_at, poll_failures, missing_since)
select id, state, due_at, attempts, requests, possible_duplicate, detect_task_id, submitted_at,
       part, charged, settled_at, reason, code, http_status, message, detect_id, face_count,
       faces, detected_at, expires_at, unfinished_at, poll_failures, missing_since
  from progress
 order by id;

drop table progress;

alter table rebuilt_progress rename to progress;

create index progress_by_due on progress (due_at)
  where due_at is not null and state <> 'submitted';

create index progress_submitted on progress (due_at)
  where state = 'submitted';

create index progress_unseen_task on progress (detect_task_id)
  where part is not null and detect_id is null and detect_task_id is not null;
