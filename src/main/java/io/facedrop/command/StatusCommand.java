package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerPlace;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.operator.Overview;
import io.facedrop.operator.OverviewJson;
import io.facedrop.operator.Survey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how it stands. */
@Command(
    name = "status",
    description =
        "Show who works, the gate, the batches, and what wants an operator, also beside a running"
            + " serve.",
    footerHeading = "%n",
    footer = {
      "With --check the exit code is 75 when something wants an operator: nobody works although",
      "batches are open, the gate is halted, a batch is held, an output or SFTP server fails, or",
      "a disk is nearly full. The last lines say what."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  private final Stop stop;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many batches, and all that are open (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Option(names = "--watch", description = "Again every two seconds, until stopped.")
  private boolean watch;

  @Option(names = "--check", description = "Exit with 75 when something wants an operator.")
  private boolean check;

  public StatusCommand(Stop stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = SettingsReader.read(Map.of());
    int code = look(settings);
    while (watch && !stop.await(AGAIN)) {
      if (Terminal.hasOutput()) {
        System.out.print(HOME_AND_CLEAR);
      } else {
        System.out.println();
      }
      code = look(settings);
    }
    return check ? code : ExitCode.OK;
  }

  private int look(Settings settings) {
    LedgerPlace place = Session.place(settings);
    if (!place.exists()) {
      System.out.println(json ? "{}" : "There is no ledger yet: nothing was worked here.");
      return ExitCode.OK;
    }
    String worker = place.worker().orElse(null);
    try (LedgerReader ledger = Session.reader(settings)) {
      Overview overview =
          new Survey(settings, ledger, place.clock(), place.file()).overview(worker, most);
      if (json) {
        System.out.println(OverviewJson.of(overview));
      } else {
        new StatusText(overview, System.out).print();
      }
      return overview.problems().isEmpty() ? ExitCode.OK : ExitCode.RESUMABLE;
    }
  }
}
