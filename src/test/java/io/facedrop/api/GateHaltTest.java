package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class GateHaltTest {
  private static final Duration HALF = Duration.ofMillis(100);

  private final GateTrial trial = GateTrial.proven();
  private final Gate gate = trial.gate;

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 505})
  void haltsAndSaysWhatToDo(int code) {
    trial.send(1, GateTrial.code(code));

    Permit permit = gate.tryAcquire();
    assertThat(permit != null && permit.creates()).isFalse();
    assertThat(gate.state().halt().code()).isEqualTo(code);
    assertThat(gate.state().halt().message()).isEqualTo("as told");
    assertThat(gate.refused()).isTrue();
    assertThat(trial.events())
        .containsExactly(
            "halted by code "
                + code
                + " (as told): "
                + HaltAdvice.of(code)
                + HaltAdvice.then(code));
  }

  @Test
  void sendsOneCanaryEachProbeInterval() {
    trial.send(1, GateTrial.code(401));
    long start = trial.now();

    Permit canary = trial.await();
    assertThat(canary.canary()).isTrue();
    assertThat(trial.since(start)).isBetween(HALF, Duration.ofSeconds(1));
    gate.report(canary, 1, GateTrial.code(401));
    long refusedAgain = trial.now();

    assertThat(trial.await().canary()).isTrue();
    assertThat(trial.since(refusedAgain)).isGreaterThan(HALF);
    assertThat(trial.events()).hasSize(1);
  }

  @Test
  void letsNobodyBesideTheCanary() {
    trial.send(1, GateTrial.code(401));
    Permit canary = trial.await();

    trial.nobodyFor(Duration.ofMinutes(1));

    gate.report(canary, 1, Signal.ANSWERED);
    assertThat(gate.tryAcquire().canary()).isFalse();
  }

  @Test
  void reopensWhenTheCanaryGetsThrough() {
    trial.send(1, GateTrial.code(505));

    trial.send(2, Signal.ANSWERED);

    assertThat(gate.state()).isEqualTo(GateState.NEW.withProof());
    assertThat(gate.tryAcquire()).isNotNull();
    assertThat(gate.tryAcquire()).isNotNull();
    assertThat(trial.events()).last().isEqualTo("the API answers again, going on");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 455, 500})
  void waitsForTheNextProbeWhenTheCanaryIsTurnedAway(int code) {
    trial.send(1, GateTrial.code(401));
    trial.send(2, GateTrial.code(code));
    long turnedAway = trial.now();

    assertThat(trial.await().canary()).isTrue();

    assertThat(trial.since(turnedAway)).isGreaterThan(HALF);
    assertThat(gate.state().halt().code()).isEqualTo(401);
  }

  @Test
  void letsTheCanaryWaitAsLongAsItsRefusalAsks() {
    trial.send(1, GateTrial.code(401));
    trial.send(2, GateTrial.signal(429, "1"));
    long turnedAway = trial.now();

    trial.await();

    assertThat(trial.since(turnedAway)).isGreaterThan(Duration.ofMillis(500));
  }

  @Test
  void pacesCanariesToo() {
    long interval = TimeUnit.MILLISECONDS.toNanos(700);
    GateTrial slow = GateTrial.proven(GateTrial.limits(interval, 4));
    Permit sent = slow.send(1, GateTrial.code(401));

    Permit canary = slow.await();

    assertThat(canary.canary()).isTrue();
    assertThat(canary.issuedNanos() - sent.issuedNanos())
        .isGreaterThanOrEqualTo(interval - TimeUnit.MILLISECONDS.toNanos(20));
  }

  @Test
  void probesAtOnceWhenTold() {
    GateTrial slow =
        GateTrial.proven(
            new GateLimits(
                0,
                GateLimits.SHARED,
                4,
                3,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                GateTrial.LIMITS.backoff()));
    slow.send(1, GateTrial.code(401));
    slow.gate.probeNow();

    assertThat(slow.gate.tryAcquire().canary()).isTrue();
  }

  @Test
  void asksForCreditsBeforeTheCanaryOf402() {
    AtomicBoolean credits = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    GateTrial poor =
        GateTrial.proven(
            GateTrial.LIMITS,
            () -> {
              asked.incrementAndGet();
              return OptionalDouble.of(credits.get() ? 1 : 0);
            });
    poor.send(1, GateTrial.code(402));

    while (asked.get() < 2) {
      Permit permit = poor.await();
      assertThat(permit.creates()).isFalse();
      poor.giveBack(permit);
    }

    credits.set(true);
    assertThat(poor.awaitFirst(RequestKind.CREATE).canary()).isTrue();
    assertThat(asked).hasValue(3);
  }

  @Test
  void takesCreditsThatCannotBeAskedForAsNone() {
    AtomicInteger asked = new AtomicInteger();
    GateTrial poor =
        GateTrial.proven(
            GateTrial.LIMITS,
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("no balance");
              }
              return OptionalDouble.of(1);
            });
    poor.send(1, GateTrial.code(402));

    assertThat(poor.awaitFirst(RequestKind.CREATE).canary()).isTrue();
    assertThat(asked).hasValue(2);
  }

  @Test
  void doesNotAskForCreditsAfter401() {
    GateTrial rich =
        GateTrial.proven(
            GateTrial.LIMITS,
            () -> {
              throw new AssertionError("asked");
            });
    rich.send(1, GateTrial.code(401));

    assertThat(rich.await().canary()).isTrue();
  }

  @Test
  void haltsAfterThree404InARowWhileUnproven() {
    GateTrial fresh = GateTrial.unproven();
    fresh.send(1, GateTrial.code(404));
    fresh.send(2, GateTrial.code(404));
    assertThat(fresh.gate.state().halted()).isFalse();

    fresh.send(3, GateTrial.code(404));

    assertThat(fresh.gate.state().halt().code()).isEqualTo(404);
    assertThat(fresh.gate.state().proven()).isFalse();
    assertThat(fresh.events())
        .containsExactly(
            "halted by code 404 (as told): the address answers 404 to everything: correct"
                + " facedrop.api.base-url, then restart facedrop");
  }

  @Test
  void letsOneAtATimeOutUntilProven() {
    GateTrial fresh = GateTrial.unproven();
    Permit only = fresh.gate.tryAcquire();
    assertThat(only).isNotNull();
    assertThat(fresh.gate.tryAcquire()).isNull();

    fresh.gate.report(only, 1, GateTrial.code(422));

    assertThat(fresh.gate.tryAcquire()).isNotNull();
    assertThat(fresh.gate.tryAcquire()).isNotNull();
  }

  @Test
  void takes404AsAnAnswerOnceProven() {
    for (int row = 0; row < 5; row++) {
      trial.send(row, GateTrial.code(404));
    }

    assertThat(gate.state()).isEqualTo(GateState.NEW.withProof());
  }

  @Test
  void staysHaltedBy404UntilACanaryHearsAnythingElse() {
    GateTrial fresh = GateTrial.unproven();
    for (int row = 0; row < 4; row++) {
      fresh.send(row, GateTrial.code(404));
    }
    assertThat(fresh.gate.state().halt().code()).isEqualTo(404);

    fresh.send(5, Signal.ANSWERED);

    assertThat(fresh.gate.state()).isEqualTo(GateState.NEW.withProof());
  }

  @Test
  void outlivesARestart() {
    trial.send(1, GateTrial.code(401));
    trial.awaitKept();

    GateTrial next = trial.restarted();

    assertThat(next.gate.state()).isEqualTo(gate.state());
    assertThat(next.gate.tryAcquire()).isNull();
    assertThat(next.gate.refused()).isFalse();
    assertThat(next.await().canary()).isTrue();
  }

  @Test
  void takesOverAResumeWithinASecond() {
    GateTrial slow =
        GateTrial.proven(
            new GateLimits(
                0,
                GateLimits.SHARED,
                4,
                3,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                GateTrial.LIMITS.backoff()));
    slow.send(1, GateTrial.code(401));
    slow.nobodyFor(Duration.ofSeconds(10));
    long start = slow.now();

    slow.resumeElsewhere();

    assertThat(slow.await().canary()).isFalse();
    assertThat(slow.since(start)).isLessThan(Duration.ofSeconds(1));
    assertThat(slow.gate.state().halted()).isFalse();
  }

  @Test
  void noCanaryFindsOutThatLostCommitsAreBack() {
    trial.awaitKept();
    trial.store.loseCommits();
    GateTrial halted = trial.restarted();
    halted.gate.probeNow();

    halted.nobodyFor(Duration.ofHours(1));
    halted.resumeElsewhere();

    assertThat(halted.await().canary()).isFalse();
  }

  @Test
  void keepsWaitingWhileItsStoreIsBroken() {
    trial.send(1, GateTrial.code(401));
    trial.store.breakDown(true);

    assertThat(trial.await().canary()).isTrue();
  }

  @Test
  void letsWaitingThreadsOutWhenItCloses() {
    GateTrial halted = GateTrial.ofThreads(GateTrial.LIMITS);
    halted.send(1, GateTrial.code(401));
    Permit canary = halted.await();
    CompletableFuture<Permit> first = halted.awaiting();
    CompletableFuture<Permit> second = halted.awaiting();

    halted.gate.close();

    assertThat(first.join()).isNull();
    assertThat(second.join()).isNull();
    halted.gate.report(canary, 1, Signal.UNUSED);
  }

  @Test
  void hearsAResumeWhileTheAccountIsAsked() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    GateTrial poor =
        GateTrial.ofThreads(
            GateTrial.LIMITS,
            () -> {
              asked.countDown();
              try {
                end.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return OptionalDouble.empty();
            });
    poor.send(1, GateTrial.code(402));
    assertThat(poor.await().creates()).as("asks, and waits for the interval first").isFalse();
    Awaitility.await()
        .until(
            () -> {
              Permit permit = poor.await();
              poor.gate.report(permit, 0, Signal.UNUSED);
              return asked.getCount() == 0;
            });
    poor.resumeElsewhere();

    Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> !poor.gate.state().isClosed());
    assertThat(poor.await().creates()).isTrue();
    end.countDown();
  }

  @Test
  void afterCode402ResultsAreStillAskedFor() {
    GateTrial poor = GateTrial.proven(GateTrial.LIMITS, () -> OptionalDouble.of(0));
    poor.send(1, GateTrial.code(402));

    for (int query = 0; query < 20; query++) {
      Permit permit = poor.await();
      assertThat(permit.creates()).isFalse();
      poor.gate.report(permit, query, GateTrial.result(Signal.ANSWERED));
    }
    assertThat(poor.gate.refused()).isTrue();
  }

  @Test
  void code402ForAQueryHaltsAll() {
    trial.send(1, GateTrial.result(GateTrial.code(402)));

    assertThat(gate.tryAcquire()).isNull();
  }

  @Test
  void anOpeningThatCannotBeKeptIsKeptLater() {
    trial.send(1, GateTrial.code(401));
    trial.awaitKept();
    Permit canary = trial.await();
    trial.store.breakDown(true);
    gate.report(canary, 2, Signal.ANSWERED);
    trial.pass(Duration.ofMinutes(1));
    assertThat(gate.state().halted()).isFalse();
    trial.store.breakDown(false);

    trial.awaitKept();

    assertThat(trial.store.load().halted()).isFalse();
  }

  @Test
  void aStoreThatIsSlowHoldsUpNothing() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    MemoryGateStore slow =
        new MemoryGateStore() {
          @Override
          public boolean save(GateState next, String event) {
            try {
              end.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.save(next, event);
          }
        };
    GateTrial held = GateTrial.ofThreads(GateTrial.LIMITS, slow, OptionalDouble::empty);

    for (int row = 0; row < 20; row++) {
      held.send(row, Signal.ANSWERED);
    }

    assertThat(slow.load().proven()).isFalse();
    end.countDown();
    held.awaitKept();
    assertThat(slow.load().proven()).isTrue();
  }
}
