package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateClosedException;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.GateState.Reach;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gates of three nodes that go by one state, in made-up time. */
class SharedGateTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final GateLimits LIMITS =
      new GateLimits(
          0,
          GateLimits.SHARED,
          4,
          GateTrial.TRIP_AFTER,
          Duration.ofMillis(200),
          Duration.ofHours(1),
          GateTrial.LIMITS.backoff());

  private final MadeUpTime time = new MadeUpTime();
  private final MemoryGateStore store = new MemoryGateStore();
  private final AtomicInteger asked = new AtomicInteger();
  private final NodeGateStore first = new NodeGateStore(store, true);
  private final NodeGateStore second = new NodeGateStore(store, false);
  private final Gate keeper = gate(first);
  private final Gate other = gate(second);
  private final Gate third = gate(new NodeGateStore(store, false));

  private Gate gate(NodeGateStore node) {
    return new Gate(
        LIMITS,
        node,
        () -> {
          asked.incrementAndGet();
          return OptionalDouble.of(0);
        },
        time.clock(),
        time::look,
        time.background());
  }

  @BeforeEach
  void prove() {
    send(keeper, 0, Signal.ANSWERED);
    pass(SOON);
  }

  private void pass(Duration duration) {
    time.pass(duration.toNanos());
  }

  private static void send(Gate gate, long row, Signal signal) {
    Permit permit = gate.tryAcquire();
    assertThat(permit).isNotNull();
    gate.report(permit, row, signal);
  }

  /** Waits for leave; null when none comes within a minute. */
  private Permit await(Gate gate) {
    for (int look = 0; look < 60_000; look++) {
      Permit permit = gate.tryAcquire();
      if (permit != null) {
        return permit;
      }
      time.pass(1_000_000);
    }
    return null;
  }

  @Test
  void untilTheAddressIsProvenOnlyTheKeeperLetsARowOut() {
    MemoryGateStore fresh = new MemoryGateStore();
    Gate one = gate(new NodeGateStore(fresh, false));
    Gate two = gate(new NodeGateStore(fresh, true));
    assertThat(one.tryAcquire()).isNull();

    send(two, 1, Signal.ANSWERED);
    pass(SOON);

    assertThat(one.tryAcquire()).isNotNull();
  }

  @Test
  void aPauseAtOneNodeHoldsUpAllWithinASecond() {
    send(other, 1, GateTrial.signal(429, "600"));
    pass(SOON);

    assertThat(third.tryAcquire()).isNull();
    assertThat(keeper.tryAcquire()).isNull();
    assertThat(third.state()).isEqualTo(other.state());
    assertThat(keeper.state().pause().cause()).isEqualTo("code 429: as told");
    assertThat(store.events()).hasSize(1);
  }

  @Test
  void whatWaitsToDepartElsewhereIsTurnedBackToo() {
    Permit waiting = third.tryAcquire();
    send(other, 1, GateTrial.signal(429, "600"));
    pass(SOON);

    assertThatThrownBy(() -> third.tryDepart(waiting, RequestKind.CREATE))
        .isInstanceOf(GateClosedException.class);
  }

  @Test
  void anAnswerToARequestThatLeftBeforeAPauseElsewhereDoesNotEndIt() {
    Permit early = third.tryAcquire();
    Permit late = third.tryAcquire();
    send(other, 1, GateTrial.signal(429, "600"));
    third.report(early, 2, Signal.ANSWERED);
    pass(SOON);
    third.report(late, 3, Signal.ANSWERED);
    pass(SOON);

    assertThat(third.state().pause().until()).isPositive();
    assertThat(store.load().at(0)).isEqualTo(third.state());
    assertThat(other.tryAcquire()).isNull();
  }

  @Test
  void refusalsOfRequestsThatLeftBeforeAPauseElsewhereAreNoFurtherOnes() {
    Permit early = third.tryAcquire();
    send(other, 1, GateTrial.code(429));
    pass(Duration.ofMillis(250));
    third.report(early, 2, GateTrial.code(429));
    pass(SOON);

    assertThat(keeper.state().pause().level()).isEqualTo(1);
  }

  @Test
  void refusalsAtOneNodeAndThenAtAnotherMakePausesGrow() {
    send(other, 1, GateTrial.code(429));
    pass(SOON);
    Permit next = await(third);
    third.report(next, 1, GateTrial.code(429));
    pass(Duration.ofMillis(300));

    assertThat(other.state().pause().level()).isEqualTo(2);
  }

  @Test
  void ofTwoPausesAtOnceTheLaterStands() {
    Permit permit = third.tryAcquire();
    send(other, 1, GateTrial.signal(429, "5"));
    third.report(permit, 2, GateTrial.code(429));
    long later = Math.max(other.state().pausedUntil(), third.state().pausedUntil());
    pass(SOON);

    assertThat(keeper.state().pausedUntil()).isEqualTo(later);
    assertThat(other.state()).isEqualTo(third.state()).isEqualTo(keeper.state());
  }

  @Test
  void aHaltStandsBesideAPauseOfTheSameMoment() {
    Permit permit = third.tryAcquire();
    send(other, 1, GateTrial.signal(429, "600"));
    third.report(permit, 2, GateTrial.code(401));
    pass(SOON);

    for (Gate gate : new Gate[] {keeper, other, third}) {
      assertThat(gate.state().halt().code()).isEqualTo(401);
      assertThat(gate.state().pause().until()).isPositive();
    }
  }

  @Test
  void oneCanaryLeavesForAllAndOpensTheGateForAll() {
    send(other, 1, GateTrial.code(401));
    pass(SOON);
    Permit canary = await(keeper);
    assertThat(canary.canary()).isTrue();
    pass(Duration.ofMinutes(1));
    assertThat(other.tryAcquire()).isNull();
    assertThat(third.tryAcquire()).isNull();

    keeper.report(canary, 2, Signal.ANSWERED);
    pass(SOON);

    assertThat(other.tryAcquire().canary()).isFalse();
    assertThat(third.tryAcquire().canary()).isFalse();
  }

  @Test
  void whoeverBecomesKeeperSendsTheNextCanary() {
    send(keeper, 1, GateTrial.code(401));
    pass(SOON);
    first.keeper(false);
    second.keeper(true);

    assertThat(keeper.tryAcquire()).isNull();
    assertThat(await(other).canary()).isTrue();
    assertThat(other.tryAcquire()).isNull();
  }

  @Test
  void newsFromOthersMakesNoSecondCanary() {
    send(other, 1, GateTrial.code(401));
    pass(SOON);
    Permit canary = await(keeper);
    third.probeNow();
    pass(SOON);

    assertThat(keeper.tryAcquire()).isNull();
    keeper.report(canary, 2, Signal.ANSWERED);
    pass(SOON);
    assertThat(third.state().isClosed()).isFalse();
  }

  @Test
  void onlyTheKeeperAsksForTheBalance() {
    send(other, 1, GateTrial.code(402));
    pass(SOON);
    for (int look = 0; look < 5; look++) {
      Permit query = await(third);
      third.report(query, 2, GateTrial.result(Signal.ANSWERED));
      pass(SOON);
    }
    assertThat(asked).hasValue(0);

    keeper.report(await(keeper), 2, GateTrial.result(Signal.ANSWERED));
    pass(SOON);

    assertThat(asked).hasValue(1);
  }

  @Test
  void oneProbeOfAnOutageLeavesForAll() {
    for (int row = 1; row <= GateTrial.TRIP_AFTER; row++) {
      send(other, row, GateTrial.unreachable());
    }
    pass(SOON);
    assertThat(third.state().outages()).containsOnlyKeys(Reach.ALL);
    assertThat(other.tryAcquire()).isNull();
    assertThat(third.tryAcquire()).isNull();
    Permit probe = await(keeper);
    assertThat(probe.probes()).containsExactly(Reach.ALL);
    assertThat(keeper.tryAcquire()).isNull();

    keeper.report(probe, 9, Signal.ANSWERED);
    pass(SOON);

    assertThat(other.tryAcquire()).isNotNull();
    assertThat(third.state().isClosed()).isFalse();
  }

  @Test
  void aResumeOpensAllWithinASecond() {
    send(other, 1, GateTrial.code(401));
    pass(SOON);

    store.resume();
    pass(SOON);

    for (Gate gate : new Gate[] {keeper, other, third}) {
      assertThat(gate.state().isClosed()).isFalse();
      assertThat(gate.tryAcquire().canary()).isFalse();
    }
  }

  @Test
  void aResumeStandsAgainstACanaryThatWasRefusedMeanwhile() {
    send(other, 1, GateTrial.code(401));
    pass(SOON);
    Permit canary = await(keeper);
    store.resume();
    keeper.report(canary, 2, GateTrial.code(401));
    pass(SOON);

    assertThat(keeper.state().halted()).isFalse();
    assertThat(store.load().halted()).isFalse();
  }

  @Test
  void whatClosesAfterAResumeStands() {
    send(other, 1, GateTrial.code(401));
    pass(SOON);
    Permit canary = await(keeper);
    store.resume();
    keeper.report(canary, 2, GateTrial.code(403));
    pass(SOON);

    assertThat(third.state().halt().code()).isEqualTo(403);
  }

  @Test
  void whoIsStartedHopesForACanaryAtOnceWhicheverNodeSendsIt() {
    send(other, 1, GateTrial.code(401));
    pass(Duration.ofMillis(50));
    third.probeNow();
    pass(Duration.ofMillis(1));
    other.probeNow();
    pass(Duration.ofMillis(210));

    assertThat(keeper.tryAcquire().canary()).isTrue();
  }
}
