package io.facedrop.ledger.model;

import java.time.Duration;

/**
 * What is known of the tasks of an API.
 *
 * @param queriesPerTask how many queries a task takes
 * @param likely age by which tasks have very likely ended; zero while that is not known
 */
public record TaskTimes(double queriesPerTask, Duration likely) {
  /** A task takes at least one query. */
  public static final TaskTimes UNKNOWN = new TaskTimes(1, Duration.ZERO);
}
