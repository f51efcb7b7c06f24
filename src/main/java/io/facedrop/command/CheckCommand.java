package io.facedrop.command;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.intake.Duplicates;
import io.facedrop.intake.Intake;
import io.facedrop.integration.Integration;
import io.facedrop.integration.Rehearsal;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.NameCharset;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.RowCells;
import io.facedrop.operator.Census;
import io.facedrop.sftp.SftpPlaces;
import io.facedrop.words.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks everything over without spending anything. */
@Command(
    name = "check",
    description = "Check configuration, key, balance, SFTP folders and manifests, free of charge.",
    footerHeading = "%n",
    footer = {
      "For each manifest, check shows the rows, the invalid and repeated URLs, the credits and",
      "the time that it needs.",
      "",
      "Exit codes: 0 no problem found, 2 the configuration, key, host key, login or folder is",
      "wrong, 4 a manifest would be rejected, 75 the API or an SFTP server is not available."
    })
public final class CheckCommand implements Callable<Integer> {
  /** The longest array that every JVM can make. */
  private static final int MOST_URLS = Integer.MAX_VALUE - 8;

  @Parameters(arity = "0..*", paramLabel = "MANIFEST", description = "Manifests to check.")
  private List<Path> manifests = List.of();

  @Override
  public Integer call() throws Exception {
    for (Path manifest : manifests) {
      if (!Files.isRegularFile(manifest)) {
        throw new UsageException(manifest + " is not a file that can be read");
      }
    }
    Settings settings = SettingsReader.readWithKey(Map.of());
    System.out.println("configuration  in order");
    if (NameCharset.isNarrow()) {
      System.out.println("file names     " + NameCharset.advice());
    }
    Rehearsal.Rehearsed routes = Rehearsal.of(settings);
    if (!routes.changes().isEmpty()) {
      System.out.println("routes         in order: " + routes.changes());
    }
    Answer account = Integration.account(settings);
    int code = account(settings, account);
    for (SftpPlaces.Finding finding : SftpPlaces.look(settings)) {
      code = Math.max(code, sftp(finding));
    }
    for (Path manifest : manifests) {
      int found = manifest(settings, manifest, account);
      if (found != ExitCode.REJECTED) {
        warnOfColumns(settings, manifest, routes.columns());
      }
      code = Math.max(code, found);
    }
    return code;
  }

  private static int account(Settings settings, Answer account) {
    String api = settings.api().baseUrl().toString();
    if (account == null) {
      System.out.println("API            " + api + " cannot be reached");
      return ExitCode.RESUMABLE;
    }
    if (account.code() == 200) {
      System.out.println("API            " + api + " answers");
      System.out.println("key            accepted");
      System.out.println("balance        " + account.data().path("balance").asText("unknown"));
      return ExitCode.OK;
    }
    System.out.println(
        "API            "
            + api
            + " answers "
            + (account.code() == Answer.NONE
                ? "with HTTP status " + account.httpStatus()
                : "code " + account.code() + ": " + HaltAdvice.of(account.code())));
    return switch (account.code()) {
      case 401, 404 -> ExitCode.USAGE;
      default -> ExitCode.RESUMABLE;
    };
  }

  private static int sftp(SftpPlaces.Finding finding) {
    System.out.printf(
        Locale.ROOT,
        "SFTP           %s (%s): %s%n",
        finding.address(),
        String.join(", ", finding.keys()),
        finding.words());
    if (finding.fault() == null) {
      return ExitCode.OK;
    }
    return switch (finding.fault()) {
      case HOST_KEY, UNKNOWN_HOST, ALGORITHM, LOGIN, NO_FOLDER, NO_PERMISSION -> ExitCode.USAGE;
      default -> ExitCode.RESUMABLE;
    };
  }

  /** A row would get none of such a column. In JSONL each row may have others. */
  private static void warnOfColumns(Settings settings, Path file, List<String> asked)
      throws IOException {
    ManifestName name = ManifestName.of(file.getFileName().toString());
    if (asked.isEmpty() || name.format() == Format.JSONL) {
      return;
    }
    try (RowReader rows = Manifest.open(file, name, settings.manifests())) {
      List<String> there = RowCells.names(rows.layout());
      asked.stream()
          .filter(column -> !there.contains(column))
          .forEach(
              column ->
                  System.out.println(
                      "  no column    " + column + ", which a step of the routes asks for"));
    }
  }

  private static int manifest(Settings settings, Path file, Answer account) throws IOException {
    if (!Session.place(settings).exists()) {
      return manifest(settings, file, account, null);
    }
    try (LedgerReader ledger = Session.reader(settings)) {
      return manifest(settings, file, account, ledger);
    }
  }

  /**
   * Looks one manifest over.
   *
   * @param ledger null when there is none yet; none is asked into being
   */
  private static int manifest(Settings settings, Path file, Answer account, LedgerReader ledger)
      throws IOException {
    System.out.println();
    System.out.println(file);
    Census census;
    String content;
    Duplicates duplicates =
        ledger == null ? null : new Duplicates(ledger, settings, Session.place(settings).clock());
    try {
      content = Intake.examine(file, settings, false).content();
      if (duplicates != null) {
        duplicates.refuseForRun(content);
      }
      census = Census.of(file, settings, row -> isPaidFor(ledger, row), MOST_URLS);
    } catch (ManifestRejectedException e) {
      System.out.println("  would be rejected: " + e.code() + ", " + e.getMessage());
      return ExitCode.REJECTED;
    }
    long needed =
        duplicates == null
            ? census.sent()
            : worked(settings, content, census.sent(), ledger, duplicates);
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
        Locale.ROOT, "  credits      %s%s%n", Count.number(credits), balance(account, credits));
    TaskTimes known = ledger == null ? TaskTimes.UNKNOWN : ledger.taskTimes();
    System.out.printf(
        Locale.ROOT,
        "  time         %s%n",
        settings.forecast(known.queriesPerTask(), known.likely()).words(needed));
    return ExitCode.OK;
  }

  private static boolean isPaidFor(LedgerReader ledger, Row row) {
    return ledger != null
        && row.detectTaskId() != null
        && ledger.isPaidFor(row.detectTaskId(), row.imageUrl());
  }

  /**
   * Tells if the same content was worked here before.
   *
   * @return how many rows are left to submit then; else {@code unpaid}
   */
  private static long worked(
      Settings settings, String content, long unpaid, LedgerReader ledger, Duplicates duplicates) {
    Optional<Batch> earlier = duplicates.here(content, false);
    Optional<Batch> any = duplicates.here(content, true);
    if (any.isEmpty()) {
      ledger.batchesOf(content).forEach(CheckCommand::elsewhere);
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

  private static String balance(Answer account, long needed) {
    if (account == null || account.code() != 200 || !account.data().path("balance").isNumber()) {
      return "";
    }
    double balance = account.data().path("balance").asDouble();
    return balance < needed ? ", more than the balance: it will halt" : "";
  }
}
