-- Rows that were dropped with a task: few, and the ones that may have seen its end.
create index image_by_task on image (detect_task_id)
  where detect_task_id is not null;
