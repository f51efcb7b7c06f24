package io.facedrop.console.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.console.door.Tokens.Holder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Holder ANNA = new Holder(Role.OPERATOR, "anna");

  private long nanos;
  private final Sessions sessions = new Sessions(() -> nanos);

  @Test
  void endAfterHalfADay() {
    String id = sessions.open(new Holder(Role.VIEWER, ""));
    nanos += Duration.ofHours(12).toNanos() - 1;
    assertThat(sessions.of(id).orElseThrow().role()).isEqualTo(Role.VIEWER);

    nanos++;
    assertThat(sessions.of(id)).isEmpty();
  }

  @Test
  void endWhenTheyAreClosed() {
    String id = sessions.open(ANNA);
    sessions.close(id);

    assertThat(sessions.of(id)).isEmpty();
  }

  @Test
  void areNoMoreThanAThousand() {
    String first = sessions.open(ANNA);
    String last = null;
    for (int i = 0; i < 1_000; i++) {
      last = sessions.open(ANNA);
    }

    assertThat(sessions.of(first)).isEmpty();
    assertThat(sessions.of(last)).isPresent();
  }

  @Test
  void noTwoShareASecret() {
    String one = sessions.open(ANNA);
    String other = sessions.open(ANNA);

    assertThat(one).hasSize(64).isNotEqualTo(other);
    assertThat(sessions.of(one).orElseThrow().form())
        .hasSize(64)
        .isNotEqualTo(sessions.of(other).orElseThrow().form());
  }
}
