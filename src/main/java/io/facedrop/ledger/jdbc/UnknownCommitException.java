package io.facedrop.ledger.jdbc;

import io.facedrop.words.Cause;

/**
 * The connection was lost during a commit, and the server could not be asked whether it committed.
 * The process must not assume either: it exits, and the next one reads the ledger.
 */
public final class UnknownCommitException extends RuntimeException {
  public UnknownCommitException(Throwable cause) {
    super("nobody can tell whether the last commit has happened: " + Cause.of(cause), cause);
  }
}
