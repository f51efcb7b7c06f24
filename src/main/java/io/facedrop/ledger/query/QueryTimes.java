package io.facedrop.ledger.query;

import io.facedrop.ledger.model.TaskTimes;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides at which age a task is queried. An age is the time since the task was submitted; all
 * times are milliseconds. Safe for many threads.
 *
 * <p>A task whose first query has a fixed time is <em>dated</em>. Any other is <em>unasked</em>: it
 * waits, oldest first, until its age reaches {@link #likely} or {@link #early}. So a newly learnt
 * age applies at once to all open tasks.
 */
public interface QueryTimes {
  /** The age from which an unasked task is queried before anything is created. */
  long likely(long now);

  /** The age from which an unasked task is queried while nothing can be created. */
  long early(long now);

  /**
   * The age of the first query of a task that is created now; empty when the task is unasked.
   *
   * @param small whether its batch is small and few other rows wait, so that each result is wanted
   *     soon
   */
  OptionalLong first(boolean small, long now);

  /** An unasked task was given to a worker, to be queried at once. */
  void handedOut(long age);

  /** The query of a task that was handed out at this age failed, so that it found nothing. */
  default void failed(long age) {}

  /**
   * The age of the next query of a task that was found unfinished at this age. The deadline does
   * not matter here.
   */
  long after(long age, boolean small, long now);

  /**
   * A query found whether a task has ended. A task that has failed has ended, too.
   *
   * @param unfinishedAt the age at which the query before found it unfinished; 0 for a first query
   * @param age at which the request left
   * @param runMillis how long it ran by the API's own clock; below 0 if the API does not say
   */
  void found(long unfinishedAt, long age, boolean ended, long runMillis, long now);

  /** No query is put off for longer than this. */
  long longest();

  /** The age at which a task that still runs is given up. */
  long giveUpAge();

  default boolean isOver(long age) {
    return age >= giveUpAge();
  }

  /** The age of the first query, if it is dated, not past the age at which the task is given up. */
  default OptionalLong firstInTime(boolean small, long now) {
    OptionalLong first = first(small, now);
    return first.isEmpty() ? first : OptionalLong.of(Math.min(first.getAsLong(), giveUpAge()));
  }

  /** The age of the next query; no task is given up without a query at its deadline. */
  default long afterInTime(long age, boolean small, long now) {
    long next = after(age, small, now);
    return isOver(age) ? next : Math.min(next, giveUpAge());
  }

  /** What is known of the tasks. */
  default TaskTimes known() {
    return TaskTimes.UNKNOWN;
  }

  /**
   * Another process has learnt this of the same tasks; it counts where nothing is known here.
   *
   * @param keptAt epoch milliseconds
   */
  default void heard(List<Evidence> evidence, long keptAt, long now) {}

  /** What must be kept over a restart; nothing where nothing is learnt. */
  default List<Evidence> evidence() {
    return List.of();
  }
}
