package io.facedrop.command.status;

import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import io.facedrop.operator.BatchProgress;
import io.facedrop.operator.GateView;
import io.facedrop.operator.Overview;
import io.facedrop.words.Count;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How it stands, for people. */
final class StatusText {
  private final Overview overview;
  private final int columns;

  /**
   * @param columns of the terminal, if there is one
   */
  StatusText(Overview overview, int columns) {
    this.overview = overview;
    this.columns = columns;
  }

  /** All of it. */
  List<String> lines() {
    List<String> lines = head();
    lines.addAll(table(overview.batches()));
    lines.addAll(rejected());
    lines.addAll(standstill());
    lines.addAll(problems());
    return lines;
  }

  /** Who works, and whether the gate is open. */
  private List<String> head() {
    List<String> lines = new ArrayList<>(worker());
    lines.addAll(servers());
    lines.addAll(nodes());
    lines.addAll(gate());
    return lines;
  }

  List<String> worker() {
    return List.of(
        overview.worker() == null
            ? "worker: none, nothing goes on until serve or run is started"
            : "worker: process " + overview.worker());
  }

  List<String> servers() {
    return overview.sftp().stream().map(link -> "sftp: " + describe(link)).toList();
  }

  List<String> nodes() {
    return overview.nodes().stream()
        .map(node -> "node " + node.name() + ": " + describe(node))
        .toList();
  }

  List<String> gate() {
    return List.of("gate: " + describe(overview.gate()));
  }

  /** Some of the batches under a heading, one a line. */
  List<String> table(List<BatchProgress> batches) {
    if (overview.batches().isEmpty()) {
      return List.of("no batches yet");
    }
    StatusTable table = new StatusTable(batches, overview.at(), columns);
    return Stream.concat(Stream.of(table.heading()), batches.stream().map(table::line)).toList();
  }

  private List<String> rejected() {
    return Stream.concat(rejectedListed().stream(), rejectedMore().stream()).toList();
  }

  List<String> rejectedListed() {
    return overview.rejected().listed().stream().map(StatusText::rejected).toList();
  }

  /** How many more there are than are listed. */
  List<String> rejectedMore() {
    return overview.rejected().more().stream().map(StatusText::rejected).toList();
  }

  private static String rejected(String words) {
    return "rejected: " + words;
  }

  List<String> standstill() {
    return overview.standstill().isEmpty()
        ? List.of()
        : List.of("no row ends: " + overview.standstill());
  }

  List<String> problems() {
    return overview.problems().stream().map(problem -> "! " + problem.message()).toList();
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
        : "paused " + gate.awaited(time -> second(time).toString()) + "; " + gate.cause();
  }

  private static Instant second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
