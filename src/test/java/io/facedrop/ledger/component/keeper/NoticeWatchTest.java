package io.facedrop.ledger.component.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.expect.Expectation;
import io.facedrop.expect.Schedule;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.model.Notice;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticeWatchTest {
  private static final Instant DEADLINE = Instant.parse("2026-05-28T06:00:00Z");
  private static final Expectation NIGHT =
      new Expectation(
          "night",
          "night-*.csv",
          new Schedule(
              LocalTime.of(6, 0), EnumSet.allOf(DayOfWeek.class), ZoneOffset.UTC, Set.of()),
          Duration.ofMinutes(30));

  @TempDir Path directory;
  private SettableClock clock;
  private LedgerBench bench;
  private NoticeWatch watch;

  @BeforeEach
  void open() {
    clock = new SettableClock(LedgerBench.START);
    bench = LedgerBench.with(directory, clock);
    bench.ledger.notices().want(true);
    start();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theWarningAndTheDeadlineAreToldWithinASecond() {
    run(Duration.ofMinutes(1));
    to(DEADLINE.minus(Duration.ofMinutes(30)).minusSeconds(2));
    assertThat(told()).isEmpty();
    run(Duration.ofSeconds(3));
    assertThat(told()).containsExactly("manifest expected soon");
    to(DEADLINE.minusSeconds(2));
    run(Duration.ofSeconds(3));
    assertThat(told()).containsExactly("manifest expected but late");
    to(DEADLINE.plus(Duration.ofHours(23)));
    assertThat(told()).isEmpty();
  }

  @Test
  void whatLayInTheInboxWhenItStartedHasTimeToBeAccepted() {
    run(Duration.ofMinutes(1));
    // Nothing ran.
    clock.forward(Duration.between(clock.instant(), DEADLINE.plus(Duration.ofHours(1))));
    start();
    run(Duration.ofSeconds(20));
    bench.batch("night-1.csv", List.of("https://a.example/1.jpg"));
    run(Duration.ofMinutes(1));

    assertThat(told()).containsExactly("manifest accepted");
  }

  @Test
  void whatHasNotComeAWhileAfterTheStartIsLate() {
    run(Duration.ofMinutes(1));
    clock.forward(Duration.between(clock.instant(), DEADLINE.plus(Duration.ofHours(1))));
    start();
    run(Duration.ofMinutes(1));

    assertThat(told()).containsExactly("manifest expected but late");
  }

  private void start() {
    watch =
        new NoticeWatch(
            bench.ledger,
            List.of(NIGHT),
            () -> Duration.between(LedgerBench.START, clock.instant()).toNanos());
    watch.look();
  }

  /** Looks every second. */
  private void run(Duration time) {
    for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
      clock.forward(Duration.ofSeconds(1));
      watch.look();
    }
  }

  private void to(Instant moment) {
    clock.forward(Duration.between(clock.instant(), moment));
    watch.look();
  }

  private List<String> told() {
    List<String> kinds = new ArrayList<>();
    for (Optional<Notice> next = bench.ledger.notices().next();
        next.isPresent();
        next = bench.ledger.notices().next()) {
      kinds.add(next.get().kind().words());
      bench.ledger.notices().delivered(next.get());
    }
    return kinds;
  }
}
