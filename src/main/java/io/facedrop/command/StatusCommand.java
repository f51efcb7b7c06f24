package io.facedrop.command;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the gate and the batches. */
@Command(
    name = "status",
    description = "Show the gate and the newest batches, also beside a running serve.")
public final class StatusCommand implements Callable<Integer> {
  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many batches (default: ${DEFAULT-VALUE}).")
  private int most;

  @Override
  public Integer call() throws Exception {
    Settings settings = SettingsReader.read(Map.of());
    if (!Session.place(settings).exists()) {
      System.out.println("There is no ledger yet: nothing was worked here.");
      return ExitCode.OK;
    }
    Optional<String> worker = Session.place(settings).worker();
    System.out.println(
        worker
            .map(process -> "worker: process " + process)
            .orElse("worker: none, nothing goes on until serve or run is started"));
    Room.warnings(settings).forEach(System.out::println);
    try (LedgerReader ledger = Session.reader(settings)) {
      ledger.links().stream()
          .filter(link -> worker.isPresent() && link.place().equals(settings.sftp().uri()))
          .forEach(link -> System.out.println("sftp: " + describe(link)));
      ledger.links().stream()
          .filter(Link::isFailingOutput)
          .forEach(
              link ->
                  System.out.println(
                      link.place()
                          + ": failing since "
                          + link.since().truncatedTo(ChronoUnit.SECONDS)
                          + ", "
                          + link.trouble()));
      print(ledger, Session.place(settings).clock(), System.out);
      return ExitCode.OK;
    }
  }

  /** Each node that works, and those that have ended within the last hour. */
  private static void nodes(LedgerReader ledger, Instant now, PrintStream out) {
    ledger.nodes(now.minus(Duration.ofHours(1))).stream()
        .map(node -> "node " + node.name() + ": " + describe(node, now))
        .forEach(out::println);
  }

  private static String describe(Node node, Instant now) {
    String late =
        node.late() == 0 ? "" : ", " + node.late() + " answers came after its lease had ended";
    return node.isAlive(now)
        ? String.format(
            Locale.ROOT,
            "process %d since %s, lease until %s, %s requests on their way%s",
            node.process(),
            second(node.startedAt()),
            second(node.leaseUntil()),
            Summary.number(node.claims()),
            late)
        : String.format(
            Locale.ROOT,
            "process %d, ended at %s%s",
            node.process(),
            second(node.endedAt() == null ? node.leaseUntil() : node.endedAt()),
            late);
  }

  private static Instant second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  private void print(LedgerReader ledger, Clock clock, PrintStream out) {
    long now = clock.millis();
    nodes(ledger, clock.instant(), out);
    ledger.gates().forEach(gate -> out.println("gate: " + describe(gate, now)));
    List<Batch> batches = ledger.newestBatches(most);
    if (batches.isEmpty()) {
      out.println("no batches yet");
      return;
    }
    out.printf(
        Locale.ROOT,
        "%-26s  %-9s  %10s  %10s  %10s  %10s  %10s  %s%n",
        "batch",
        "state",
        "rows",
        "succeeded",
        "dead",
        "open",
        "awaiting",
        "manifest");
    for (Batch batch : batches) {
      out.printf(
          Locale.ROOT,
          "%-26s  %-9s  %10s  %10s  %10s  %10s  %10s  %s%n",
          batch.id(),
          state(batch),
          Summary.number(batch.rows()),
          Summary.number(batch.succeeded()),
          Summary.number(batch.dead()),
          Summary.number(batch.open()),
          Summary.number(batch.complete() ? 0 : ledger.openTasks(batch)),
          batch.folder() + batch.manifest());
    }
    ledger.openBatches().stream()
        .filter(Batch::held)
        .forEach(batch -> out.println(batch.holdNews()));
    ledger.openBatches().stream()
        .filter(batch -> batch.api().elsewhere())
        .forEach(batch -> out.println(batch.elsewhereNews()));
  }

  private static String state(Batch batch) {
    if (batch.complete()) {
      return batch.cancelledAt() == null ? "complete" : "cancelled";
    }
    if (batch.held()) {
      return "held";
    }
    return batch.cancelledAt() == null ? "open" : "ending";
  }

  private static String describe(Link link) {
    return link.place()
        + (link.trouble().isEmpty() ? " watched since " : " failing since ")
        + link.since().truncatedTo(ChronoUnit.SECONDS)
        + (link.trouble().isEmpty() ? "" : ": " + link.trouble());
  }

  private static String describe(GateState gate, long now) {
    if (gate.halted()) {
      return "halted since "
          + Instant.ofEpochMilli(gate.halt().at())
          + " by "
          + HaltAdvice.cause(gate.halt().code())
          + (gate.halt().creates() ? ", results are still asked for; " : "; ")
          + HaltAdvice.of(gate.halt().code())
          + ", then facedrop resume";
    }
    return gate.pausedUntil() > now
        ? "paused until " + Instant.ofEpochMilli(gate.pausedUntil()) + ", " + gate.pauseCause()
        : "open";
  }
}
