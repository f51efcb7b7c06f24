package io.facedrop.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastHoursTest {
  private static final long NOW = LedgerBench.START.getEpochSecond();

  @TempDir Path folder;
  private LedgerBench bench;

  @BeforeEach
  void open() {
    bench = LedgerBench.with(folder, new SettableClock(LedgerBench.START));
    bench.batch(1);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void nothingIsDrawnWhereNothingHappened() {
    assertThat(plots()).isEmpty();
    RowHistoryBench.answered(bench, NOW - 4 * 3_600, "CREATE", 100, 5);
    assertThat(plots()).isEmpty();
  }

  @Test
  void aBarSaysHowManyRequestsWereAnsweredAndHowFast() {
    RowHistoryBench.answered(bench, NOW, "CREATE", 128, 90);
    RowHistoryBench.answered(bench, NOW + 1, "QUERY", 1_024, 9);
    RowHistoryBench.answered(bench, NOW + 1, "QUERY", 65_536, 1);
    RowHistoryBench.answered(bench, NOW + 1, "QUERY", -1, 7);

    assertThat(words("Requests")).containsExactly("13:10: 107 in 4m 4s");
    assertThat(words("Answers"))
        .containsExactly("13:10: half of 100 within 128 ms, 95 of 100 within 1.0 s");
    assertThat(plot("Answers")).containsEntry("most", "1.0 s");
    assertThat(plots()).extracting(plot -> plot.get("title")).doesNotContain("Faces");
  }

  @Test
  void facesTakeTheTimeFromTheTaskToTheQueryThatFoundThemAndAreNoRequests() {
    RowHistoryBench.answered(bench, NOW, "FACES", 16_384, 3);

    assertThat(words("Faces"))
        .containsExactly("13:10: half of 3 within 16.4 s, 95 of 100 within 16.4 s");
    assertThat(words("Requests")).isEmpty();
  }

  @Test
  void barsLieInTheirFiveMinutes() {
    RowHistoryBench.answered(bench, NOW - 600, "CREATE", 128, 1);
    RowHistoryBench.answered(bench, NOW, "CREATE", 128, 20);

    assertThat(words("Requests")).containsExactly("13:00: 1 in 5 minutes", "13:10: 20 in 4m 4s");
    assertThat(plot("Requests"))
        .containsEntry("most", "5 a minute")
        .containsEntry("begin", "10:15")
        .containsEntry("end", "13:15");
  }

  @Test
  void theNewestBarIsDividedByTheTimeThatHasPassedOfIt() {
    RowHistoryBench.answered(bench, NOW - 300, "CREATE", 128, 600);
    RowHistoryBench.answered(bench, NOW + 57, "CREATE", 128, 100);

    Map<String, Object> soon = plot("Requests", LedgerBench.START.plusSeconds(86));
    assertThat(soon).containsEntry("most", "200 a minute");
    assertThat(words(soon)).containsExactly("13:05: 600 in 5 minutes", "13:15: 100 in 30s");
    assertThat(plot("Requests", LedgerBench.START.plusSeconds(57)))
        .as("one second is too little to divide by")
        .containsEntry("most", "600 a minute");
  }

  @Test
  void whoeverLooksAfterALongTimeSeesWhatIsThere() {
    LastHours hours = new LastHours(bench.ledger, Duration.ofMinutes(1));
    assertThat(hours.plots(LedgerBench.START).bars()).isEmpty();
    RowHistoryBench.answered(bench, NOW, "CREATE", 128, 20);

    LastHours.Drawn kept = hours.plots(LedgerBench.START.plusSeconds(10));
    assertThat(kept.bars()).isEmpty();
    assertThat(kept.at()).isEqualTo(LedgerBench.START);
    LastHours.Drawn fresh = hours.plots(LedgerBench.START.plusSeconds(16));
    assertThat(fresh.bars()).isNotEmpty();
    assertThat(fresh.at()).isEqualTo(LedgerBench.START.plusSeconds(16));
  }

  private List<String> words(String title) {
    return words(plot(title));
  }

  private static List<String> words(Map<String, Object> plot) {
    return ((List<?>) plot.get("bars"))
        .stream().map(bar -> (String) ((Map<?, ?>) bar).get("words")).collect(Collectors.toList());
  }

  private Map<String, Object> plot(String title) {
    return plot(title, LedgerBench.START);
  }

  private Map<String, Object> plot(String title, Instant now) {
    return plots(now).stream()
        .filter(plot -> plot.get("title").equals(title))
        .findFirst()
        .orElseThrow();
  }

  private List<Map<String, Object>> plots() {
    return plots(LedgerBench.START);
  }

  private List<Map<String, Object>> plots(Instant now) {
    return new LastHours(bench.ledger, Duration.ZERO).drawn(now);
  }
}
