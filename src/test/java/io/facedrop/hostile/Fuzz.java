package io.facedrop.hostile;

import io.facedrop.config.Settings;
import io.facedrop.files.Tree;
import io.facedrop.intake.Intake;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.LedgerConstants;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.RowText;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * Reads and takes in one broken manifest after the other until its time is up, in a process of its
 * own with a small heap: {@code Fuzz FOLDER SEED SECONDS}. It ends with 0 unless something happens
 * that is no rejection; then the case lies in the folder.
 */
public final class Fuzz {
  private static final long LONGEST_CASE_NANOS = 30_000_000_000L;
  private static final int CASES_OF_A_LEDGER = 3000;

  private final Path folder;
  private final long seed;
  private final FuzzCases cases;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Map<String, Integer> fates = new TreeMap<>();
  private volatile long begunAt = System.nanoTime();
  private Ledger ledger;
  private Intake intake;
  private int count;

  private Fuzz(Path folder, long seed) {
    this.folder = folder;
    this.seed = seed;
    this.cases = new FuzzCases(new SplittableRandom(seed));
  }

  public static void main(String[] arguments) throws Exception {
    Fuzz fuzz = new Fuzz(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    fuzz.watch();
    fuzz.runFor(Long.parseLong(arguments[2]));
    System.out.println(fuzz.count + " cases, seed " + fuzz.seed + ": " + fuzz.fates);
    System.exit(0);
  }

  private void watch() {
    Thread watch =
        new Thread(
            () -> {
              while (System.nanoTime() - begunAt < LONGEST_CASE_NANOS) {
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L);
              }
              System.out.println("case " + count + " of seed " + seed + " hangs");
              Thread.getAllStackTraces().forEach((thread, stack) -> print(thread, stack));
              Runtime.getRuntime().halt(3);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static void print(Thread thread, StackTraceElement[] stack) {
    System.out.println(thread);
    for (StackTraceElement element : stack) {
      System.out.println("  " + element);
    }
  }

  private void runFor(long seconds) throws IOException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() - end < 0) {
      if (count % CASES_OF_A_LEDGER == 0) {
        newLedger();
      }
      begunAt = System.nanoTime();
      run(cases.next());
      count++;
    }
    ledger.close();
  }

  private void newLedger() throws IOException {
    if (ledger != null) {
      ledger.close();
    }
    for (Path file : Tree.files(folder)) {
      Files.delete(file);
    }
    HostileHouse house = HostileHouse.in(folder);
    Settings settings =
        house.settings(
            URI.create("http://127.0.0.1:1"),
            Map.of(
                "facedrop.duplicate-manifest", "accept",
                "facedrop.manifest.max-record", "20000",
                "facedrop.manifest.max-columns", "50",
                "facedrop.manifest.max-rows", "5000",
                "facedrop.manifest.max-bytes", "2000000",
                "facedrop.image.deny-hosts", "*.example.org",
                "facedrop.image.private-addresses", "refuse"));
    ledger = Ledger.open(settings.ledgerUrl(), Clock.systemUTC());
    intake = new Intake(ledger, settings, Clock.systemUTC());
  }

  private void run(FuzzCases.Case manifest) throws IOException {
    Path file = Files.write(folder.resolve("case-" + manifest.name()), manifest.content());
    Exchange exchange = new DefaultExchange(context);
    String fate;
    try {
      exchange.getMessage().setBody(file.toFile());
      fate = take(file, exchange);
    } catch (ManifestRejectedException rejected) {
      discard(exchange);
      fate = rejected.code();
    } catch (Throwable bug) {
      System.out.println("case " + count + " of seed " + seed + ", kept as " + file);
      bug.printStackTrace(System.out);
      Runtime.getRuntime().halt(4);
      return;
    }
    fates.merge(fate, 1, Integer::sum);
    Files.delete(file);
  }

  /** What the route does: opens it, adds its rows in groups, and accepts it. */
  private String take(Path file, Exchange exchange) throws IOException {
    intake.open(exchange);
    long number = exchange.getVariable(LedgerConstants.LOADING, Long.class);
    long rows = 0;
    Iterator<?> groups = exchange.getMessage().getBody(Iterator.class);
    try {
      while (groups.hasNext()) {
        RowGroup group = (RowGroup) groups.next();
        ledger.acceptance().add(number, group);
        rows += group.rows().size();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      ((Closeable) groups).close();
    }
    Batch batch =
        ledger
            .acceptance()
            .accept(number, exchange.getVariable(LedgerConstants.SHA256, String.class));
    expect(batch.rows() == rows, "rows");
    expect(batch.open() + batch.dead() + batch.succeeded() == rows, "the sum");
    survivesARoundTrip(file);
    return "accepted";
  }

  private void discard(Exchange exchange) {
    Long number = exchange.getVariable(LedgerConstants.LOADING, Long.class);
    if (number != null) {
      ledger.acceptance().discard(number);
    }
  }

  /** An output is itself a manifest, of the same URLs, exact or neutralised. */
  private void survivesARoundTrip(Path file) throws IOException {
    ManifestName name = ManifestName.of(file.getFileName().toString());
    List<String> urls = new ArrayList<>();
    List<String> again = new ArrayList<>();
    boolean neutralised = count % 2 == 0;
    StringBuilder output = new StringBuilder();
    String extension;
    try (RowReader reader = Manifest.open(file, name, ManifestRules.of("image_url"))) {
      RowText text = RowText.of(reader.layout(), neutralised);
      boolean json = reader.layout().format() == io.facedrop.manifest.Format.JSONL;
      extension = json ? ".jsonl" : ".csv";
      output.append(json ? "" : text.headerWith(List.of("facedrop_line")) + "\n");
      for (Row row = reader.next(); row != null; row = reader.next()) {
        urls.add(row.imageUrl());
        output
            .append(
                text.line(
                    row.before(),
                    row.imageUrl(),
                    row.after(),
                    List.of("facedrop_line"),
                    List.of("7")))
            .append('\n');
      }
    }
    if (urls.isEmpty()) {
      return;
    }
    Path written = folder.resolve("output" + extension);
    Files.write(written, output.toString().getBytes(StandardCharsets.UTF_8));
    ManifestName outputName = ManifestName.of(written.getFileName().toString());
    try (RowReader reader = Manifest.open(written, outputName, ManifestRules.of("image_url"))) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        again.add(row.imageUrl());
      }
    }
    expect(urls.size() == again.size(), "rows read again");
    for (int i = 0; i < urls.size(); i++) {
      String url = urls.get(i);
      boolean same = url.equals(again.get(i));
      expect(same || neutralised && again.get(i).equals("'" + url), "the URL of row " + i);
    }
  }

  private static void expect(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what + " differ");
    }
  }
}
