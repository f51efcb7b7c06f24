package io.facedrop.ledger;

import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.view.Traffic;
import java.util.Locale;

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

  /** So many requests of the first batch were answered in this second, each in this time. */
  public static void answered(LedgerBench bench, long second, String kind, long millis, int many) {
    bench.execute(
        String.format(
            Locale.ROOT,
            "insert into traffic values (1, %d, '%s', %d, %d, 0, 0, 0)",
            second,
            kind,
            millis < 0 ? Traffic.UNKNOWN : Traffic.latencyOf(millis),
            many));
  }

  /** All batches are as if this had been their content. */
  public static void content(LedgerBench bench, String sha256) {
    bench.execute("update batch set sha256 = '" + sha256 + "'");
  }

  /** The first part of an output is as if it had been written. */
  public static void publish(LedgerBench bench, String output) {
    publish(bench, output, output + "-1.csv");
  }

  /** The same, in a file of this name. */
  public static void publish(LedgerBench bench, String output, String file) {
    bench.execute(
        "update part set state = 'published', published_at = 1, file = '"
            + file
            + "' where output = '"
            + output
            + "'");
  }
}
