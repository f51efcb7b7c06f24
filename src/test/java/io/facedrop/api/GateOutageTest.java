package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateOutageTest {
  private final GateTrial trial = GateTrial.proven();
  private final Gate gate = trial.gate;

  @Test
  void pausesAfterFailuresOfDifferentRowsInARow() {
    trial.send(1, GateTrial.code(500));
    trial.send(2, GateTrial.code(0));
    assertThat(gate.state().probing()).isFalse();

    trial.send(3, GateTrial.code(500));

    assertThat(gate.state().probing()).isTrue();
    assertThat(gate.tryAcquire().not()).isEqualTo(Signal.Request.CREATE);
    assertThat(trial.store.events().toString())
        .matches("\\[pausing for \\d{2,3} ms: outage, last seen: as told]");
  }

  @Test
  void countsARowOnce() {
    for (int attempt = 0; attempt < 10; attempt++) {
      trial.send(1, GateTrial.code(500));
    }

    assertThat(gate.state().probing()).isFalse();
  }

  @Test
  void startsCountingAgainAfterAnAnswer() {
    trial.send(1, GateTrial.code(500));
    trial.send(2, GateTrial.code(500));
    trial.send(3, Signal.ANSWERED);
    trial.send(4, GateTrial.code(500));
    trial.send(5, GateTrial.code(500));

    assertThat(gate.state()).isEqualTo(GateState.NEW.open());
  }

  @Test
  void answersToOneKindOfRequestDoNotHideAnOutageOfTheOther() {
    tripCreating();

    trial.send(200, GateTrial.result(Signal.ANSWERED));
    assertThat(gate.state().probing()).as("results say nothing of new tasks").isTrue();

    gate.report(trial.awaitFirst(Signal.Request.CREATE), 4, Signal.ANSWERED);
    assertThat(gate.state()).isEqualTo(GateState.NEW.open());
  }

  @Test
  void whatWorksGoesOnWhileTheOtherIsOut() {
    tripCreating();

    Permit[] results = {gate.tryAcquire(), gate.tryAcquire(), gate.tryAcquire()};

    assertThat(results)
        .allSatisfy(permit -> assertThat(permit.not()).isEqualTo(Signal.Request.CREATE));
    for (Permit permit : results) {
      gate.report(permit, 1, GateTrial.result(Signal.ANSWERED));
    }
    Permit probe = trial.awaitFirst(Signal.Request.CREATE);
    assertThat(probe.wantsFreshRow()).as("a row that may not be at fault").isTrue();
    assertThat(gate.tryAcquire().not()).as("one at a time").isEqualTo(Signal.Request.CREATE);
    gate.report(probe, 4, GateTrial.code(500));
    assertThat(gate.state().level()).isEqualTo(2);
    assertThat(trial.await().not()).isEqualTo(Signal.Request.CREATE);
  }

  @Test
  void probeThatFindsNothingToCreateOpensTheGate() {
    tripCreating();

    gate.report(trial.awaitFirst(Signal.Request.CREATE), 9, GateTrial.result(Signal.ANSWERED));

    assertThat(gate.state()).isEqualTo(GateState.NEW.open());
  }

  @Test
  void outageOfOneKindBecomesOneOfAll() {
    tripCreating();

    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      trial.send(row, GateTrial.result(GateTrial.code(500)));
    }

    assertThat(gate.tryAcquire()).isNull();
    assertThat(trial.await().first()).isNull();
    assertThat(gate.tryAcquire()).as("one at a time").isNull();
  }

  @Test
  void probesOneAtATimeWithGrowingPauses() {
    trip();
    Permit probe = trial.await();
    assertThat(probe.canary()).isFalse();
    assertThat(gate.tryAcquire()).isNull();

    gate.report(probe, 4, GateTrial.code(500));

    assertThat(gate.state().level()).isEqualTo(2);
    assertThat(gate.state().probing()).isTrue();
    assertThat(trial.store.events()).hasSize(2);
  }

  @Test
  void reopensWhenAProbeGetsAnAnswer() {
    trip();

    trial.send(4, Signal.ANSWERED);

    assertThat(gate.state()).isEqualTo(GateState.NEW.open());
    assertThat(gate.tryAcquire()).isNotNull();
    assertThat(gate.tryAcquire()).isNotNull();
    assertThat(trial.store.events()).last().isEqualTo("the API answers again, going on");
  }

  @Test
  void countsLateFailuresOnce() {
    Permit[] out = {
      gate.tryAcquire(), gate.tryAcquire(), gate.tryAcquire(), gate.tryAcquire(),
    };
    for (int row = 0; row < out.length; row++) {
      gate.report(out[row], row, GateTrial.code(500));
    }

    assertThat(gate.state().level()).isEqualTo(1);
  }

  @Test
  void goesOnProbingAfterARestart() {
    trip();

    GateTrial next = trial.restarted();

    assertThat(next.await()).isNotNull();
    assertThat(next.gate.tryAcquire()).isNull();
    assertThat(next.gate.state()).isEqualTo(gate.state());
  }

  @Test
  void staysProbingThroughARefusal() {
    trip();
    trial.send(4, GateTrial.code(429));

    Permit probe = trial.await();

    assertThat(probe).isNotNull();
    assertThat(gate.tryAcquire()).isNull();
    assertThat(gate.state().probing()).isTrue();
  }

  @Test
  void isProvenByCode500ButNotBySilence() {
    GateTrial fresh = GateTrial.unproven();
    fresh.send(1, GateTrial.code(0));
    assertThat(fresh.gate.state().proven()).isFalse();

    fresh.send(1, GateTrial.code(500));

    assertThat(fresh.gate.state().proven()).isTrue();
  }

  @Test
  void pausesNoLongerThanTheBackoffSays() {
    long start = System.nanoTime();
    trip();
    trial.await();

    assertThat(GateTrial.since(start)).isBetween(Duration.ofMillis(50), Duration.ofMillis(700));
  }

  private void trip() {
    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      trial.send(row, GateTrial.unreachable());
    }
    assertThat(gate.state().probing()).isTrue();
  }

  /** Creating tasks does not work while asking for results does. */
  private void tripCreating() {
    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      trial.send(100 + row, GateTrial.result(Signal.ANSWERED));
      trial.send(row, GateTrial.code(500));
    }
    assertThat(gate.state().probing()).isTrue();
  }
}
