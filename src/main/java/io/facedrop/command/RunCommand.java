package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.integration.Integration;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.LedgerConstants;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Works the given manifests and exits. */
@Command(
    name = "run",
    description = "Process the given manifests and exit.",
    footerHeading = "%n",
    footer = {
      "run reads the files in place and never moves them. Run the same command again to resume",
      "where it stopped. If the batch of a manifest is complete, run sends nothing.",
      "",
      "Exit codes: 0 all rows succeeded, 1 internal error, 2 wrong usage or configuration,",
      "3 finished with dead letters, 4 a manifest was rejected, 75 stopped and resumable.",
      "",
      "Example: CRUN_API_KEY=… java -jar facedrop.jar run orders.csv"
    })
public final class RunCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "MANIFEST",
      description = "CSV, TSV, TXT or JSONL, each also as .gz.")
  private List<Path> manifests;

  @Option(
      names = "--wait",
      description = "Wait when the gate halts (codes 401, 402, 403, 404, 505) or a batch is held.")
  private boolean wait;

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "Exit after this time without progress (default: ${DEFAULT-VALUE}).")
  private String maxWait;

  private final Stop stop;

  public RunCommand(Stop stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    Duration longest = Arguments.duration("--max-wait", maxWait);
    for (Path manifest : manifests) {
      if (!Files.isRegularFile(manifest) || !Files.isReadable(manifest)) {
        throw new UsageException(manifest + " is not a file that can be read");
      }
    }
    Settings settings = SettingsReader.readWithKey(Map.of());
    stop.price(Session.priceOfLeaving(settings));
    try (Session session = Session.open(settings, true, WorkLock.Patience.WITH_THE_DEAD)) {
      return new Run(settings, session.ledger(), stop).work(manifests, wait, longest);
    }
  }

  /** One run over a ledger. */
  static final class Run {
    /** What is not out by then, outputs and events, the next process delivers. */
    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private final Settings settings;
    private final Ledger ledger;
    private final Stop stop;
    private final List<Long> batches = new ArrayList<>();
    private final RejectedFiles rejected = new RejectedFiles();

    Run(Settings settings, Ledger ledger, Stop stop) {
      this.settings = settings;
      this.ledger = ledger;
      this.stop = stop;
    }

    int work(List<Path> manifests, boolean wait, Duration maxWait)
        throws IOException, InterruptedException {
      ledger.work().workOn(List.of());
      int taken = 0;
      Work.End end;
      String trouble;
      try (Integration integration = Integration.run(settings, ledger)) {
        integration.gate().probeNow();
        for (Path manifest : manifests) {
          if (stop.requested()) {
            break;
          }
          take(integration, manifest);
          taken++;
        }
        Work work = new Work(integration, ledger, stop, settings);
        end = work.watch(batches, wait, maxWait);
        if (end == Work.End.SIGNAL) {
          LOG.info(Stop.NEWS);
        }
        trouble = RunEnd.trouble(integration.gate(), ledger);
        if (end != Work.End.COMPLETE) {
          integration.publishRest(LONGEST_DELIVERY);
        }
        integration.deliverEvents(LONGEST_DELIVERY);
      }
      List<Batch> done =
          batches.stream().map(number -> ledger.batch(number).orElseThrow()).toList();
      boolean all = taken == manifests.size();
      // A signal may come when all is complete, or while the last of it is published.
      boolean over = end == Work.End.SIGNAL && done.stream().allMatch(Batch::complete);
      Work.End reason = !all ? Work.End.SIGNAL : over ? Work.End.COMPLETE : end;
      return new RunEnd(reason, trouble, maxWait)
          .print(new Summary(settings, ledger, System.out), ledger, done, rejected);
    }

    private void take(Integration integration, Path manifest) throws IOException {
      Optional<Batch> earlier = earlier(integration, manifest);
      if (earlier.isPresent() && (!earlier.get().complete() || !settings.duplicates().accepted())) {
        goOn(manifest, earlier.get());
        return;
      }
      Exchange exchange = integration.accept(manifest);
      if (exchange.getException() != null) {
        throw new IOException(
            manifest + " could not be accepted: " + Cause.whole(exchange.getException()),
            exchange.getException());
      }
      Batch batch = exchange.getVariable(LedgerConstants.BATCH, Batch.class);
      if (batch == null) {
        rejected.add(manifest, exchange);
      } else {
        add(batch);
      }
    }

    /** A finished batch counts however old it is: what was asked for once is paid for once. */
    private Optional<Batch> earlier(Integration integration, Path manifest) throws IOException {
      try {
        String content = Manifest.contentSha256(manifest, settings.manifests().limits());
        return integration.intake().duplicates().here(content, true);
      } catch (ManifestRejectedException broken) {
        return Optional.empty();
      }
    }

    private void goOn(Path manifest, Batch batch) {
      System.err.println(manifest + said(batch));
      add(batch);
      ledger
          .work()
          .workOn(
              batches.stream()
                  .map(number -> ledger.batch(number).orElseThrow())
                  .filter(open -> !open.complete())
                  .toList());
    }

    private String said(Batch batch) {
      if (batches.contains(batch.number())) {
        return " has the content of a manifest named before it (batch "
            + batch.id()
            + ") and is"
            + " worked once";
      }
      if (batch.held()) {
        return ": " + batch.holdNews();
      }
      return batch.complete()
          ? " is done already, as batch " + batch.id() + "; nothing is sent"
          : " goes on as batch " + batch.id();
    }

    private void add(Batch batch) {
      if (!batches.contains(batch.number())) {
        batches.add(batch.number());
      }
    }
  }
}
