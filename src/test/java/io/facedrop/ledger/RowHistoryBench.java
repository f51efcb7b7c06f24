package io.facedrop.ledger;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.view.Traffic;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What tests outside of the ledger's package do with rows. */
public final class RowHistoryBench {
  private RowHistoryBench() {}

  /** Of the next row, nobody knows whether it was charged. */
  public static void inDoubt(LedgerBench bench) {
    bench.settle(bench.claim(), Outcome.Kind.IN_DOUBT);
  }

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

  /**
   * A batch of rows that were dropped again.
   *
   * @param source where its manifest lay
   * @param origins the first drops of the rows
   */
  public static Batch dropAgain(LedgerBench bench, Path source, List<String> origins) {
    String name = source.getFileName().toString();
    String stem = name.replaceAll("\\..*", "");
    String sha256 = String.format(Locale.ROOT, "%08x", source.hashCode()).repeat(8);
    long number =
        bench
            .ledger
            .acceptance()
            .begin(
                new NewBatch(
                    new ManifestName(name, stem, Format.CSV, false),
                    "",
                    source,
                    false,
                    new Layout(Format.CSV, ',', "image_url"),
                    sha256,
                    false));
    List<Row> rows = new ArrayList<>();
    for (String origin : origins) {
      int row = rows.size();
      rows.add(new Row(row + 2, LedgerBench.url(row), "", "", origin, null));
    }
    bench.ledger.acceptance().add(number, new RowGroup(0, rows));
    return bench.ledger.acceptance().accept(number, sha256);
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
