-- What is out of a gate, by what it reaches, and whether a halt is of creating tasks only.
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

alter table gate add column halts_creates integer not null default 0 check (halts_creates in (0, 1));

alter table gate drop column probing;
