package io.facedrop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final Instant NOW = Instant.parse("2026-11-30T07:00:00Z");
  private static final Hindrance PAUSE = new Hindrance("paused", "429", NOW.plusSeconds(1));
  private static final Hindrance FULL = new Hindrance("suspended", "the disk is full", null);

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> lines = new ArrayList<>();
  private final Progress progress =
      new Progress.Lines(lines::add, new RowPace(rows(0), nanos::get), rows(0));

  @Test
  void theLastLineTellsTheSpeedWithThePausesThatRecurred() {
    for (int rows = 0; rows < 120; rows += 5) {
      after(500, rows + 5, Hindrance.NONE);
      after(1_500, rows + 5, PAUSE);
    }
    progress.show(moment(120, Hindrance.NONE));

    assertThat(lines.get(lines.size() - 1))
        .startsWith("120 of 120 rows: ")
        .contains(", 2.6 rows/s");
  }

  @Test
  void whileSendingIsSuspendedNoSpeedIsTold() {
    after(6_000, 10, FULL);

    assertThat(lines)
        .containsExactly(
            "10 of 120 rows: 10 succeeded, 0 dead letters (suspended: the disk is full)");
  }

  private void after(int millis, long rows, Hindrance hindrance) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    progress.show(moment(rows, hindrance));
  }

  private static Moment moment(long rows, Hindrance hindrance) {
    return new Moment(
        NOW, rows(rows), false, hindrance, "", speed -> Optional.of(Duration.ofSeconds(9)));
  }

  private static Tallied rows(long succeeded) {
    return new Tallied(120, succeeded, 0, 0, 0, 0, 0, 1);
  }
}
