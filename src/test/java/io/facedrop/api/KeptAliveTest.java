package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.client.KeptAlive;
import java.time.Duration;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

class KeptAliveTest {
  private long nanos;
  private final KeptAlive kept =
      new KeptAlive(Timeout.ofSeconds(10), Timeout.ofSeconds(30), () -> nanos);

  @Test
  void looksAtEveryConnectionUntilTheServerIsProven() {
    assertThat(lookedAtAfter()).isZero();

    for (int request = 0; request < 100; request++) {
      kept.worked();
    }

    assertThat(lookedAtAfter()).isEqualTo(20);
    kept.brokeAfter(Duration.ofMillis(1));
    assertThat(lookedAtAfter()).isZero();
  }

  @Test
  void trustsHalfOfTheTimeAfterWhichOneWasFoundClosed() {
    assertThat(idle()).isEqualTo(20_000);

    kept.closedAfter(Duration.ofSeconds(5));
    kept.closedAfter(Duration.ofSeconds(8));

    assertThat(idle()).isEqualTo(2_500);
    nanos += Duration.ofDays(2).toNanos();
    assertThat(idle()).as("for good").isEqualTo(2_500);
  }

  @Test
  void usesNoneAgainOfAServerThatClosesAtOnceAndForgetsInTime() {
    kept.closedAfter(Duration.ofMillis(1));
    assertThat(kept.now().getTimeToLive()).isEqualTo(TimeValue.ZERO_MILLISECONDS);

    nanos += Duration.ofMinutes(10).toNanos();
    assertThat(idle()).isEqualTo(20_000);
    kept.closedAfter(Duration.ofMillis(1));
    nanos += Duration.ofMinutes(19).toNanos();
    assertThat(kept.now().getTimeToLive()).as("twice as long").isNotNull();
  }

  @Test
  void learnsNothingOfIdlenessFromARequestThatWasCutOff() {
    kept.brokeAfter(Duration.ofMillis(3));
    assertThat(idle()).isEqualTo(20_000);

    kept.brokeAfter(Duration.ofSeconds(2));
    assertThat(idle()).isEqualTo(1_000);
  }

  private long idle() {
    return kept.now().getIdleTimeout().toMilliseconds();
  }

  private long lookedAtAfter() {
    return kept.now().getValidateAfterInactivity().toMilliseconds();
  }
}
