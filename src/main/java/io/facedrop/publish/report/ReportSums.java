package io.facedrop.publish.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.Hold;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Tally;
import io.facedrop.publish.part.Columns;

/** A report as JSON; its numbers add up: {@code rows = succeeded + dead_letters}. */
public final class ReportSums {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final BatchReport report;
  private final Batch batch;

  public ReportSums(BatchReport report) {
    this.report = report;
    this.batch = report.batch();
  }

  public String json() {
    try {
      return JSON.writeValueAsString(node()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report could not be written", e);
    }
  }

  private ObjectNode node() {
    ObjectNode node = JSON.createObjectNode();
    node.put("batch", batch.id());
    node.put("manifest", report.manifest());
    node.put("sha256", batch.sha256());
    node.putObject("api")
        .put("base_url", batch.api().address())
        .put("sandbox", batch.api().sandbox());
    node.put("accepted_at", Columns.time(batch.acceptedAt()));
    node.put("completed_at", Columns.time(report.completedAt()));
    node.put("cancelled", batch.cancelledAt() != null);
    node.set("held", held());
    node.put("seconds", report.seconds());
    node.put("seconds_stopped", report.idleSeconds());
    node.put("rows_per_second", report.rowsPerSecond());
    addRows(node);
    addRequests(node);
    node.set("dead_letters_by_reason", deadLetters());
    node.set("dead_letter_samples", samples());
    node.set("parts", parts());
    node.set("events", events());
    node.set("timeline", timeline());
    ObjectNode settings = node.putObject("settings");
    report.settings().forEach(settings::put);
    return node;
  }

  private ObjectNode held() {
    Hold hold = batch.hold();
    if (hold == null) {
      return null;
    }
    return JSON.createObjectNode()
        .put("at", Columns.time(hold.at()))
        .put("reason", hold.reason() == null ? null : hold.reason().name())
        .put("dead_letters", hold.dead())
        .put("answers", hold.of())
        .put("released_at", hold.releasedAt() == null ? null : Columns.time(hold.releasedAt()));
  }

  private void addRows(ObjectNode node) {
    node.put("rows", batch.rows());
    node.put("succeeded", batch.succeeded());
    node.put("dead_letters", batch.dead());
    node.put("in_doubt", report.inDoubt());
    node.put("faces", report.totals().faces());
    node.put("rows_with_faces", report.totals().withFaces());
    node.put("rows_paid_for_before", batch.adopted());
    node.put("rows_sharing_a_result", batch.shared());
    ObjectNode charged = node.putObject("charged");
    for (Charged word : Charged.values()) {
      charged.put(word.word(), report.totals().charged().getOrDefault(word, 0L));
    }
  }

  private void addRequests(ObjectNode node) {
    node.put("requests", batch.requests());
    node.putObject("requests_by_kind")
        .put("post", report.requests().posts())
        .put("get", report.requests().gets());
    node.put("requests_per_row", report.requestsPerRow());
    node.put("attempts", report.totals().attempts());
    node.put("rows_retried", report.totals().retried());
    node.put("rows_possibly_paid_twice", report.totals().possibleDuplicates());
    ObjectNode millis = node.putObject("milliseconds");
    addQuantiles(millis.putObject("post"), report.took().post());
    addQuantiles(millis.putObject("get"), report.took().get());
    addQuantiles(millis.putObject("faces"), report.took().faces());
  }

  private static void addQuantiles(ObjectNode node, Quantiles quantiles) {
    node.put("p50", quantiles == null ? null : quantiles.p50());
    node.put("p95", quantiles == null ? null : quantiles.p95());
  }

  private ArrayNode deadLetters() {
    ArrayNode array = JSON.createArrayNode();
    for (Tally tally : report.totals().deadLetters()) {
      array
          .addObject()
          .put("reason", tally.reason())
          .put("code", tally.code())
          .put("rows", tally.rows());
    }
    return array;
  }

  private ArrayNode samples() {
    ArrayNode array = JSON.createArrayNode();
    for (ReasonSamples samples : report.samples()) {
      for (DeadLetter dead : samples.first()) {
        array
            .addObject()
            .put("reason", samples.reason())
            .put("line", dead.line())
            .put("image_url", dead.imageUrl())
            .put("message", dead.message());
      }
    }
    return array;
  }

  private ArrayNode parts() {
    ArrayNode array = JSON.createArrayNode();
    for (Part part : report.parts()) {
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
    for (Event event : report.events()) {
      array
          .addObject()
          .put("at", Columns.time(event.at()))
          .put("kind", event.kind().word())
          .put("until", event.until() == null ? null : Columns.time(event.until()))
          .put("event", event.detail());
    }
    return array;
  }

  private ObjectNode timeline() {
    Timeline timeline = report.timeline();
    ObjectNode node = JSON.createObjectNode();
    node.put("from", Columns.time(timeline.from()));
    node.put("slot_seconds", timeline.slotLength().toSeconds());
    ArrayNode slots = node.putArray("slots");
    for (Slot slot : timeline.slots()) {
      ObjectNode one = slots.addObject();
      one.put("posts", slot.posts());
      one.put("gets", slot.gets());
      one.put("again", slot.again());
      one.put("succeeded", slot.succeeded());
      one.put("dead", slot.dead());
      ObjectNode millis = one.putObject("milliseconds");
      addQuantiles(millis.putObject("post"), slot.post());
      addQuantiles(millis.putObject("get"), slot.get());
      addQuantiles(millis.putObject("faces"), slot.faces());
    }
    return node;
  }
}
