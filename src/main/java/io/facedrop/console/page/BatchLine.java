package io.facedrop.console.page;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.model.Batch;
import io.facedrop.operator.BatchProgress;
import io.facedrop.words.Count;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A batch in numbers, words and shares of a bar. */
final class BatchLine {
  private static final double WIDTH = 1000;

  private BatchLine() {}

  static Map<String, Object> of(BatchProgress progress, Instant now) {
    Batch batch = progress.batch();
    Map<String, Object> line = of(batch);
    line.put("state", progress.state());
    line.put("awaiting", progress.awaiting() == 0 ? "" : Text.number(progress.awaiting()));
    line.put("credits", Text.number(progress.credits()));
    line.put(
        "creditsCharged", Count.of(progress.credits(), "credit", "was charged", "were charged"));
    line.put("rate", Text.rate(progress.rate()));
    line.put("eta", Text.until(progress.eta(), now));
    line.put("etaAt", Text.time(progress.eta()));
    return line;
  }

  /** What follows the credits that were charged for certain; empty for nothing. */
  static String inDoubt(long rows) {
    return rows == 0 ? "" : ", and up to " + Text.number(rows * Stage.first().credits()) + " more";
  }

  private static Map<String, Object> of(Batch batch) {
    Map<String, Object> line = new HashMap<>();
    line.put("id", batch.id());
    line.put("manifest", batch.folder() + batch.manifest());
    line.put("rows", Text.number(batch.rows()));
    line.put("rowsWords", Count.of(batch.rows(), "row"));
    line.put("openWords", Count.of(batch.open(), "row"));
    line.put("succeeded", Text.number(batch.succeeded()));
    line.put("dead", Text.number(batch.dead()));
    line.put("deadWords", batch.dead() == 1 ? "dead letter" : "dead letters");
    line.put("open", Text.number(batch.open()));
    line.put("accepted", Text.time(batch.acceptedAt()));
    line.put("completed", Text.time(batch.completedAt()));
    line.put("percent", percent(batch));
    double good = share(batch.succeeded(), batch.rows());
    line.put("goodWidth", width(good));
    line.put("deadWidth", width(share(batch.dead(), batch.rows())));
    line.put("deadX", width(good));
    return line;
  }

  /** Rounded down: 100 % is all of them. */
  private static String percent(Batch batch) {
    long ended = batch.succeeded() + batch.dead();
    return batch.rows() == 0 ? "100 %" : 100 * ended / batch.rows() + " %";
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : WIDTH * part / all;
  }

  private static String width(double width) {
    return String.format(Locale.ROOT, "%.1f", width);
  }
}
