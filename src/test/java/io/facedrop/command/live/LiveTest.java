package io.facedrop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(written, true, StandardCharsets.UTF_8);

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void whatIsLoggedStandsAboveTheLineUntilItIsClosed() {
    Tallied start = new Tallied(40, 0, 0, 0, 0, 0, 0, 1);
    try (Progress live =
        new Progress.Live(terminal, StandardCharsets.UTF_8, new RowPace(start, System::nanoTime))) {
      live.show(moment(10));
      System.err.println("a line of the log é");
      live.show(moment(40));
    }

    assertThat(System.err).isSameAs(terminal);
    String[] lines = written.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertThat(lines[0]).endsWith("\ra line of the log é");
    assertThat(lines).hasSize(3);
    // The cursor waits at the line's start, where the ^C of a terminal breaks nothing.
    assertThat(lines[1]).endsWith("\r");
    String[] drawn = lines[1].split("\r");
    assertThat(drawn[drawn.length - 1]).startsWith("[===").contains("] 100%  40/40 rows");
    assertThat(lines[2]).isEmpty();
  }

  private static Moment moment(long succeeded) {
    return new Moment(
        Instant.EPOCH,
        new Tallied(40, succeeded, 0, 0, 0, 0, 0, 1),
        false,
        Hindrance.NONE,
        "",
        speed -> Optional.of(Duration.ofSeconds(3)));
  }
}
