package io.facedrop.publish;

import io.facedrop.api.gate.Backoff;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.query.ListedAges;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes manifests into a real ledger and settles their rows without any request. */
public record PreparedLedger(Ledger ledger) {
  private static final ListedAges POLLS =
      new ListedAges(
          List.of(Duration.ofSeconds(2)), Duration.ofSeconds(10), Duration.ofMinutes(15));
  private static final TransitionRules RULES =
      new TransitionRules(3, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), false, POLLS);

  /** Takes a file in that is left where it is. */
  public Batch accept(Path file) throws IOException {
    return accept(file, "", false);
  }

  /** Takes a file in as if it came from this folder below the inbox. */
  public Batch accept(Path file, String folder, boolean archive) throws IOException {
    return accept(file, folder, archive, "image_url");
  }

  private Batch accept(Path file, String folder, boolean archive, String column)
      throws IOException {
    return accept(file, folder, archive, column, ManifestLimits.DEFAULT);
  }

  /** The same with the URLs in another column, and other limits. */
  public Batch accept(
      Path file, String folder, boolean archive, String column, ManifestLimits limits)
      throws IOException {
    ManifestName name = ManifestName.of(file.getFileName().toString());
    String sha256 = Manifest.sha256(file);
    try (RowReader reader = Manifest.open(file, name, ManifestRules.of(column).within(limits))) {
      long number =
          ledger
              .acceptance()
              .begin(
                  new NewBatch(
                      name, folder, file.toAbsolutePath(), archive, reader.layout(), sha256));
      List<Row> rows = new ArrayList<>();
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
      ledger.acceptance().add(number, new RowGroup(0, rows));
      return ledger.acceptance().accept(number, sha256);
    }
  }

  /** Settles every pending row as its claimed says. */
  public void settle(Function<ClaimedRow, Outcome> outcomes) {
    ClaimedRow claimed = ledger.work().settleAndClaim(null, true);
    while (claimed != null) {
      long now = System.currentTimeMillis();
      Transition transition = RULES.transition(claimed, outcomes.apply(claimed), true, now, now);
      claimed = ledger.work().settleAndClaim(transition, true);
    }
  }

  /** Code 200 with a task id that names the row. */
  public static Outcome success(ClaimedRow claimed) {
    return new Outcome(
        Outcome.Kind.SUCCEEDED, null, 200, 200, "success", "task-" + claimed.line(), null, null);
  }

  /** Code 422 with these words. */
  public static Outcome invalid(String message) {
    return new Outcome(
        Outcome.Kind.DEAD_LETTER, Reason.VALIDATION_ERROR, 422, 200, message, null, null, null);
  }

  /** Writes a manifest. */
  public static Path manifest(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
