package io.facedrop.ledger.jdbc;

import io.facedrop.words.Cause;

/**
 * The connection was lost during a commit, and the server could not be asked whether it committed.
 * The process must not assume either: it exits, and the next one reads the ledger.
 */
public final class UnknownCommitException extends RuntimeException {
  /**
   * @param loss why its answer did not come
   * @param last why nobody could be asked for it
   */
  public UnknownCommitException(Throwable loss, Throwable last) {
    super(
        "nobody can tell whether the last commit has happened: "
            + Cause.of(loss)
            + "; asked for it since: "
            + Cause.of(last),
        last);
  }
}
