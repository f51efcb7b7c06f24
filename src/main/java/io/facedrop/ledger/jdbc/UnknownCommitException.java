package io.facedrop.ledger.jdbc;

import io.facedrop.words.Cause;

/**
 * A connection was lost while it committed, and nobody could be asked what came of it. Nothing may
 * be done that relies on either: the process ends, and the next one reads what is there.
 */
public final class UnknownCommitException extends RuntimeException {
  public UnknownCommitException(Throwable cause) {
    super("nobody can tell whether the last commit has happened: " + Cause.of(cause), cause);
  }
}
