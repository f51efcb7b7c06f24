package io.facedrop.command;

import io.facedrop.command.live.Heartbeat;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.intake.InboxWatch;
import io.facedrop.integration.Integration;
import io.facedrop.ledger.Ledger;
import io.facedrop.manifest.NameCharset;
import io.facedrop.words.Count;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Watches the inbox and works until it is stopped. */
@Command(
    name = "serve",
    description = "Watch the inbox and process dropped manifests, until stopped.",
    footerHeading = "%n",
    footer = {
      "serve picks up each manifest in facedrop.inbox once it has stopped growing. It publishes",
      "the rows under facedrop.success.uri and facedrop.dead-letter.uri, and archives the",
      "manifest. SIGTERM stops serve in order; the next start resumes the open batches.",
      "",
      "Example: CRUN_API_KEY=… java -jar facedrop.jar serve"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final Duration FOREVER = Duration.ofDays(365_000);

  /** What is not in the outputs by then, the next start writes. */
  private static final Duration LONGEST_PUBLISHING = Duration.ofSeconds(5);

  private final Stop stop;

  public ServeCommand(Stop stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    // One that comes while this starts is heeded too: it ends in order, with its own code.
    stop.requested();
    Settings settings = SettingsReader.readWithKey(Map.of());
    stop.price(Session.priceOfLeaving(settings));
    Optional<Session> opened = open(settings);
    if (opened.isEmpty()) {
      LOG.info("stopped while standing by");
      return ExitCode.OK;
    }
    try (Session session = opened.get()) {
      Ledger ledger = session.ledger();
      ledger.work().workOn(null);
      if (!ledger.isShared()) {
        InboxWatch.begin(settings.inbox().directory(), ledger);
      }
      boolean broken;
      try (Integration integration = Integration.serve(settings, ledger);
          Heartbeat heartbeat = heartbeat(ledger, integration);
          InboxWatch inbox =
              new InboxWatch(settings.inbox().directory(), ledger.deliveries(), ledger.node())) {
        heartbeat.start();
        inbox.start();
        integration.whenBroken(stop::request);
        if (NameCharset.isNarrow()) {
          LOG.warn("file names: {}", NameCharset.advice());
        }
        LOG.info(
            "watching {} at {}, {} open",
            watched(settings),
            settings.api().rate(),
            Count.of(ledger.openBatches().size(), "batch"));
        ledger.openBatches().stream()
            .filter(batch -> batch.api().elsewhere())
            .forEach(batch -> LOG.warn("{}", batch.elsewhereNews()));
        stop.await(FOREVER);
        LOG.info(Stop.NEWS);
        integration.publishRest(LONGEST_PUBLISHING);
        broken = integration.isBroken();
      }
      int open = ledger.openBatches().size();
      LOG.info("stopped with {} open", Count.of(open, "batch"));
      return open == 0 && !broken ? ExitCode.OK : ExitCode.RESUMABLE;
    }
  }

  /** Empty when it was stopped while another process was in the way. */
  private Optional<Session> open(Settings settings) {
    try {
      return Optional.of(Session.open(settings, false, (process, lives) -> !stop.requested()));
    } catch (UsageException inTheWay) {
      if (stop.requested()) {
        return Optional.empty();
      }
      throw inTheWay;
    }
  }

  private static String watched(Settings settings) {
    String server = Settings.Outputs.place(settings.sftp().uri());
    return settings.inbox().directory() + (server.isEmpty() ? "" : " and " + server);
  }

  private static Heartbeat heartbeat(Ledger ledger, Integration integration) {
    return new Heartbeat(ledger.vitals(), () -> integration.gate().state(), System::nanoTime);
  }
}
