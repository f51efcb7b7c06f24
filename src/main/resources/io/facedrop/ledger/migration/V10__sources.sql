-- Claimed files are known by their path below the inbox, which may be moved.
update batch
   set source = substr(source, instr(source, '/.work/') + 1)
 where archive = 1
   and instr(source, '/.work/') > 0;

update or ignore rejection
   set source = substr(source, instr(source, '/.work/') + 1)
 where instr(source, '/.work/') > 0;
