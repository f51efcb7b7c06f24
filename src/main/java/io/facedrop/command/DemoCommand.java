package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Batch;
import io.facedrop.ledger.Totals;
import io.facedrop.manifest.Manifest;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the main job against an embedded sandbox. */
@Command(
    name = "demo",
    description =
        "Work a sample manifest against an embedded sandbox; needs no key and no network.")
public final class DemoCommand implements Callable<Integer> {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");
  private static final Duration LONGEST = Duration.ofMinutes(2);

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
    try (Sandbox sandbox =
        Sandbox.start(SandboxOptions.defaults().withLatency(Duration.ofMillis(50)))) {
      out.println("A sandbox, not the real API, listens on " + sandbox.baseUri());
      out.println("and " + manifest + " is worked at 20 requests a second.");
      Settings settings = SettingsReader.readWithKey(overrides(sandbox, folder));
      try (Session session = Session.open(settings)) {
        int code =
            new RunCommand.Run(settings, session.ledger(), stop)
                .work(List.of(manifest), false, LONGEST);
        if (code != ExitCode.DEAD_LETTERS) {
          return code == ExitCode.OK ? ExitCode.INTERNAL : code;
        }
        return proof(session, manifest, sandbox);
      }
    }
  }

  /** The two sums that show that nothing is missing; anything else would be a bug. */
  private int proof(Session session, Path manifest, Sandbox sandbox) throws IOException {
    Batch batch = session.ledger().batchesOf(Manifest.contentSha256(manifest)).get(0);
    Totals totals = session.ledger().totals(batch);
    out.println();
    out.printf(
        "Nothing is missing:   %d rows = %d succeeded + %d dead letters%n",
        batch.rows(), batch.succeeded(), batch.dead());
    out.printf(
        "Nothing is unknown:   %d POSTs + %d GETs at the sandbox = %d requests in the ledger%n",
        sandbox.posts(), sandbox.results(), batch.requests());
    out.printf(
        "%d rows were tried more than once. A dead-letter file is itself a manifest: mend it and"
            + " drop it again.%n",
        totals.retried());
    out.println("Open the report:      " + report(manifest, batch));
    boolean adds =
        batch.rows() == batch.succeeded() + batch.dead()
            && sandbox.posts() + sandbox.results() == batch.requests();
    return adds ? ExitCode.OK : ExitCode.INTERNAL;
  }

  private static Path report(Path manifest, Batch batch) {
    return manifest.resolveSibling("report").resolve(batch.fileStem() + ".report.html");
  }

  private static Map<String, String> overrides(Sandbox sandbox, Path folder) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("facedrop.api.base-url", sandbox.baseUri().toString());
    overrides.put("facedrop.api.key", "any-key-will-do");
    overrides.put("facedrop.api.rate", "20/s");
    overrides.put("facedrop.api.concurrency", "4");
    overrides.put("facedrop.api.proxy", "");
    overrides.put("facedrop.retry.max-attempts", "3");
    overrides.put("facedrop.retry.initial-delay", "200ms");
    overrides.put("facedrop.retry.max-delay", "1s");
    overrides.put("facedrop.gate.trip-after", "5");
    overrides.put("facedrop.in-doubt", "dead-letter");
    overrides.put("facedrop.faces.await", "true");
    overrides.put("facedrop.faces.poll-ages", "1500ms,2s,3s");
    overrides.put("facedrop.faces.poll-interval", "1s");
    overrides.put("facedrop.faces.deadline", "3s");
    overrides.put("facedrop.faces.open-tasks", "auto");
    overrides.put("facedrop.manifest.column", "image_url");
    overrides.put("facedrop.publish.interval", "5m");
    overrides.put("facedrop.inbox", folder.resolve("inbox").toString());
    for (String output : List.of("success", "dead-letter", "report", "rejected", "archive")) {
      overrides.put("facedrop." + output + ".uri", "file:" + folder.resolve(output));
    }
    overrides.put("facedrop.ledger.url", "jdbc:sqlite:" + folder.resolve("ledger.db"));
    return overrides;
  }
}
