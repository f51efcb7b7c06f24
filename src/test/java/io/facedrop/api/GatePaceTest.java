package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GatePaceTest {
  private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int THREADS = 4;

  @Test
  void leavesEvenlyAndReachesItsRateAt100PerSecond() {
    paceHolds(100);
  }

  @Test
  void leavesEvenlyAndReachesItsRateAt2000PerSecond() {
    paceHolds(2000);
  }

  @Test
  void doesNotCatchUpAfterAnIdleTime() {
    long interval = TimeUnit.MILLISECONDS.toNanos(100);
    Pacer pacer = new Pacer(interval);
    long now = System.nanoTime() + 50 * interval;

    pacer.take(now);

    assertThat(pacer.waitNanos(now)).isEqualTo(interval - SLACK_NANOS);
    pacer.take(now + interval - SLACK_NANOS);
    assertThat(pacer.waitNanos(now + interval - SLACK_NANOS)).isEqualTo(interval);
  }

  @Test
  void makesUpForALateWakeUpBy20Ms() {
    long interval = TimeUnit.MILLISECONDS.toNanos(1);
    Pacer pacer = new Pacer(interval);
    long now = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);

    int burst = 0;
    while (pacer.waitNanos(now) <= 0) {
      pacer.take(now);
      burst++;
    }

    assertThat(burst).isEqualTo(21);
  }

  /** Each row's claim takes as long as it likes, within the time of three slots. */
  @Test
  void noSecondHasMoreDeparturesThanItsShareHoweverLongClaimsTake() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long interval = TimeUnit.MILLISECONDS.toNanos(20);
    Pacer pacer = new Pacer(interval);
    long now = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    PriorityQueue<Long> claimed = new PriorityQueue<>();
    List<Long> departures = new ArrayList<>();
    for (long end = now + TimeUnit.SECONDS.toNanos(60); now < end; now += 100_000) {
      while (!claimed.isEmpty() && claimed.peek() <= now) {
        departures.add(claimed.remove());
        pacer.leave(departures.get(departures.size() - 1));
      }
      if (pacer.waitNanos(now) <= 0) {
        pacer.take(now);
        claimed.add(now + (long) (random.nextDouble() * 3 * interval));
      }
    }

    for (int first = 0; first + 50 < departures.size(); first++) {
      assertThat(departures.get(first + 50) - departures.get(first))
          .as("request %s and the 50th after it, seed %s", first, seed)
          .isGreaterThan(TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(departures).hasSizeGreaterThan(60 * 45);
  }

  @Test
  void whatIsGivenBackDoesNotCountAsADeparture() {
    long interval = TimeUnit.MILLISECONDS.toNanos(500);
    Pacer pacer = new Pacer(interval);
    long now = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    for (int row = 0; row < 5; row++) {
      pacer.take(now);
      pacer.giveBack(now);
      assertThat(pacer.waitNanos(now)).isLessThanOrEqualTo(0);
    }

    pacer.take(now);
    pacer.leave(now + interval);

    assertThat(pacer.waitNanos(now + interval)).isLessThanOrEqualTo(0);
    pacer.take(now + interval);
    assertThat(pacer.waitNanos(now + 2 * interval))
        .as("a second and its 4 ms after the late departure")
        .isEqualTo(interval + TimeUnit.MILLISECONDS.toNanos(4));
  }

  @Test
  void neverWaitsWithoutALimit() {
    Pacer pacer = new Pacer(0);
    long now = System.nanoTime() + 1;

    for (int request = 0; request < 1000; request++) {
      pacer.take(now);
      assertThat(pacer.waitNanos(now)).isLessThanOrEqualTo(0);
    }
  }

  @Test
  void givesBackTheSlotOfARequestThatNeverLeft() {
    GateTrial trial = GateTrial.proven(GateTrial.limits(TimeUnit.MINUTES.toNanos(1), 4));
    GateTrial other =
        new GateTrial(GateTrial.limits(TimeUnit.MINUTES.toNanos(1), 4), trial.store, () -> true);

    Permit permit = other.gate.tryAcquire();
    assertThat(permit).isNotNull();
    assertThat(other.gate.tryAcquire()).isNull();
    other.gate.report(permit, 1, Signal.UNUSED);

    assertThat(other.gate.tryAcquire()).isNotNull();
    assertThat(other.gate.tryAcquire()).isNull();
  }

  @Test
  void aSlotGivenBackLateMakesNoBurst() {
    long interval = TimeUnit.MILLISECONDS.toNanos(200);
    GateTrial trial = GateTrial.proven(GateTrial.limits(interval, 4));
    Permit unused = trial.await();
    Permit used = trial.await();

    trial.gate.report(unused, 1, Signal.UNUSED);
    Permit next = trial.await();

    assertThat(next.issuedNanos() - used.issuedNanos())
        .isGreaterThanOrEqualTo(interval - SLACK_NANOS);
  }

  @Test
  void keepsToItsConcurrency() {
    GateTrial trial = GateTrial.proven();
    List<Permit> out = new ArrayList<>();
    for (int request = 0; request < 4; request++) {
      out.add(trial.gate.tryAcquire());
    }
    assertThat(out).doesNotContainNull();
    assertThat(trial.gate.tryAcquire()).isNull();
    CompletableFuture<Permit> fifth = trial.awaiting();
    assertThat(fifth).isNotDone();

    trial.gate.report(out.get(0), 1, Signal.ANSWERED);

    assertThat(fifth.join()).isNotNull();
    assertThat(trial.gate.tryAcquire()).isNull();
  }

  @Test
  void letsEveryWaitingThreadOutWhenItCloses() {
    GateTrial trial = GateTrial.proven(GateTrial.limits(TimeUnit.MINUTES.toNanos(1), 4));
    List<CompletableFuture<Permit>> waiting = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      waiting.add(trial.awaiting());
    }

    trial.gate.close();

    Awaitility.await().until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
    assertThat(waiting).allSatisfy(permit -> assertThat(permit.join()).isNull());
    assertThat(trial.gate.tryAcquire()).isNull();
    assertThat(trial.await()).isNull();
  }

  /** Evenness holds in every run; the machine may be too busy for the full rate in some. */
  private static void paceHolds(int perSecond) {
    double reached = 0;
    for (int run = 0; run < 4 && reached < 0.99 * perSecond; run++) {
      long[] times = timesAt(perSecond);
      assertEven(times, perSecond);
      reached = (times.length - 1) * 1e9 / (times[times.length - 1] - times[0]);
    }
    assertThat(reached).isBetween(0.99 * perSecond, 1.03 * perSecond);
  }

  private static void assertEven(long[] times, int perSecond) {
    double perNano = perSecond / 1e9;
    for (int first = 0; first < times.length; first++) {
      for (int last = first; last < times.length; last++) {
        double most = perNano * (times[last] - times[first] + SLACK_NANOS) + 1;
        if (last - first + 1 > most + 1e-6) {
          throw new AssertionError(
              "expected at most %s requests in %s ns but found %s"
                  .formatted(most, times[last] - times[first], last - first + 1));
        }
      }
    }
  }

  private static long[] timesAt(int perSecond) {
    GateTrial trial =
        GateTrial.proven(GateTrial.limits(TimeUnit.SECONDS.toNanos(1) / perSecond, THREADS));
    ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1000);
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      senders.add(
          CompletableFuture.runAsync(
              () -> {
                while (System.nanoTime() < end) {
                  times.add(trial.send(1, Signal.ANSWERED).issuedNanos());
                }
              },
              task -> new Thread(task, "sender").start()));
    }
    senders.forEach(CompletableFuture::join);
    return times.stream().mapToLong(Long::longValue).sorted().toArray();
  }
}
