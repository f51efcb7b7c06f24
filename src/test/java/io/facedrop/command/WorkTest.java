package io.facedrop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.GateState;
import io.facedrop.command.live.Hindrance;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkTest {
  private static final GateState PAUSED =
      GateState.NEW.with(new GateState.Pause(2_000, "code 429: slower", 1));
  private static final GateState OUT =
      GateState.NEW.with(
          GateState.Reach.ALL,
          new GateState.Outage("outage, last seen: refused", false, 1, 2_000, 0));

  @Test
  void anOpenGateHindersNothing() {
    assertThat(Work.hindrance(GateState.NEW, "", 1_000, "")).isEqualTo(Hindrance.NONE);
    assertThat(Work.hindrance(PAUSED, "", 2_000, "")).as("over").isEqualTo(Hindrance.NONE);
  }

  @Test
  void aPauseHasAnEnd() {
    assertThat(Work.hindrance(PAUSED, "", 1_999, ""))
        .isEqualTo(new Hindrance("paused", "code 429: slower", Instant.ofEpochMilli(2_000)));
  }

  @Test
  void anOutageLastsWhileARequestFindsOut() {
    assertThat(Work.hindrance(OUT, "", 1_000, "").until()).isEqualTo(Instant.ofEpochMilli(2_000));
    assertThat(Work.hindrance(OUT, "", 2_000, ""))
        .isEqualTo(new Hindrance("paused", "outage, last seen: refused", null));
  }

  @Test
  void whatIsSuspendedIsToldBeforeAPause() {
    assertThat(Work.hindrance(PAUSED, "the disk is full", 1_000, ""))
        .isEqualTo(new Hindrance("suspended", "the disk is full", null));
  }

  @Test
  void anOutputThatCannotBeWrittenIsWaitedForWhenAllRowsHaveEnded() {
    assertThat(Work.hindrance(GateState.NEW, "", 1_000, "output success cannot be written, x"))
        .isEqualTo(new Hindrance("waiting", "output success cannot be written, x", null));
  }
}
