package io.facedrop.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemindersTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 42);

  @Test
  void theSameTroubleIsDueOnceInAnInterval() {
    Reminders<String> reminders = everyFiveMinutes();
    assertThat(reminders.isDue("host")).isTrue();
    pass(Duration.ofSeconds(299));
    assertThat(reminders.isDue("host")).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(reminders.isDue("host")).isTrue();
    assertThat(reminders.isDue("host")).isFalse();
  }

  @Test
  void anIntervalBeginsWhenTheTroubleIsSaidAndNotWhenItIsAskedAbout() {
    Reminders<String> reminders = everyFiveMinutes();
    long said =
        IntStream.range(0, 60 * 60)
            .filter(
                second -> {
                  pass(Duration.ofSeconds(1));
                  return reminders.isDue("host");
                })
            .count();

    assertThat(said).isEqualTo(12);
  }

  @Test
  void otherWordsAreDueAtOnce() {
    Reminders<String> reminders = everyFiveMinutes();
    assertThat(reminders.isDue("folder", "no such host")).isTrue();
    assertThat(reminders.isDue("folder", "refused")).isTrue();
    assertThat(reminders.isDue("folder", "refused")).isFalse();
    assertThat(reminders.isDue("folder", "no such host")).isTrue();
  }

  @Test
  void troublesOfTwoKeysThatTakeTurnsAreDueOnceEach() {
    Reminders<String> reminders = everyFiveMinutes();
    assertThat(reminders.isDue("pa")).isTrue();
    assertThat(reminders.isDue("pb")).isTrue();
    assertThat(reminders.isDue("pa")).isFalse();
    assertThat(reminders.isDue("pb")).isFalse();
  }

  @Test
  void theEndCountsOnceAndMakesTheNextTroubleNew() {
    Reminders<String> reminders = everyFiveMinutes();
    assertThat(reminders.end("host")).isFalse();
    reminders.isDue("host");
    assertThat(reminders.end("other")).isFalse();
    assertThat(reminders.end("host")).isTrue();
    assertThat(reminders.end("host")).isFalse();
    assertThat(reminders.isDue("host")).isTrue();
  }

  @Test
  void theEndOfSeveralKeysIsOne() {
    Reminders<String> reminders = everyFiveMinutes();
    reminders.isDue("success pa");
    reminders.isDue("success pb");
    reminders.isDue("report pa");

    assertThat(reminders.endAll(key -> key.startsWith("success"))).isTrue();
    assertThat(reminders.endAll(key -> key.startsWith("success"))).isFalse();
    assertThat(reminders.isDue("report pa")).isFalse();
  }

  @Test
  void aTroubleThatLastsForDaysIsDueOnceWhereThatWasAsked() {
    Reminders<String> reminders = Reminders.once(nanos::get);
    assertThat(reminders.isDue("link.csv")).isTrue();
    for (int hour = 0; hour < 72; hour++) {
      pass(Duration.ofHours(1));
      assertThat(reminders.isDue("link.csv")).isFalse();
    }
  }

  @Test
  void aTroubleThatComesAgainAfterMoreThanAnHourIsNew() {
    Reminders<String> reminders = Reminders.once(nanos::get);
    reminders.isDue("link.csv");
    pass(Duration.ofMinutes(61));

    assertThat(reminders.isDue("link.csv")).isTrue();
  }

  @Test
  void patienceIsForATroubleThatPassesByItself() {
    Reminders<String> reminders = Reminders.onceAfter(Duration.ofMinutes(5), nanos::get);
    assertThat(reminders.isDue("m.csv")).isFalse();
    pass(Duration.ofMinutes(4));
    assertThat(reminders.end("m.csv")).as("nobody has read of it").isFalse();
    assertThat(reminders.isDue("m.csv")).isFalse();
    pass(Duration.ofMinutes(4));
    assertThat(reminders.isDue("m.csv")).isFalse();
    pass(Duration.ofMinutes(1));
    assertThat(reminders.isDue("m.csv")).isTrue();
    assertThat(reminders.isDue("m.csv")).isFalse();
  }

  @Test
  void patienceCanBeCountedInTimesToo() {
    Reminders<String> reminders = Reminders.onceAfter(3, nanos::get);

    assertThat(IntStream.range(0, 5).mapToObj(time -> reminders.isDue("m.csv")))
        .containsExactly(false, false, true, false, false);
  }

  @Test
  void aMillionKeysNeitherFillTheLogNorTheMemoryForLong() {
    Reminders<Integer> reminders = Reminders.once(nanos::get);
    assertThat(IntStream.range(0, 1_000_000).filter(reminders::isDue).count()).isEqualTo(1_000);
    assertThat(reminders.isDue(7)).as("one that is kept").isFalse();

    pass(Duration.ofMinutes(61));

    assertThat(reminders.isDue(1_000_001)).isTrue();
  }

  @Test
  void threadsThatFailTogetherSayItOnce() {
    Reminders<String> reminders = everyFiveMinutes();

    assertThat(IntStream.range(0, 10_000).parallel().filter(i -> reminders.isDue("ledger")).count())
        .isEqualTo(1);
  }

  private Reminders<String> everyFiveMinutes() {
    return Reminders.every(Duration.ofMinutes(5), nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
