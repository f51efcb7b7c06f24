package io.facedrop.ledger;

import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;

/** What tests outside of the ledger's package do with rows. */
public final class RowHistoryBench {
  private RowHistoryBench() {}

  /** The next row becomes a dead letter, of which the API says this. */
  public static void dead(LedgerBench bench, String message) {
    bench.settle(
        bench.claim(),
        new Outcome(
            Outcome.Kind.DEAD_LETTER,
            Reason.VALIDATION_ERROR,
            422,
            200,
            message,
            null,
            null,
            null));
  }

  /** All batches are as if this had been their content. */
  public static void content(LedgerBench bench, String sha256) {
    bench.execute("update batch set sha256 = '" + sha256 + "'");
  }

  /** The first part of an output is as if it had been written. */
  public static void publish(LedgerBench bench, String output) {
    bench.execute(
        "update part set state = 'published', published_at = 1, file = '"
            + output
            + "-1.csv' where output = '"
            + output
            + "'");
  }
}
