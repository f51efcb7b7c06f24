package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class GatePauseTest {
  private final GateTrial trial = GateTrial.proven();
  private final Gate gate = trial.gate;

  @Test
  void pausesByTheBackoffAfter429WithoutATime() {
    long start = trial.now();
    trial.send(1, GateTrial.code(429));

    assertThat(gate.tryAcquire()).isNull();
    assertThat(trial.await()).isNotNull();
    assertThat(trial.since(start)).isBetween(Duration.ofMillis(50), Duration.ofMillis(450));
    assertThat(trial.events().toString()).matches("\\[pausing for 0\\.\\ds: code 429: as told]");
  }

  @Test
  void saysWhatToDoWhen429ComesAgainAndAgain() {
    for (int round = 1; round <= 5; round++) {
      trial.send(round, GateTrial.code(429));
      trial.send(round, Signal.ANSWERED);
      assertThat(trial.events())
          .last()
          .asString()
          .endsWith(
              round < 5
                  ? "s: code 429: as told"
                  : "s: code 429, 5 times within a minute: lower facedrop.api.rate, unless others use"
                      + " the key: as told");
    }

    trial.pass(Duration.ofMinutes(1));
    trial.send(6, GateTrial.code(429));
    assertThat(trial.events()).last().asString().endsWith("s: code 429: as told");
  }

  @Test
  void growsItsPausesUntilAnAnswerComes() {
    trial.send(1, GateTrial.code(429));
    trial.send(1, GateTrial.code(429));
    assertThat(trial.level()).isEqualTo(2);

    trial.send(1, Signal.ANSWERED);

    assertThat(gate.state()).isEqualTo(GateState.NEW.withProof());
  }

  @Test
  void pausesOfCreatesGrowAlthoughQueriesAreAnswered() {
    for (int round = 1; round <= 3; round++) {
      trial.send(round, GateTrial.code(429));
      assertThat(trial.level()).isEqualTo(round);
      trial.send(100 + round, GateTrial.result(Signal.ANSWERED));
    }
  }

  @Test
  void aHaltAfterAResumeThatWasNotSeenYetIsKept() {
    trial.send(1, GateTrial.code(429));
    Permit permit = trial.await();
    trial.resumeElsewhere();
    gate.report(permit, 1, GateTrial.code(401));

    assertThat(gate.state().halted()).isTrue();
    trial.awaitKept();
    assertThat(trial.store.load().at(0)).isEqualTo(gate.state());
    assertThat(gate.tryAcquire()).isNull();
  }

  @Test
  void boundsAnAbsurdRetryAfterByTheLongestPause() {
    long start = trial.now();
    trial.send(1, GateTrial.signal(429, "99999999999999999999"));

    assertThat(trial.await()).isNotNull();
    assertThat(trial.since(start)).isBetween(Duration.ofMillis(600), Duration.ofMillis(1200));
    assertThat(trial.events()).containsExactly("pausing for 0.6s: code 429: as told");
  }

  @Test
  void pausesForTheSecondsOfRetryAfter() {
    GateTrial patient =
        GateTrial.proven(
            new GateLimits(
                0,
                GateLimits.SHARED,
                4,
                3,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                GateTrial.LIMITS.backoff()));
    patient.send(1, GateTrial.signal(429, "1"));

    assertThat(patient.events()).containsExactly("pausing for 1s: code 429: as told");
    assertThat(patient.gate.state().pausedUntil() - patient.clock.millis()).isBetween(999L, 1000L);
  }

  @Test
  void pausesLongerForMaintenance() {
    trial.send(1, GateTrial.code(455));

    assertThat(trial.events().toString()).matches("\\[pausing for 0\\.[3-7]s: code 455: as told]");
  }

  @Test
  void countsLateRefusalsOnce() {
    Permit first = gate.tryAcquire();
    Permit second = gate.tryAcquire();
    Permit third = gate.tryAcquire();

    gate.report(first, 1, GateTrial.code(429));
    gate.report(second, 2, GateTrial.code(429));
    gate.report(third, 3, GateTrial.code(429));

    assertThat(trial.level()).isEqualTo(1);
    assertThat(trial.events()).hasSize(1);
  }

  @Test
  void letsALateRefusalAskForMoreTime() {
    Permit first = gate.tryAcquire();
    Permit second = gate.tryAcquire();
    long start = trial.now();

    gate.report(first, 1, GateTrial.code(429));
    gate.report(second, 2, GateTrial.signal(429, "1"));

    assertThat(trial.await()).isNotNull();
    assertThat(trial.since(start)).isBetween(Duration.ofMillis(600), Duration.ofMillis(1200));
    assertThat(trial.level()).isEqualTo(1);
  }

  @Test
  void staysPausedWhenALateAnswerIsASuccess() {
    Permit first = gate.tryAcquire();
    Permit second = gate.tryAcquire();

    gate.report(first, 1, GateTrial.signal(429, "1"));
    gate.report(second, 2, Signal.ANSWERED);

    assertThat(gate.tryAcquire()).isNull();
    assertThat(gate.state().pausedUntil()).isPositive();
  }

  @Test
  void aRefusalProvesTheAddress() {
    GateTrial fresh = GateTrial.unproven();

    fresh.send(1, GateTrial.code(429));

    assertThat(fresh.gate.state().proven()).isTrue();
  }

  @Test
  void outlivesARestart() {
    trial.send(1, GateTrial.signal(429, "1"));
    trial.awaitKept();
    long start = trial.now();

    GateTrial next = trial.restarted();

    assertThat(next.gate.state()).isEqualTo(gate.state());
    assertThat(next.gate.tryAcquire()).isNull();
    assertThat(next.await()).isNotNull();
    assertThat(trial.since(start)).isBetween(Duration.ofMillis(400), Duration.ofMillis(1200));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 402})
  void doesNotOutliveAClockThatWasSetBack(int code) {
    Duration half = Duration.ofMinutes(30);
    GateLimits patient =
        new GateLimits(
            0, GateLimits.SHARED, 4, 3, Duration.ofMinutes(5), half, GateTrial.LIMITS.backoff());
    GateTrial before = GateTrial.proven(patient);
    before.send(1, GateTrial.signal(code, "60"));

    before.awaitKept();
    GateTrial next = before.restarted(patient, Duration.ofHours(1));

    long start = next.now();
    assertThat(next.await()).isNotNull();
    assertThat(next.since(start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void goesOnWhileItsStoreIsBroken() {
    trial.store.breakDown(true);
    trial.send(1, GateTrial.signal(429, "1"));

    assertThat(trial.await()).isNotNull();
    assertThat(trial.store.events()).isEmpty();

    trial.store.breakDown(false);
    assertThat(trial.events()).as("kept once that can be").hasSize(1);
  }
}
