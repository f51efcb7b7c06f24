package io.facedrop.command;

import io.facedrop.command.live.Terminal;
import io.facedrop.command.status.StatusScreen;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerPlace;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.operator.Overview;
import io.facedrop.operator.OverviewJson;
import io.facedrop.operator.Survey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how it stands. */
@Command(
    name = "status",
    description =
        "Show the running process, the gate, the batches, and what needs an operator. Works while"
            + " serve runs.",
    footerHeading = "%n",
    footer = {
      "With --check, the exit code is 75 if something needs an operator: for example, there is no",
      "ledger, no process works although batches are open, the gate is halted, a batch is held,",
      "an output or SFTP folder fails, or a disk is nearly full. The lines that begin with ! say",
      "what."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final int MOST_BATCHES = 1_000_000;
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  private final Stop stop;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Number of newest batches to show, besides all open ones (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  @Option(names = "--watch", description = "Print again every two seconds, until stopped.")
  private boolean watch;

  @Option(names = "--check", description = "Exit with 75 if something needs an operator.")
  private boolean check;

  public StatusCommand(Stop stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    Arguments.verifyRange("--most", most, 1, MOST_BATCHES);
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
    Overview overview =
        place.exists()
            ? overview(settings, place)
            : Overview.withoutLedger(Instant.now(), Session.missing(place));
    if (json) {
      System.out.println(OverviewJson.of(overview));
    } else {
      text(overview).forEach(System.out::println);
    }
    return overview.problems().isEmpty() ? ExitCode.OK : ExitCode.RESUMABLE;
  }

  private List<String> text(Overview overview) {
    StatusScreen screen = new StatusScreen(overview, Terminal.size());
    return watch ? screen.lines() : screen.all();
  }

  private Overview overview(Settings settings, LedgerPlace place) {
    String worker = place.worker().orElse(null);
    try (LedgerReader ledger = Session.reader(settings)) {
      return new Survey(settings, ledger, place.clock(), place.file()).overview(worker, most);
    }
  }
}
