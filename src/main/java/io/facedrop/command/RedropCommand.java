package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.operator.Redrop;
import io.facedrop.words.Count;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drops the dead letters of a batch again. */
@Command(
    name = "redrop",
    description = "Drop the dead letters of a batch again, after showing what that costs.",
    footerHeading = "%n",
    footer = {
      "redrop leaves out rows that were dropped again before. If the task of a row may still",
      "have a result, facedrop queries that task, free of charge. Every row keeps its",
      "facedrop_origin.",
      "",
      "Example: facedrop redrop 20260527T131404Z-7f3a91c2 --reason SERVER_ERROR,IN_DOUBT"
    })
public final class RedropCommand implements Callable<Integer> {
  private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(20);

  private final Stop stop;

  @Parameters(paramLabel = "BATCH", description = Arguments.BATCH)
  private String id;

  @Option(
      names = "--reason",
      split = ",",
      paramLabel = "REASON",
      description = "Only dead letters of these reasons (default: all).")
  private List<String> reasons = List.of();

  @Option(
      names = "--dry-run",
      description = "Only show how many rows would be dropped, and what they cost.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Write the manifest to this new file instead, for run.")
  private Path file;

  public RedropCommand(Stop stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    Set<Reason> wanted = wanted();
    verifyDestination();
    Settings settings = SettingsReader.read(Map.of());
    Session.verifyThere(settings);
    try (LedgerReader ledger = Session.reader(settings)) {
      Batch batch = Session.batch(ledger, id);
      Session.verifyRows(ledger, batch, "drop its dead-letter parts instead");
      Redrop redrop = new Redrop(ledger, settings.inbox().directory());
      Redrop.Count count = redrop.count(batch, wanted);
      long dead = dead(batch, wanted, ledger);
      if (count.rows() == 0) {
        System.out.println(nothing(batch, dead));
        return ExitCode.OK;
      }
      print(batch, count, dead);
      if (dryRun) {
        return ExitCode.OK;
      }
      if (!yes && !agreed()) {
        System.out.println("Nothing was dropped.");
        return ExitCode.OK;
      }
      drop(settings, ledger, redrop, batch, wanted, count.rows());
      return ExitCode.OK;
    }
  }

  private void verifyDestination() {
    if (file != null) {
      Destination.verifyNew(file);
    }
  }

  private Set<Reason> wanted() {
    Set<Reason> wanted = EnumSet.noneOf(Reason.class);
    for (String name : reasons) {
      wanted.add(
          Stream.of(Reason.values())
              .filter(reason -> reason.name().equals(name.strip().toUpperCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> new UsageException(unknown(name))));
    }
    return wanted.isEmpty() ? EnumSet.allOf(Reason.class) : wanted;
  }

  private static String unknown(String name) {
    return "--reason: expected one of "
        + Stream.of(Reason.values()).map(Reason::name).collect(Collectors.joining(", "))
        + " but found "
        + name;
  }

  private static long dead(Batch batch, Set<Reason> wanted, LedgerReader ledger) {
    return ledger.of(batch).deadLetters().stream()
        .filter(tally -> wanted.contains(Reason.valueOf(tally.reason())))
        .mapToLong(tally -> tally.rows())
        .sum();
  }

  private String nothing(Batch batch, long dead) {
    String why =
        dead == 0
            ? "it has no dead letters" + (reasons.isEmpty() ? "" : " of these reasons")
            : Count.of(dead, "dead letter", "was", "were") + " dropped again before";
    String written = file == null ? "" : " No file was written.";
    return "Nothing of batch " + batch.id() + " is left to drop again: " + why + "." + written;
  }

  private static void print(Batch batch, Redrop.Count count, long dead) {
    System.out.println("batch        " + batch.id() + ", " + batch.folder() + batch.manifest());
    System.out.println("dead letters " + Count.number(dead));
    line("left out    ", dead - count.rows(), ", dropped again before");
    line("to drop     ", count.rows(), byReason(count));
    line("invalid URL ", count.invalid(), ", not sent");
    line("paid for    ", count.paidFor(), ", whose tasks go on");
    System.out.println(
        "credits      at most "
            + Count.number(count.credits())
            + " for "
            + Count.of(count.sent(), "request"));
  }

  private static String byReason(Redrop.Count count) {
    return count.byReason().entrySet().stream()
        .map(entry -> entry.getKey() + " " + Count.number(entry.getValue()))
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static void line(String name, long rows, String words) {
    if (rows > 0) {
      System.out.println(name + " " + Count.number(rows) + words);
    }
  }

  private boolean agreed() {
    Console console = System.console();
    if (console == null) {
      throw new UsageException("nobody can be asked here: say --yes, or --dry-run to only look");
    }
    String answer = console.readLine("%s? [y/N] ", question());
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private String question() {
    return file == null ? "Drop them" : "Write them to " + file;
  }

  private void drop(
      Settings settings,
      LedgerReader ledger,
      Redrop redrop,
      Batch batch,
      Set<Reason> wanted,
      long rows)
      throws IOException, InterruptedException {
    if (file != null) {
      verifyDestination();
      System.out.println("Written: " + redrop.write(batch, wanted, file).manifest());
      return;
    }
    Redrop.Dropped dropped = dropped(redrop, batch, wanted, rows);
    if (Session.place(settings).worker().isEmpty()) {
      System.out.println("Dropped. Nobody works on the ledger: start serve, which accepts them.");
      return;
    }
    System.out.println(
        accepted(ledger, dropped, batch)
            .map(again -> "Dropped, and accepted as batch " + again.id() + ".")
            .orElse("Dropped. serve accepts them when it has read them; status shows the batch."));
  }

  private static Redrop.Dropped dropped(Redrop redrop, Batch batch, Set<Reason> wanted, long rows)
      throws IOException {
    try {
      return redrop.drop(batch, wanted, rows);
    } catch (Redrop.WaitingException waiting) {
      throw new UsageException(waiting.getMessage());
    }
  }

  private Optional<Batch> accepted(LedgerReader ledger, Redrop.Dropped dropped, Batch batch)
      throws InterruptedException {
    long until = System.nanoTime() + ACCEPTED_WITHIN.toNanos();
    do {
      Optional<Batch> again =
          ledger.batchesOf(dropped.sha256()).stream()
              .filter(found -> found.number() > batch.number())
              .findFirst();
      if (again.isPresent()) {
        return again;
      }
    } while (System.nanoTime() < until && !stop.await(Duration.ofMillis(100)));
    return Optional.empty();
  }
}
