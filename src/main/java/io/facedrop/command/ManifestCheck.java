package io.facedrop.command;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.Stage;
import io.facedrop.config.Settings;
import io.facedrop.intake.Duplicates;
import io.facedrop.intake.Intake;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.RowCells;
import io.facedrop.operator.Census;
import io.facedrop.words.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks one manifest over, and says what it would come to. */
final class ManifestCheck {
  /** The longest array that every JVM can make. */
  private static final int MOST_URLS = Integer.MAX_VALUE - 8;

  private final Settings settings;
  private final List<String> columns;
  private final Answer account;
  private final LedgerReader ledger;
  private final Duplicates duplicates;

  /**
   * @param columns that a step of the routes asks for
   * @param account what the API says of it; null when it does not answer
   * @param ledger null when there is none yet
   */
  ManifestCheck(Settings settings, List<String> columns, Answer account, LedgerReader ledger) {
    this.settings = settings;
    this.columns = columns;
    this.account = account;
    this.ledger = ledger;
    this.duplicates =
        ledger == null ? null : new Duplicates(ledger, settings, Session.place(settings).clock());
  }

  /**
   * Looks it over.
   *
   * @return the exit code
   */
  int look(Path file) throws IOException {
    System.out.println();
    System.out.println(file);
    Census census;
    String content;
    try {
      content = Intake.examine(file, settings, false).content();
      if (duplicates != null) {
        duplicates.refuseForRun(content);
      }
      census = Census.of(file, settings, this::isPaidFor, MOST_URLS);
    } catch (ManifestRejectedException e) {
      System.out.println("  would be rejected: " + e.code() + ", " + e.getMessage());
      return ExitCode.REJECTED;
    }
    print(census, duplicates == null ? census.sent() : worked(content, census.sent()));
    warnOfColumns(file);
    return ExitCode.OK;
  }

  /**
   * @param needed rows that are left to submit
   */
  private void print(Census census, long needed) {
    System.out.printf(Locale.ROOT, "  rows         %s%n", Count.number(census.rows()));
    System.out.printf(
        Locale.ROOT,
        "  invalid URL  %s%s%n",
        Count.number(census.invalid()),
        census.firstFault() == null ? "" : " (the first: " + census.firstFault() + ")");
    System.out.printf(
        Locale.ROOT,
        "  repeated     %s%s%n",
        Count.number(census.repeated()),
        census.shared() && census.repeated() > 0
            ? ", which share the result of an earlier row"
            : "");
    if (census.paid() > 0) {
      System.out.printf(
          Locale.ROOT, "  paid for     %s, whose task goes on%n", Count.number(census.paid()));
    }
    long credits = needed * Stage.first().credits();
    System.out.printf(
        Locale.ROOT, "  credits      %s%s%n", Count.number(credits), balance(credits));
    TaskTimes known = ledger == null ? TaskTimes.UNKNOWN : ledger.taskTimes();
    System.out.printf(
        Locale.ROOT,
        "  time         %s%n",
        settings.forecast(known.queriesPerTask(), known.likely()).words(needed));
  }

  private boolean isPaidFor(Row row) {
    return ledger != null
        && row.detectTaskId() != null
        && ledger.isPaidFor(row.detectTaskId(), row.imageUrl());
  }

  /**
   * Tells if the same content was worked here before.
   *
   * @return how many rows are left to submit then; else {@code unpaid}
   */
  private long worked(String content, long unpaid) {
    Optional<Batch> earlier = duplicates.here(content, false);
    Optional<Batch> any = duplicates.here(content, true);
    if (any.isEmpty()) {
      ledger.batchesOf(content).forEach(ManifestCheck::elsewhere);
      return unpaid;
    }
    Batch batch = earlier.orElse(any.get());
    System.out.printf(
        Locale.ROOT,
        "  seen before  as batch %s, %s%n",
        batch.id(),
        batch.complete() ? "complete" : Count.of(batch.open(), "row") + " still open");
    if (earlier.isEmpty() && !settings.duplicates().accepted()) {
      System.out.println(
          "               longer ago than facedrop.duplicate-window: run sends nothing, but dropped"
              + " it is worked again");
    }
    boolean again = batch.complete() && (earlier.isEmpty() || settings.duplicates().accepted());
    return again
        ? unpaid
        : batch.open() - ledger.of(batch).openTasks() - ledger.of(batch).openFollowers();
  }

  private static void elsewhere(Batch batch) {
    System.out.printf(
        Locale.ROOT,
        "  seen before  as batch %s, at %s%s, which does not count here%n",
        batch.id(),
        batch.api().address(),
        batch.api().sandbox() ? " by a sandbox" : "");
  }

  private String balance(long needed) {
    if (account == null || account.code() != 200 || !account.data().path("balance").isNumber()) {
      return "";
    }
    double balance = account.data().path("balance").asDouble();
    return balance < needed ? ", more than the balance: it will halt" : "";
  }

  /** A row would get none of such a column. */
  private void warnOfColumns(Path file) throws IOException {
    if (columns.isEmpty()) {
      return;
    }
    ManifestName name = ManifestName.of(file.getFileName().toString());
    try (RowReader rows = Manifest.open(file, name, settings.manifests())) {
      if (name.format() == Format.JSONL) {
        warnOfMembers(rows);
      } else {
        List<String> there = RowCells.names(rows.layout());
        columns.stream()
            .filter(column -> !there.contains(column))
            .forEach(column -> warn(column, ", which a step of the routes asks for"));
      }
    }
  }

  /** In JSONL each row may have others. */
  private void warnOfMembers(RowReader rows) throws IOException {
    Map<String, Long> first = new LinkedHashMap<>();
    Map<String, Long> lacking = new LinkedHashMap<>();
    for (Row row = rows.next(); row != null; row = rows.next()) {
      Set<String> there =
          RowCells.of(rows.layout(), row.before(), row.imageUrl(), row.after()).keySet();
      for (String column : columns) {
        if (!there.contains(column)) {
          first.putIfAbsent(column, row.line());
          lacking.merge(column, 1L, Long::sum);
        }
      }
    }
    lacking.forEach(
        (column, count) ->
            warn(
                column,
                " in "
                    + Count.of(count, "row")
                    + ", the first on line "
                    + first.get(column)
                    + "; a step of the routes asks for it"));
  }

  private static void warn(String column, String what) {
    System.out.println("  no column    " + column + what);
  }
}
