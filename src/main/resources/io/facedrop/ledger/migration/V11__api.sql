-- The address of the API that a batch is of, whether a sandbox answered for it, and whether those
-- who work go by another address now. The address of earlier ones is known if there was only one.
alter table batch add column api text not null default '';
alter table batch add column sandbox integer not null default 0 check (sandbox in (0, 1));
alter table batch add column elsewhere integer not null default 0 check (elsewhere in (0, 1));

update batch
   set api = (select min(substr(authority, 1, instr(authority, ' key ') - 1)) from gate)
 where (select count(distinct substr(authority, 1, instr(authority, ' key ') - 1)) from gate) = 1;
