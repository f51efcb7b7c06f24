package io.facedrop.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facedrop.ledger.Batch;
import io.facedrop.ledger.Event;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.Part;
import io.facedrop.ledger.Tally;
import io.facedrop.ledger.Totals;
import java.time.Duration;
import java.time.Instant;

/** What became of a batch, as JSON; its numbers add up: {@code rows = succeeded + dead_letters}. */
final class CompletionReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Ledger ledger;
  private final Batch batch;
  private final Instant now;

  CompletionReport(Ledger ledger, Batch batch, Instant now) {
    this.ledger = ledger;
    this.batch = batch;
    this.now = now;
  }

  String json() {
    try {
      return JSON.writeValueAsString(node()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report could not be written", e);
    }
  }

  private ObjectNode node() {
    Totals totals = ledger.totals(batch);
    double seconds = Duration.between(batch.acceptedAt(), now).toMillis() / 1000.0;
    ObjectNode report = JSON.createObjectNode();
    report.put("batch", batch.id());
    report.put("manifest", batch.folder() + batch.manifest());
    report.put("sha256", batch.sha256());
    report.put("accepted_at", Columns.time(batch.acceptedAt()));
    report.put("completed_at", Columns.time(now));
    report.put("cancelled", batch.cancelledAt() != null);
    report.put("seconds", seconds);
    report.put("rows_per_second", seconds == 0 ? 0 : batch.rows() / seconds);
    report.put("rows", batch.rows());
    report.put("succeeded", batch.succeeded());
    report.put("dead_letters", batch.dead());
    report.put("requests", batch.requests());
    report.put("rows_retried", totals.retried());
    report.put("rows_possibly_paid_twice", totals.possibleDuplicates());
    report.set("dead_letters_by_reason", deadLetters(totals));
    report.set("parts", parts());
    report.set("events", events());
    return report;
  }

  private static ArrayNode deadLetters(Totals totals) {
    ArrayNode array = JSON.createArrayNode();
    for (Tally tally : totals.deadLetters()) {
      array
          .addObject()
          .put("reason", tally.reason())
          .put("code", tally.code())
          .put("rows", tally.rows());
    }
    return array;
  }

  private ArrayNode parts() {
    ArrayNode array = JSON.createArrayNode();
    for (Part part : ledger.parts(batch)) {
      array
          .addObject()
          .put("output", part.output().word())
          .put("file", part.file())
          .put("rows", part.rows())
          .put("sha256", part.sha256())
          .put("published_at", Columns.time(part.publishedAt()));
    }
    return array;
  }

  private ArrayNode events() {
    ArrayNode array = JSON.createArrayNode();
    for (Event event : ledger.events(batch.acceptedAt(), now)) {
      array.addObject().put("at", Columns.time(event.at())).put("event", event.detail());
    }
    return array;
  }
}
