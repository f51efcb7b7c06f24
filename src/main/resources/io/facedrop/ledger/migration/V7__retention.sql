-- The rows of a batch are removed when it has been complete for long. Kept for good are the batch
-- itself, by which its content is recognised, its parts, and these sums.

-- 0: its rows are there, 1: they are being removed, 2: they are gone.
alter table batch add column removed integer not null default 0 check (removed in (0, 1, 2));

create index batch_by_completion on batch (completed_at)
  where state = 'complete' and removed < 2;

-- How many rows of a batch were dead letters for a reason and a code, once its rows are not to be asked.
create table tally (
  batch  integer not null references batch (number),
  reason text    not null,
  code   integer,
  rows   integer not null
);

create index tally_by_batch on tally (batch);
