package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateState.Reach;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateOutageTest {
  private final GateTrial trial = GateTrial.proven();
  private final Gate gate = trial.gate;

  @Test
  void pausesAfterFailuresOfDifferentRowsInARow() {
    trial.send(1, GateTrial.code(500));
    trial.send(2, GateTrial.code(500));
    assertThat(gate.state().isClosed()).isFalse();

    trial.send(3, GateTrial.code(500));

    assertThat(gate.state().outages()).containsOnlyKeys(Reach.CREATE);
    assertThat(gate.tryAcquire().creates()).isFalse();
    assertThat(trial.events().toString())
        .matches("\\[pausing for 0\\.\\ds: outage of creates, last seen: as told]");
  }

  @Test
  void countsARowOnce() {
    for (int attempt = 0; attempt < 10; attempt++) {
      trial.send(1, GateTrial.code(500));
    }

    assertThat(gate.state().isClosed()).isFalse();
  }

  @Test
  void rowsThatHaveFailedBeforeAreNoOutage() {
    for (int row = 0; row < 20; row++) {
      trial.send(row, GateTrial.again(GateTrial.code(500)));
    }

    assertThat(gate.state().isClosed()).isFalse();
  }

  @Test
  void startsCountingAgainAfterAnAnswer() {
    trial.send(1, GateTrial.code(500));
    trial.send(2, GateTrial.code(500));
    trial.send(3, Signal.ANSWERED);
    trial.send(4, GateTrial.code(500));
    trial.send(5, GateTrial.code(500));

    assertThat(gate.state().isClosed()).isFalse();
  }

  @Test
  void answersToOneKindOfRequestDoNotHideAnOutageOfTheOther() {
    tripCreating();

    trial.send(200, GateTrial.result(Signal.ANSWERED));
    assertThat(gate.state().isClosed()).as("results say nothing of new tasks").isTrue();

    gate.report(trial.awaitFirst(RequestKind.CREATE), 4, Signal.ANSWERED);
    assertThat(gate.state().isClosed()).isFalse();
  }

  @Test
  void whatWorksGoesOnWhileTheOtherIsOut() {
    tripCreating();

    Permit[] results = {gate.tryAcquire(), gate.tryAcquire(), gate.tryAcquire()};

    assertThat(results).allSatisfy(permit -> assertThat(permit.creates()).isFalse());
    for (Permit permit : results) {
      gate.report(permit, 1, GateTrial.result(Signal.ANSWERED));
    }
    Permit probe = trial.awaitFirst(RequestKind.CREATE);
    assertThat(probe.wantsFreshRow()).as("a row that may not be at fault").isTrue();
    assertThat(gate.tryAcquire().creates()).as("one at a time").isFalse();
    gate.report(probe, 4, GateTrial.code(500));
    assertThat(trial.level(Reach.CREATE)).isEqualTo(2);
    assertThat(trial.await().creates()).isFalse();
  }

  @Test
  void probeThatFindsNothingToCreateLeavesTheOutageAsItWas() {
    tripCreating();

    gate.report(trial.awaitFirst(RequestKind.CREATE), 9, GateTrial.result(Signal.ANSWERED));

    assertThat(trial.level(Reach.CREATE)).isEqualTo(1);
    assertThat(gate.tryAcquire().first()).as("the next probe").isEqualTo(RequestKind.CREATE);
  }

  @Test
  void bothKindsCanBeOut() {
    tripCreating();

    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      trial.send(row, GateTrial.result(GateTrial.code(500)));
    }

    assertThat(gate.tryAcquire()).isNull();
    assertThat(gate.state().outages()).containsOnlyKeys(Reach.CREATE, Reach.QUERY);
    gate.report(trial.awaitFirst(RequestKind.CREATE), 8, Signal.ANSWERED);
    gate.report(trial.awaitFirst(RequestKind.QUERY), 8, GateTrial.result(Signal.ANSWERED));
    assertThat(gate.state().isClosed()).isFalse();
  }

  @Test
  void probesOneAtATimeWithGrowingPauses() {
    trip();
    Permit probe = trial.await();
    assertThat(probe.canary()).isFalse();
    assertThat(gate.tryAcquire()).isNull();

    gate.report(probe, 4, GateTrial.unreachable());

    assertThat(trial.level(Reach.ALL)).isEqualTo(2);
    assertThat(trial.events()).hasSize(2);
  }

  @Test
  void aProbeThatFailedBeforeDoesNotLengthenThePause() {
    tripCreating();

    Permit probe = trial.awaitFirst(RequestKind.CREATE);
    gate.report(probe, 1, GateTrial.again(GateTrial.code(500)));

    assertThat(trial.level(Reach.CREATE)).isEqualTo(1);
  }

  @Test
  void reopensWhenAProbeGetsAnAnswer() {
    trip();

    trial.send(4, Signal.ANSWERED);

    assertThat(gate.state().isClosed()).isFalse();
    assertThat(gate.tryAcquire()).isNotNull();
    assertThat(gate.tryAcquire()).isNotNull();
    assertThat(trial.events()).last().isEqualTo("the API answers again, going on");
  }

  @Test
  void saysWhichOfTwoOutagesIsOver() {
    tripCreating();
    for (int row = 11; row <= 13; row++) {
      trial.send(row, GateTrial.result(GateTrial.code(500)));
    }
    assertThat(trial.events())
        .last()
        .asString()
        .matches("pausing for 0\\.\\ds: outage of queries, last seen: as told");

    gate.report(trial.awaitFirst(RequestKind.CREATE), 4, Signal.ANSWERED);
    assertThat(trial.events())
        .last()
        .isEqualTo("the API answers creates again; the gate is not open for all yet");

    gate.report(trial.awaitFirst(RequestKind.QUERY), 14, GateTrial.result(Signal.ANSWERED));
    assertThat(trial.events()).last().isEqualTo("the API answers again, going on");
  }

  @Test
  void aStepThatFailsIsNotCalledAnOutage() {
    String words = Signal.STEP_FAILED + "no such bean";
    for (int row = 1; row <= 3; row++) {
      trial.send(row, Signal.of(Signal.Kind.UNREACHABLE, 0, words));
    }

    assertThat(trial.events()).last().asString().endsWith("s: " + words);
    trial.send(4, Signal.ANSWERED);
    assertThat(trial.events()).last().isEqualTo("the steps of the route work again, going on");
  }

  @Test
  void countsLateFailuresOnce() {
    Permit[] out = {
      gate.tryAcquire(), gate.tryAcquire(), gate.tryAcquire(), gate.tryAcquire(),
    };
    for (int row = 0; row < out.length; row++) {
      gate.report(out[row], row, GateTrial.code(500));
    }

    assertThat(trial.level(Reach.CREATE)).isEqualTo(1);
  }

  @Test
  void oneFailedQueryAfterANetworkOutageIsNoOutage() {
    trip();
    trial.send(4, Signal.ANSWERED);

    trial.send(5, GateTrial.result(GateTrial.code(500)));

    assertThat(gate.state().isClosed()).isFalse();
  }

  @Test
  void goesOnProbingAfterARestart() {
    trip();
    trial.awaitKept();

    GateTrial next = trial.restarted();

    assertThat(next.gate.state()).isEqualTo(gate.state());
    assertThat(next.await()).isNotNull();
    assertThat(next.gate.tryAcquire()).isNull();
  }

  @Test
  void staysProbingThroughARefusal() {
    trip();
    trial.send(4, GateTrial.code(429));

    Permit probe = trial.await();

    assertThat(probe).isNotNull();
    assertThat(gate.tryAcquire()).isNull();
    assertThat(gate.state().outages()).containsOnlyKeys(Reach.ALL);
  }

  @Test
  void aLateRetryAfterHoldsTheOtherKindToo() {
    Permit early = gate.tryAcquire();
    tripCreating();

    gate.report(early, 9, GateTrial.signal(429, "1"));

    assertThat(gate.tryAcquire()).isNull();
    assertThat(gate.state().pause().until()).isPositive();
  }

  @Test
  void isProvenByCode500ButNotBySilenceNorByWhatNobodyCanRead() {
    GateTrial fresh = GateTrial.unproven();
    fresh.send(1, GateTrial.code(0));
    assertThat(fresh.gate.state().proven()).isFalse();

    fresh.send(1, GateTrial.code(500));

    assertThat(fresh.gate.state().proven()).isTrue();
  }

  @Test
  void pausesNoLongerThanTheBackoffSays() {
    long start = trial.now();
    trip();
    trial.await();

    assertThat(trial.since(start)).isBetween(Duration.ofMillis(50), Duration.ofMillis(700));
  }

  @Test
  void asksTheAccountBeforeARowGoesThatMayBeLost() {
    AtomicReference<OptionalDouble> balance = new AtomicReference<>(OptionalDouble.empty());
    AtomicInteger asked = new AtomicInteger();
    GateTrial doubtful = doubtful(balance, asked);

    while (asked.get() < 3) {
      Permit permit = doubtful.await();
      assertThat(permit.creates()).isFalse();
      doubtful.giveBack(permit);
    }
    assertThat(doubtful.level(Reach.CREATE)).as("pauses grow").isGreaterThan(2);

    balance.set(OptionalDouble.of(0));
    assertThat(probe(doubtful).creates()).as("it was read, whatever it is").isTrue();
  }

  @Test
  void afterALostRowTheNextWaitsTenTimesLonger() {
    GateTrial doubtful = doubtful(new AtomicReference<>(OptionalDouble.of(1)), new AtomicInteger());
    gateReports(doubtful, probe(doubtful), GateTrial.code(0));
    assertThat(outage(doubtful).rowWait()).isEqualTo(1_000);

    gateReports(doubtful, probe(doubtful), GateTrial.code(0));

    assertThat(outage(doubtful).rowWait()).isEqualTo(10_000);
    assertThat(doubtful.events())
        .last()
        .asString()
        .isEqualTo(
            "pausing for 10s: outage of creates, last seen: as told; then one more row tries, or resume"
                + " at once");
    doubtful.awaitKept();
    assertThat(doubtful.restarted().gate.state().outages().get(Reach.CREATE).rowWait())
        .isEqualTo(10_000);
  }

  @Test
  void queriesGoOnWhileOnlyCreatingIsInDoubt() {
    GateTrial doubtful =
        doubtful(new AtomicReference<>(OptionalDouble.empty()), new AtomicInteger());

    for (int query = 0; query < 100; query++) {
      Permit permit = doubtful.await();
      assertThat(permit.creates()).isFalse();
      doubtful.gate.report(permit, query, GateTrial.result(Signal.ANSWERED));
    }
  }

  @Test
  void hearsAResumeInAnOutageOfOneKindWithoutARate() {
    GateTrial doubtful =
        doubtful(new AtomicReference<>(OptionalDouble.empty()), new AtomicInteger());
    long start = doubtful.now();
    doubtful.resumeElsewhere();

    Permit permit = doubtful.await();
    while (!permit.creates()) {
      doubtful.pass(Duration.ofMillis(1));
      doubtful.gate.report(permit, 1, GateTrial.result(Signal.ANSWERED));
      permit = doubtful.await();
    }
    assertThat(doubtful.since(start)).isLessThan(Duration.ofSeconds(1));
  }

  private static GateTrial doubtful(AtomicReference<OptionalDouble> balance, AtomicInteger asked) {
    GateTrial trial =
        GateTrial.proven(
            GateTrial.LIMITS,
            () -> {
              asked.incrementAndGet();
              return balance.get();
            });
    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      trial.send(row, GateTrial.code(0));
    }
    assertThat(outage(trial).doubtful()).isTrue();
    return trial;
  }

  private static GateState.Outage outage(GateTrial trial) {
    return trial.gate.state().outages().get(Reach.CREATE);
  }

  private static Permit probe(GateTrial trial) {
    return trial.awaitFirst(RequestKind.CREATE);
  }

  private static void gateReports(GateTrial trial, Permit permit, Signal signal) {
    trial.gate.report(permit, permit.issuedNanos(), signal);
  }

  private void trip() {
    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      trial.send(row, GateTrial.unreachable());
    }
    assertThat(gate.state().outages()).containsOnlyKeys(Reach.ALL);
  }

  /** Creating tasks does not work while asking for results does. */
  private void tripCreating() {
    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      trial.send(100 + row, GateTrial.result(Signal.ANSWERED));
      trial.send(row, GateTrial.code(500));
    }
    assertThat(gate.state().outages()).containsOnlyKeys(Reach.CREATE);
  }
}
