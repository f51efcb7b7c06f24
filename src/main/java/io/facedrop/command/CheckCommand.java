package io.facedrop.command;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.integration.Integration;
import io.facedrop.integration.Rehearsal;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.manifest.NameCharset;
import io.facedrop.sftp.SftpPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  @Parameters(arity = "0..*", paramLabel = "MANIFEST", description = "Manifests to check.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws Exception {
    // Picocli would call one that cannot be converted unmatched, since none is needed.
    List<Path> manifests = names.stream().map(Arguments::path).toList();
    for (Path manifest : manifests) {
      if (!Files.isRegularFile(manifest)) {
        throw new UsageException(manifest + " is not a file that can be read");
      }
    }
    Settings settings = SettingsReader.readWithKey(Map.of());
    System.out.println("configuration  in order");
    verifyLedger(settings);
    if (NameCharset.isNarrow()) {
      System.out.println("file names     " + NameCharset.advice());
    }
    Rehearsal.Rehearsed routes = Rehearsal.of(settings);
    if (!routes.changes().isEmpty()) {
      String state = routes.doubts().isEmpty() ? "in order: " : "can be built: ";
      System.out.println("routes         " + state + routes.changes());
    }
    routes.doubts().forEach(doubt -> System.out.println("routes         ! " + doubt));
    routes.unread().forEach(file -> System.out.println("routes         " + file));
    Answer account = Integration.account(settings);
    int code = account(settings, account);
    for (SftpPlaces.Finding finding : SftpPlaces.look(settings)) {
      code = Math.max(code, sftp(finding));
    }
    for (Path manifest : manifests) {
      code = Math.max(code, manifest(settings, manifest, routes.columns(), account));
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

  /** Whoever cannot read the ledger says why. */
  private static void verifyLedger(Settings settings) {
    if (Session.place(settings).exists()) {
      try (LedgerReader ledger = Session.reader(settings)) {
        ledger.openBatches();
      }
    }
  }

  /** Reads the ledger if there is one; none is asked into being. */
  private static int manifest(Settings settings, Path file, List<String> columns, Answer account)
      throws IOException {
    if (!Session.place(settings).exists()) {
      return new ManifestCheck(settings, columns, account, null).look(file);
    }
    try (LedgerReader ledger = Session.reader(settings)) {
      return new ManifestCheck(settings, columns, account, ledger).look(file);
    }
  }
}
