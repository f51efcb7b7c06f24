package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Tally;
import io.facedrop.operator.BatchProgress;
import io.facedrop.words.Count;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** A batch: how far it is, what it came to, and samples of its dead letters. */
public final class BatchPage {
  private static final int SAMPLES = 3;
  private static final int MOST_EVENTS = 50;

  private final LedgerReader ledger;
  private final Function<Batch, BatchProgress> survey;
  private final Redrops redrops;
  private final Clock clock;

  /**
   * @param survey looks how far a batch is
   * @param clock the ledger's
   */
  public BatchPage(
      LedgerReader ledger, Function<Batch, BatchProgress> survey, Redrops redrops, Clock clock) {
    this.ledger = ledger;
    this.redrops = redrops;
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
    List<Map<String, Object>> reasons = reasons(batch, there, there && dropped.isEmpty());
    data.put("dropped", dropped);
    data.put(
        "anyLeft", reasons.stream().anyMatch(reason -> Boolean.TRUE.equals(reason.get("left"))));
    data.put("again", redrops.parent(batch));
    data.put("later", redrops.children(batch));
    data.put("held", batch.held() ? batch.holdNews() : "");
    data.put("elsewhere", batch.api().elsewhere() ? batch.elsewhereNews() : "");
    data.put("requestsSent", Count.of(batch.requests(), "request"));
    data.put("api", batch.api().address());
    data.put("sandbox", batch.api().sandbox());
    data.put("reasons", reasons);
    data.put(
        "parts",
        ledger.of(batch).parts().stream()
            .map(part -> part(part, there && PartDownload.isFor(visitor, part)))
            .toList());
    data.put("events", events(batch, batch.complete() ? batch.completedAt() : now));
    return data;
  }

  private List<Map<String, Object>> reasons(Batch batch, boolean there, boolean mayDrop) {
    Map<String, Long> byReason =
        ledger.of(batch).deadLetters().stream()
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
