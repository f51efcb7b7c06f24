package io.facedrop.console.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private long nanos;
  private final Sessions sessions = new Sessions(() -> nanos);

  @Test
  void endAfterHalfADay() {
    String id = sessions.open(Role.VIEWER);
    nanos += Duration.ofHours(12).toNanos() - 1;
    assertThat(sessions.of(id).orElseThrow().role()).isEqualTo(Role.VIEWER);

    nanos++;
    assertThat(sessions.of(id)).isEmpty();
  }

  @Test
  void endWhenTheyAreClosed() {
    String id = sessions.open(Role.OPERATOR);
    sessions.close(id);

    assertThat(sessions.of(id)).isEmpty();
  }

  @Test
  void areNoMoreThanAThousand() {
    String first = sessions.open(Role.OPERATOR);
    String last = null;
    for (int i = 0; i < 1_000; i++) {
      last = sessions.open(Role.OPERATOR);
    }

    assertThat(sessions.of(first)).isEmpty();
    assertThat(sessions.of(last)).isPresent();
  }

  @Test
  void noTwoShareASecret() {
    String one = sessions.open(Role.OPERATOR);
    String other = sessions.open(Role.OPERATOR);

    assertThat(one).hasSize(64).isNotEqualTo(other);
    assertThat(sessions.of(one).orElseThrow().form())
        .hasSize(64)
        .isNotEqualTo(sessions.of(other).orElseThrow().form());
  }
}
