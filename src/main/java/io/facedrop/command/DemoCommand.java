package io.facedrop.command;

import io.facedrop.config.InvalidSettingsException;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.words.Count;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Shows the main job against an embedded sandbox, and that a kill in the midst of it costs nothing.
 */
@Command(
    name = "demo",
    description =
        "Process a sample manifest against an embedded sandbox, and kill the worker half-way."
            + " Needs no key and no network.")
public final class DemoCommand implements Callable<Integer> {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
  private static final SandboxOptions OPTIONS =
      SandboxOptions.defaults().withLatency(Duration.ofMillis(50)).withRecord(true);
  private static final int POSTS_BEFORE_THE_KILL = 12;
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Stop stop;
  private final PrintStream out = System.out;

  public DemoCommand(Stop stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Path.of("target", "demo", LocalDateTime.now(ZoneOffset.UTC).format(FOLDER));
    Path manifest = folder.resolve("portraits.csv");
    Files.createDirectories(folder);
    try (InputStream sample = DemoCommand.class.getResourceAsStream("demo.csv")) {
      Files.copy(sample, manifest);
    }
    try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
      out.println("A sandbox, not the real API, listens on " + sandbox.baseUri());
      out.println("and " + manifest + " is worked at 20 requests a second.");
      Map<String, String> settings = settings(sandbox, folder);
      int code = killHalfWay(manifest, settings, sandbox);
      if (code == ExitCode.OK) {
        code = goOn(manifest, settings);
      }
      if (stop.requested()) {
        out.println("The demo was stopped. Its sandbox is gone; start it again to see it all.");
      }
      return code == ExitCode.DEAD_LETTERS ? proof(manifest, settings, sandbox) : code;
    }
  }

  private int killHalfWay(Path manifest, Map<String, String> settings, Sandbox sandbox)
      throws IOException, InterruptedException {
    try (DemoWorker worker = new DemoWorker(manifest, settings)) {
      while (sandbox.posts() < POSTS_BEFORE_THE_KILL) {
        if (stop.await(LOOK)) {
          return ExitCode.RESUMABLE;
        }
        if (!worker.isAlive()) {
          return ExitCode.INTERNAL;
        }
      }
      worker.kill();
      out.printf(
          Locale.ROOT,
          "%n--- kill -9 %d, half-way: %d POSTs have arrived. The same command again: run %s ---%n%n",
          worker.pid(),
          sandbox.posts(),
          manifest);
      return ExitCode.OK;
    }
  }

  private int goOn(Path manifest, Map<String, String> settings)
      throws IOException, InterruptedException {
    try (DemoWorker worker = new DemoWorker(manifest, settings)) {
      int code = worker.await(stop);
      return code == ExitCode.OK ? ExitCode.INTERNAL : code;
    }
  }

  private int proof(Path manifest, Map<String, String> settings, Sandbox sandbox)
      throws IOException, InvalidSettingsException {
    try (Ledger ledger = Session.beside(SettingsReader.readWithKey(settings))) {
      Batch batch =
          ledger.batchesOf(Manifest.contentSha256(manifest, ManifestLimits.DEFAULT)).get(0);
      DemoProof proof = DemoProof.of(ledger, batch, sandbox);
      out.println();
      proof.print(out);
      out.printf(
          Locale.ROOT,
          "%s in doubt, %d by the kill and %d by a gateway's answer: they may have been"
              + " charged,%nso nobody sends them again unasked. A dead-letter file is itself a"
              + " manifest: drop it again.%n",
          Count.of(proof.inDoubt(), "row", "is", "are"),
          proof.inDoubt() - proof.gatewayErrors(),
          proof.gatewayErrors());
      out.println("Open the report:        " + report(manifest, batch));
      return proof.holds() ? ExitCode.OK : ExitCode.INTERNAL;
    }
  }

  private static Path report(Path manifest, Batch batch) {
    return manifest.resolveSibling("report").resolve(batch.fileStem() + ".report.html");
  }

  private static Map<String, String> settings(Sandbox sandbox, Path folder) {
    // Nothing that the working directory is configured for may reach the demo, or break it.
    Map<String, String> settings = SettingsReader.defaults();
    settings.put("facedrop.api.base-url", sandbox.baseUri().toString());
    settings.put("facedrop.api.key", "any-key-will-do");
    settings.put("facedrop.api.rate", "20/s");
    settings.put("facedrop.api.concurrency", String.valueOf(DemoProof.CONCURRENCY));
    settings.put("facedrop.retry.max-attempts", "3");
    settings.put("facedrop.retry.initial-delay", "200ms");
    settings.put("facedrop.retry.max-delay", "1s");
    settings.put("facedrop.faces.poll-ages", "1500ms,2s,3s");
    settings.put("facedrop.faces.poll-interval", "1s");
    settings.put("facedrop.faces.deadline", "3s");
    settings.put("facedrop.inbox", folder.resolve("inbox").toString());
    for (String output : List.of("success", "dead-letter", "report", "rejected", "archive")) {
      settings.put("facedrop." + output + ".uri", "file:" + folder.resolve(output));
    }
    settings.put("facedrop.ledger.url", "jdbc:sqlite:" + folder.resolve("ledger.db"));
    return settings;
  }
}
