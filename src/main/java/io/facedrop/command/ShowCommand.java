package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.RowHistory;
import io.facedrop.ledger.view.Tally;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a batch, or a row with its requests. */
@Command(
    name = "show",
    description = "Show a batch with samples of its dead letters, or one row with its requests.",
    footerHeading = "%n",
    footer = {
      "BATCH:LINE names a row, as facedrop_origin does. LINE is the line of the manifest on",
      "which the row starts. facedrop keeps up to 20 requests of a row that did not succeed.",
      "",
      "Example: facedrop show 20260527T131404Z-7f3a91c2:17"
    })
public final class ShowCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 1_000_000;

  @Parameters(
      paramLabel = "BATCH[:LINE]",
      description = "A batch, optionally with a line. " + Arguments.BATCH)
  private String what;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "3",
      description = "Number of dead letters to show for each reason (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Override
  public Integer call() throws Exception {
    Arguments.verifyRange("--samples", samples, 0, MOST_SAMPLES);
    Settings settings = SettingsReader.read(Map.of());
    Session.verifyThere(settings);
    String[] parts = what.split(":", 2);
    try (LedgerReader ledger = Session.reader(settings)) {
      Batch batch = Session.batch(ledger, parts[0]);
      if (parts.length == 1) {
        print(settings, ledger, batch);
      } else {
        print(batch, row(ledger, batch, parts[1]));
      }
      return ExitCode.OK;
    }
  }

  private static RowHistory row(LedgerReader ledger, Batch batch, String line) {
    if (!line.matches("\\d{1,18}")) {
      throw new UsageException("expected BATCH:LINE with the number of a line but found " + line);
    }
    Session.verifyRows(ledger, batch, "look into its parts");
    return ledger
        .of(batch)
        .row(Long.parseLong(line))
        .orElseThrow(
            () ->
                new UsageException(
                    "no row of batch "
                        + batch.id()
                        + " starts on line "
                        + line
                        + " of "
                        + name(batch)));
  }

  private static String name(Batch batch) {
    return batch.folder() + batch.manifest();
  }

  private void print(Settings settings, LedgerReader ledger, Batch batch) {
    Clock clock = Session.place(settings).clock();
    new Summary(settings, ledger, System.out).print(batch);
    Instant end = batch.complete() ? batch.completedAt() : clock.instant();
    List<Event> events = ledger.of(batch).events(batch.acceptedAt(), end);
    heading(events.isEmpty() ? "" : "what happened meanwhile");
    events.forEach(event -> System.out.println("    " + second(event.at()) + "  " + words(event)));
    if (ledger.of(batch).hasRows()) {
      ledger.of(batch).deadLetters().stream()
          .map(Tally::reason)
          .distinct()
          .forEach(reason -> print(reason, ledger.of(batch).firstDeadLetters(reason, samples)));
    }
  }

  private static void print(String reason, List<DeadLetter> found) {
    heading(found.isEmpty() ? "" : "dead letters " + reason + ", the first");
    found.forEach(
        dead ->
            System.out.println(
                "    line " + dead.line() + "  " + dead.imageUrl() + "  " + dead.message()));
  }

  private static void heading(String words) {
    if (!words.isEmpty()) {
      System.out.println();
      System.out.println("  " + words);
    }
  }

  private static String words(Event event) {
    return event.kind() == Event.Kind.PAUSE && event.until() != null
        ? "paused until " + second(event.until()) + ": " + event.detail()
        : event.detail();
  }

  private static void print(Batch batch, RowHistory row) {
    line("batch", batch.id() + ", " + name(batch));
    line("line", String.valueOf(row.line()));
    line("image_url", row.imageUrl());
    line("origin", row.origin());
    line("state", state(batch, row));
    line("task", task(row));
    String attempts =
        row.attempts() == 1 ? "1 counts as an attempt" : row.attempts() + " count as attempts";
    line("requests", row.requests() + ", of which " + attempts);
    line("faces", row.faceCount() == null ? null : String.valueOf(row.faceCount()));
    if (row.answered() != null) {
      line(
          row.answered().isAnswer() ? "last answer" : "message",
          RequestLines.answer(row.answered()));
    }
    line("output", output(row));
    line(
        "again",
        row.laterDrops().isEmpty()
            ? null
            : "dropped again: " + String.join(", ", row.laterDrops()));
    new RequestLines(row).all().forEach(System.out::println);
  }

  private static String state(Batch batch, RowHistory row) {
    String ended = row.settledAt() == null ? "" : " since " + second(row.settledAt());
    String held = row.settledAt() == null && batch.held() ? "; its batch is held" : "";
    String due =
        row.dueAt() == null || row.settledAt() != null ? "" : ", next at " + second(row.dueAt());
    return row.state()
        + (row.reason() == null ? "" : " (" + row.reason() + ")")
        + ended
        + due
        + held;
  }

  private static String task(RowHistory row) {
    return row.detectTaskId() == null
        ? null
        : row.detectTaskId()
            + (row.submittedAt() == null ? "" : ", created " + second(row.submittedAt()));
  }

  private static String output(RowHistory row) {
    if (row.output() == null) {
      return null;
    }
    return row.output() + ", " + (row.file() == null ? "not published yet" : row.file());
  }

  private static void line(String name, String value) {
    if (value != null) {
      System.out.printf(java.util.Locale.ROOT, "  %-12s  %s%n", name, value);
    }
  }

  private static Instant second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
