package io.facedrop.console.page;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The dead letters of a batch by their reasons, with samples. */
final class ReasonTables {
  private static final int SAMPLES = 3;

  private final LedgerReader ledger;
  private final Redrops redrops;

  ReasonTables(LedgerReader ledger, Redrops redrops) {
    this.ledger = ledger;
    this.redrops = redrops;
  }

  /**
   * The tables.
   *
   * @param dead by reason and code
   * @param there whether its rows are
   * @param mayDrop whether to ask what is left to drop again, which looks through all of the rows
   */
  List<Map<String, Object>> of(Batch batch, List<Tally> dead, boolean there, boolean mayDrop) {
    Map<String, Long> byReason =
        dead.stream()
            .collect(
                Collectors.groupingBy(
                    Tally::reason, LinkedHashMap::new, Collectors.summingLong(Tally::rows)));
    return byReason.entrySet().stream()
        .map(
            entry ->
                Map.<String, Object>of(
                    "reason",
                    entry.getKey(),
                    "rows",
                    Text.number(entry.getValue()),
                    "left",
                    mayDrop && redrops.isLeft(batch, entry.getKey()),
                    "samples",
                    there ? samples(batch, entry.getKey()) : List.of()))
        .toList();
  }

  private List<Map<String, Object>> samples(Batch batch, String reason) {
    return ledger.of(batch).firstDeadLetters(reason, SAMPLES).stream()
        .map(dead -> sample(batch, dead))
        .toList();
  }

  private static Map<String, Object> sample(Batch batch, DeadLetter dead) {
    return Map.of(
        "row",
        batch.id() + ":" + dead.line(),
        "line",
        Text.number(dead.line()),
        "url",
        dead.imageUrl(),
        "message",
        dead.message() == null ? "" : dead.message());
  }
}
