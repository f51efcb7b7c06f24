package io.facedrop.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import io.facedrop.ledger.view.Rejected;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How it stands, for programs. Times are ISO-8601 in UTC, rates rows a second. */
public final class OverviewJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private OverviewJson() {}

  public static String of(Overview overview) {
    ObjectNode node = JSON.createObjectNode();
    node.put("at", time(overview.at()));
    node.put("worker", overview.worker());
    node.set("gate", gate(overview.gate()));
    ArrayNode batches = node.putArray("batches");
    overview.batches().forEach(batch -> batches.add(batch(batch)));
    links(node.putArray("outputs"), overview.outputs());
    links(node.putArray("sftp"), overview.sftp());
    ArrayNode nodes = node.putArray("nodes");
    overview.nodes().forEach(one -> nodes.add(node(one, overview.at())));
    Rejected rejected = overview.rejected().rejected();
    ArrayNode manifests = node.putArray("rejected");
    rejected.manifests().forEach(manifest -> manifests.add(rejected(manifest)));
    node.put("rejected_not_listed", rejected.more());
    ArrayNode problems = node.putArray("problems");
    overview
        .problems()
        .forEach(
            problem ->
                problems.addObject().put("code", problem.code()).put("message", problem.message()));
    node.put("standstill", empty(overview.standstill()));
    return text(node);
  }

  private static String text(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode gate(GateView gate) {
    return JSON.createObjectNode()
        .put("state", gate.state())
        .put("cause", empty(gate.cause()))
        .put("advice", empty(gate.advice()))
        .put("message", empty(gate.message()))
        .put("since", time(gate.since()))
        .put("until", time(gate.until()));
  }

  private static ObjectNode batch(BatchProgress progress) {
    Batch batch = progress.batch();
    return JSON.createObjectNode()
        .put("id", batch.id())
        .put("manifest", batch.folder() + batch.manifest())
        .put("state", progress.state())
        .put("rows", batch.rows())
        .put("succeeded", batch.succeeded())
        .put("dead_letters", batch.dead())
        .put("open", batch.open())
        .put("awaiting", progress.awaiting())
        .put("credits", progress.credits())
        .put("rate", Math.round(1000 * progress.rate()) / 1000.0)
        .put("eta", time(progress.eta()))
        .put("accepted_at", time(batch.acceptedAt()))
        .put("completed_at", time(batch.completedAt()));
  }

  private static void links(ArrayNode array, List<Link> links) {
    links.forEach(
        link ->
            array
                .addObject()
                .put("place", link.place())
                .put("state", link.trouble().isEmpty() ? "up" : "failing")
                .put("since", time(link.since()))
                .put("trouble", empty(link.trouble())));
  }

  private static ObjectNode node(Node node, Instant now) {
    return JSON.createObjectNode()
        .put("name", node.name())
        .put("epoch", node.epoch())
        .put("process", node.process())
        .put("alive", node.isAlive(now))
        .put("started_at", time(node.startedAt()))
        .put("lease_until", time(node.leaseUntil()))
        .put("ended_at", time(node.endedAt()))
        .put("claims", node.claims())
        .put("late_answers", node.late());
  }

  private static ObjectNode rejected(Rejected.Manifest manifest) {
    return JSON.createObjectNode()
        .put("manifest", manifest.path())
        .put("code", manifest.code())
        .put("message", manifest.message())
        .put("line", manifest.line() == 0 ? null : Long.valueOf(manifest.line()))
        .put("at", time(manifest.at()))
        .put("kept_as", manifest.keptAs());
  }

  private static String time(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String empty(String text) {
    return text.isEmpty() ? null : text;
  }
}
