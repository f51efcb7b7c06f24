package io.facedrop.command;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import io.facedrop.operator.BatchProgress;
import io.facedrop.operator.GateView;
import io.facedrop.operator.Overview;
import io.facedrop.words.Count;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How it stands, for people. */
final class StatusText {
  private static final String TABLE = "%-26s  %-9s  %10s  %10s  %10s  %10s  %10s  %8s  %-20s  %s%n";

  private final Overview overview;
  private final PrintStream out;

  StatusText(Overview overview, PrintStream out) {
    this.overview = overview;
    this.out = out;
  }

  void print() {
    out.println(
        overview.worker() == null
            ? "worker: none, nothing goes on until serve or run is started"
            : "worker: process " + overview.worker());
    overview.sftp().forEach(link -> out.println("sftp: " + describe(link)));
    overview.nodes().forEach(node -> out.println("node " + node.name() + ": " + describe(node)));
    out.println("gate: " + describe(overview.gate()));
    batches();
    overview.rejected().words().forEach(manifest -> out.println("rejected: " + manifest));
    if (!overview.standstill().isEmpty()) {
      out.println("no row ends: " + overview.standstill());
    }
    overview.problems().forEach(problem -> out.println("! " + problem.message()));
  }

  private void batches() {
    if (overview.batches().isEmpty()) {
      out.println("no batches yet");
      return;
    }
    out.printf(
        Locale.ROOT,
        TABLE,
        "batch",
        "state",
        "rows",
        "succeeded",
        "dead",
        "open",
        "awaiting",
        "rows/s",
        "complete by about",
        "manifest");
    overview.batches().forEach(this::print);
  }

  private void print(BatchProgress progress) {
    Batch batch = progress.batch();
    out.printf(
        Locale.ROOT,
        TABLE,
        batch.id(),
        progress.state(),
        Count.number(batch.rows()),
        Count.number(batch.succeeded()),
        Count.number(batch.dead()),
        Count.number(batch.open()),
        Count.number(progress.awaiting()),
        progress.rate() == 0 ? "" : String.format(Locale.ROOT, "%,.1f", progress.rate()),
        progress.eta() == null ? "" : progress.eta(),
        batch.folder() + batch.manifest());
  }

  private String describe(Node node) {
    String late =
        node.late() == 0
            ? ""
            : ", " + Count.of(node.late(), "answer") + " came after its lease had ended";
    return node.isAlive(overview.at())
        ? String.format(
            Locale.ROOT,
            "process %d since %s, lease until %s, %s on the way%s",
            node.process(),
            second(node.startedAt()),
            second(node.leaseUntil()),
            Count.of(node.claims(), "request"),
            late)
        : String.format(
            Locale.ROOT,
            "process %d, ended at %s%s",
            node.process(),
            second(node.endedAt() == null ? node.leaseUntil() : node.endedAt()),
            late);
  }

  private static String describe(Link link) {
    return link.place()
        + (link.trouble().isEmpty() ? " watched since " : " failing since ")
        + second(link.since())
        + (link.trouble().isEmpty() ? "" : ": " + link.trouble());
  }

  private static String describe(GateView gate) {
    if (gate.isHalted()) {
      return "halted since " + second(gate.since()) + " by " + gate.cause();
    }
    return gate.isOpen()
        ? "open"
        : "paused until " + second(gate.until()) + ", then it opens by itself; " + gate.cause();
  }

  private static Instant second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
