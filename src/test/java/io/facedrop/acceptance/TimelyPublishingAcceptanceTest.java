package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A result is worth something for an hour, so no settled row waits longer for its part than it is
 * told to.
 *
 * <p>The suite runs a small batch; 2,000 rows at 50/s take about two minutes:
 *
 * <pre>mvn test -Dtest=TimelyPublishingAcceptanceTest -Dtimely.rows=2000 -Dtimely.rate=50 \
 *   -Dtimely.interval=10 -Dtimely.slack=5</pre>
 */
class TimelyPublishingAcceptanceTest {
  private static final int ROWS = Integer.getInteger("timely.rows", 400);
  private static final int PER_SECOND = Integer.getInteger("timely.rate", 100);
  private static final Duration INTERVAL =
      Duration.ofSeconds(Integer.getInteger("timely.interval", 2));
  private static final Duration SLACK = Duration.ofSeconds(Integer.getInteger("timely.slack", 2));
  private static final Duration PATIENCE =
      Duration.ofSeconds(60 + 4L * ROWS / PER_SECOND).plus(INTERVAL);
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final String OLDEST_UNPUBLISHED =
      """
      select min(p.settled_at)
        from progress p
        join part q
          on q.batch = p.id >> 32
         and q.number = p.part
         and q.output = case p.state when 'succeeded' then 'success' else 'dead-letter' end
       where p.settled_at is not null
         and q.state <> 'published'
      """;

  @TempDir Path folder;

  @Test
  void atEveryMomentNoSettledRowIsUnpublishedForLong() {
    try (Workbench bench = bench();
        Workbench.Serving serving = bench.serve()) {
      int failing = ROWS / 100;
      bench.drop(bench.manifest("m.csv", ROWS, Map.of(failing, "code-422", ROWS - 1, "code-501")));
      LedgerFile ledger = LedgerFile.of(folder);
      long[] worst = {0, 0};

      await()
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .until(
              () -> {
                worst[0] = Math.max(worst[0], oldestUnpublished(ledger));
                worst[1]++;
                assertFilesAreThere(bench, ledger);
                return serving.hasBatches(1) && serving.onlyBatch().complete();
              });

      System.out.printf(
          "%d rows at %d/s: the oldest unpublished row was %d ms old, with an interval of %s,"
              + " in %d looks; %d parts%n",
          ROWS,
          PER_SECOND,
          worst[0],
          INTERVAL,
          worst[1],
          bench.files("success").size() + bench.files("dead-letter").size());
      assertThat(Duration.ofMillis(worst[0])).isLessThan(INTERVAL.plus(SLACK));
      assertThat(bench.files("success")).hasSizeGreaterThan(2);
      assertThat(bench.successes()).hasSize(ROWS - 2);
      bench.assertNothingMissing();
    }
  }

  @Test
  void aPartIsOutInTimeAlthoughNothingMoreSettles() {
    try (Workbench bench =
            bench()
                .with("facedrop.api.rate", "unlimited")
                .with("facedrop.api.concurrency", "2")
                .with("facedrop.publish.interval", "3s");
        Workbench.Serving serving = bench.serve()) {
      // The second row settles when the first has waited for most of the interval.
      bench.drop(
          bench.manifest("m.csv", 3, Map.of(0, "faces-1", 1, "result-slow-2s", 2, "status-never")));
      LedgerFile ledger = LedgerFile.of(folder);
      long[] worst = {0};

      await()
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .until(
              () -> {
                worst[0] = Math.max(worst[0], oldestUnpublished(ledger));
                return bench.successes().size() == 2;
              });

      assertThat(serving.onlyBatch().open()).isEqualTo(1);
      assertThat(worst[0]).isLessThan(3_000 + 700);
      assertThat(bench.files("success")).hasSize(1);
      bench.assertNothingMissing();
    }
  }

  private static long oldestUnpublished(LedgerFile ledger) {
    long now = System.currentTimeMillis();
    long settled = ledger.number(OLDEST_UNPUBLISHED);
    return settled == 0 ? 0 : now - settled;
  }

  /** What the ledger says is published is on the disk. */
  private static void assertFilesAreThere(Workbench bench, LedgerFile ledger) {
    List<String> published = ledger.texts("select file from part where state = 'published'");
    Set<String> files =
        List.of("success", "dead-letter").stream()
            .flatMap(output -> bench.files(output).stream())
            .map(file -> file.getFileName().toString())
            .collect(Collectors.toSet());
    assertThat(files).containsAll(published);
  }

  private Workbench bench() {
    return new Workbench(folder, SandboxOptions.defaults().withTaskDuration(Duration.ofMillis(500)))
        .with("facedrop.faces.await", "true")
        .with("facedrop.faces.poll-ages", "1s")
        .with("facedrop.faces.poll-interval", "5s")
        .with("facedrop.api.rate", PER_SECOND + "/s")
        .with("facedrop.publish.interval", INTERVAL.toSeconds() + "s");
  }
}
