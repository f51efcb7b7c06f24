package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many queries a row takes where facedrop learns when tasks end, by what arrives. */
class LearnedQueriesAcceptanceTest {
  private static final int SOME = 200;

  @TempDir Path folder;

  @Test
  void aRowTakesTwoRequestsOnceItIsKnownHowLongTasksTake() {
    try (Workbench bench = bench(Duration.ofSeconds(2))) {
      bench.with("facedrop.api.rate", "100/s");

      assertThat(bench.run(bench.manifest("m.csv", 600, Map.of()))).isEqualTo(ExitCode.OK);

      List<Integer> queries = queriesOfEachTask(bench);
      assertThat(queries).hasSize(600);
      assertThat(mean(queries.subList(SOME, 600))).isLessThanOrEqualTo(1.05);
      assertThat(mean(queries.subList(0, SOME))).isLessThanOrEqualTo(1.5);
      assertThat(bench.report().path("requests_per_row").asDouble()).isLessThan(2.2);
      bench.assertNothingMissing();
    }
  }

  @Test
  void whatWasLearntOutlivesTheProcess() {
    try (Workbench bench = bench(Duration.ofSeconds(2))) {
      bench.with("facedrop.api.rate", "100/s");
      assertThat(bench.run(bench.manifest("m.csv", 400, Map.of()))).isEqualTo(ExitCode.OK);
      int before = bench.sandbox().journal().size();

      assertThat(bench.run(bench.manifest("n.csv", 300, "again"))).isEqualTo(ExitCode.OK);

      int requests = bench.sandbox().journal().size() - before;
      assertThat(requests / 300.0).isLessThanOrEqualTo(2.06);
    }
  }

  @Test
  void theResultsOfASmallBatchAreKnownSoonAfterTheyAreThere() {
    Duration task = Duration.ofSeconds(3);
    try (Workbench bench = bench(task)) {
      assertThat(bench.run(bench.manifest("m.csv", 60, Map.of()))).isEqualTo(ExitCode.OK);

      Map<String, Long> known = new HashMap<>();
      for (Arrival arrival : bench.sandbox().journal()) {
        if (arrival.taskId() != null) {
          known.merge(arrival.taskId(), arrival.nanos(), Math::max);
        }
      }
      Map<String, Long> created =
          bench.sandbox().journal().stream()
              .filter(arrival -> arrival.method().equals("POST"))
              .collect(Collectors.toMap(Arrival::imageUrl, Arrival::nanos));
      List<Long> late = new ArrayList<>();
      for (Map<String, String> row : bench.successes()) {
        long end = created.get(row.get("image_url")) + task.toNanos();
        late.add((known.get(row.get("facedrop_detect_task_id")) - end) / 1_000_000);
      }
      late.sort(Comparator.naturalOrder());
      // A second, and what a busy machine adds to some of them.
      assertThat(late.get(late.size() * 9 / 10)).as("of %s", late).isLessThan(1_200);
      bench.assertNothingMissing();
    }
  }

  @Test
  void queriesThatHaveARateOfTheirOwnLeaveTheRateToCreates() {
    try (Workbench bench = bench(Duration.ofSeconds(1))) {
      bench.with("facedrop.api.rate", "40/s").with("facedrop.api.query-rate", "60/s");

      assertThat(bench.run(bench.manifest("m.csv", 240, Map.of()))).isEqualTo(ExitCode.OK);

      long[] posts =
          bench.sandbox().journal().stream()
              .filter(arrival -> arrival.method().equals("POST"))
              .mapToLong(Arrival::nanos)
              .sorted()
              .toArray();
      double seconds = (posts[posts.length - 1] - posts[0]) / 1e9;
      assertThat(239 / seconds).as("creates a second").isBetween(30.0, 40.5);
      bench.assertNothingMissing();
    }
  }

  /** In the order in which their ends became known. */
  private static List<Integer> queriesOfEachTask(Workbench bench) {
    Map<String, List<Arrival>> queries =
        bench.sandbox().journal().stream()
            .filter(arrival -> arrival.taskId() != null)
            .collect(Collectors.groupingBy(Arrival::taskId));
    return queries.values().stream()
        .sorted(Comparator.comparingLong(all -> all.get(all.size() - 1).nanos()))
        .map(List::size)
        .toList();
  }

  private static double mean(List<Integer> counts) {
    return counts.stream().mapToInt(count -> count).average().orElseThrow();
  }

  private Workbench bench(Duration task) {
    return new Workbench(folder, SandboxOptions.defaults().withTaskDuration(task))
        .with("facedrop.faces.await", "true")
        .with("facedrop.api.concurrency", "16");
  }
}
