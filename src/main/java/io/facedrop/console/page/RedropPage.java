package io.facedrop.console.page;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.operator.Redrop;
import io.facedrop.words.Count;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Says what it would cost to drop the dead letters of a batch again, before anybody does. */
public final class RedropPage {
  private final LedgerReader ledger;
  private final Redrop redrop;
  private final Redrops redrops;

  public RedropPage(LedgerReader ledger, Redrop redrop) {
    this.ledger = ledger;
    this.redrops = new Redrops(ledger, redrop);
    this.redrop = redrop;
  }

  public void show(Exchange exchange) {
    PageAnswer.batch(exchange, ledger, PageAnswer.last(exchange.getMessage()))
        .ifPresent(batch -> show(exchange, batch));
  }

  private void show(Exchange exchange, Batch batch) {
    String reason = Asked.of(exchange, "reason");
    Optional<Set<Reason>> reasons = reasons(reason);
    if (reasons.isEmpty()) {
      PageAnswer.missing(exchange, "Dead letters have no reason " + reason + ".");
    } else if (!ledger.of(batch).hasRows()) {
      PageAnswer.missing(exchange, "The rows of this batch are no longer in this ledger.");
    } else {
      PageAnswer.page(
          exchange,
          "Drop again",
          "redrop.html",
          data(batch, redrop.count(batch, reasons.get()), reason));
    }
  }

  /** All for an empty name; empty for one that is none. */
  static Optional<Set<Reason>> reasons(String name) {
    return name.isEmpty()
        ? Optional.of(EnumSet.allOf(Reason.class))
        : Stream.of(Reason.values())
            .filter(reason -> reason.name().equals(name))
            .findFirst()
            .map(EnumSet::of);
  }

  /** What follows the number of rows that go on with a task. */
  static String paidFor(long rows) {
    return Text.agreeing(
        rows, "whose task goes on and costs nothing", "whose tasks go on and cost nothing");
  }

  private Map<String, Object> data(Batch batch, Redrop.Count count, String reason) {
    Map<String, Object> data = new HashMap<>();
    data.put("id", batch.id());
    data.put("manifest", batch.folder() + batch.manifest());
    data.put("reason", reason);
    List<Map<String, Object>> dropped = redrops.waitingOf(batch);
    data.put("dropped", dropped);
    data.put("any", count.rows() > 0 && dropped.isEmpty());
    data.put("none", count.rows() == 0 && dropped.isEmpty());
    data.put("exactly", count.rows());
    data.put("rows", Text.number(count.rows()));
    data.put("rowsWords", Count.of(count.rows(), "row"));
    data.put(
        "sentWords",
        Count.of(count.sent(), "request", "that creates a task", "that create a task"));
    data.put("paidFor", Text.number(count.paidFor()));
    data.put("paidForWords", paidFor(count.paidFor()));
    data.put("credits", Text.number(count.credits()));
    data.put("creditsWords", Count.of(count.credits(), "credit"));
    data.put(
        "reasons",
        count.byReason().entrySet().stream()
            .map(
                entry ->
                    Map.of("reason", entry.getKey().name(), "rows", Text.number(entry.getValue())))
            .toList());
    return data;
  }
}
