package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Tally;
import io.facedrop.operator.BatchProgress;
import io.facedrop.words.Count;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** A batch: how far it is, what it came to, and samples of its dead letters. */
public final class BatchPage {
  private static final int MOST_EVENTS = 50;

  private final LedgerReader ledger;
  private final Function<Batch, BatchProgress> survey;
  private final Redrops redrops;
  private final ReasonTables reasons;
  private final Clock clock;

  /**
   * @param survey looks how far a batch is
   * @param clock the ledger's
   */
  public BatchPage(
      LedgerReader ledger, Function<Batch, BatchProgress> survey, Redrops redrops, Clock clock) {
    this.ledger = ledger;
    this.redrops = redrops;
    this.reasons = new ReasonTables(ledger, redrops);
    this.survey = survey;
    this.clock = clock;
  }

  public void show(Exchange exchange) {
    PageAnswer.batch(exchange, ledger, PageAnswer.last(exchange.getMessage()))
        .ifPresent(
            batch ->
                PageAnswer.page(
                    exchange, batch.manifest(), "batch.html", data(batch, Visitor.of(exchange))));
  }

  private Map<String, Object> data(Batch batch, Visitor visitor) {
    boolean there = ledger.of(batch).hasRows();
    Instant now = clock.instant();
    BatchProgress progress = survey.apply(batch);
    Map<String, Object> data = BatchLine.of(progress, now);
    data.put("isHeld", batch.held());
    data.put("isOpen", !batch.complete() && batch.cancelledAt() == null && batch.open() > 0);
    List<Map<String, Object>> dropped = redrops.waitingOf(batch);
    boolean anyDead = batch.dead() > 0;
    Optional<Totals> totals =
        there && anyDead ? Optional.of(ledger.of(batch).totals()) : Optional.empty();
    List<Tally> dead = totals.map(Totals::deadLetters).orElseGet(() -> removed(batch, anyDead));
    boolean mayDrop = there && visitor.isOperator() && dropped.isEmpty();
    List<Map<String, Object>> found = reasons.of(batch, dead, there, mayDrop);
    long unknown = totals.map(sums -> sums.charged().get(Charged.UNKNOWN)).orElse(0L);
    data.put("inDoubt", BatchLine.inDoubt(unknown));
    data.put("dropped", dropped);
    data.put("anyLeft", found.stream().anyMatch(reason -> Boolean.TRUE.equals(reason.get("left"))));
    data.put("again", redrops.parent(batch));
    data.put("later", redrops.children(batch));
    data.put("held", batch.held() ? batch.holdNews() : "");
    data.put("elsewhere", batch.api().elsewhere() ? batch.elsewhereNews() : "");
    data.put("requestsSent", Count.of(batch.requests(), "request"));
    data.put("api", batch.api().address());
    data.put("sandbox", batch.api().sandbox());
    data.put("reasons", found);
    data.put(
        "parts",
        ledger.of(batch).parts().stream()
            .map(part -> part(part, there && PartDownload.isFor(visitor, part)))
            .toList());
    data.put("events", events(batch, batch.complete() ? batch.completedAt() : now));
    return data;
  }

  /** The dead letters of a batch whose rows are removed; none is looked for where none is. */
  private List<Tally> removed(Batch batch, boolean anyDead) {
    return anyDead ? ledger.of(batch).deadLetters() : List.of();
  }

  private static Map<String, Object> part(Part part, boolean given) {
    return Map.of(
        "output",
        part.output().word(),
        "file",
        part.file() == null ? "not published yet" : part.file(),
        "number",
        part.number(),
        "rows",
        Text.number(part.rows()),
        "given",
        given && part.publishedAt() != null,
        "published",
        Text.time(part.publishedAt()));
  }

  private List<Map<String, Object>> events(Batch batch, Instant until) {
    List<Event> events = ledger.of(batch).events(batch.acceptedAt(), until);
    return events.subList(Math.max(0, events.size() - MOST_EVENTS), events.size()).stream()
        .map(event -> Map.<String, Object>of("at", Text.time(event.at()), "words", event.detail()))
        .toList();
  }
}
