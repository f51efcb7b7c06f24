package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.api.gate.GateClosedException;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import io.facedrop.api.pace.Pacer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Pacer pacer = new Pacer(interval, 0);
    long now = 50 * interval;

    pacer.take(now);

    assertThat(pacer.waitNanos(now))
        .isBetween(interval - TimeUnit.MILLISECONDS.toNanos(3), interval);
  }

  @Test
  void makesUpForALateWakeUpBy20Ms() {
    long interval = TimeUnit.MILLISECONDS.toNanos(1);
    Pacer pacer = new Pacer(interval, 0);
    long now = TimeUnit.SECONDS.toNanos(1);

    int burst = 0;
    while (pacer.waitNanos(now) <= 0) {
      pacer.take(now);
      burst++;
    }

    assertThat(burst).isBetween(20, 21);
  }

  /** Each request gets to its departure when it likes, from at once to three slots later. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 20, 50, 100, 1000})
  void noSecondHasMoreDeparturesThanItsShareHoweverLongTheWayTakes(int perSecond) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long second = TimeUnit.SECONDS.toNanos(1);
    long interval = (second + perSecond - 1) / perSecond;
    Pacer permits = new Pacer(interval, 0);
    Pacer departing = new Pacer(interval, 0);
    PriorityQueue<Long> onTheWay = new PriorityQueue<>();
    List<Long> departures = new ArrayList<>();
    long step = Math.min(interval / 10, 1_000_000);
    long end = Math.max(20 * second, 100 * interval);
    for (long now = second; now < second + end; now += step) {
      while (!onTheWay.isEmpty() && onTheWay.peek() <= now && departing.waitNanos(now) <= 0) {
        onTheWay.remove();
        departing.take(now);
        departures.add(now);
      }
      if (permits.waitNanos(now) <= 0) {
        permits.take(now);
        onTheWay.add(now + (long) (random.nextDouble() * 3 * interval));
      }
    }

    int most = perSecond < 50 ? perSecond : perSecond + Math.max(1, perSecond / 50);
    for (int first = 0; first + most < departures.size(); first++) {
      assertThat(departures.get(first + most) - departures.get(first))
          .as("request %s and the %sth after it, seed %s", first, most, seed)
          .isGreaterThanOrEqualTo(second);
    }
    assertThat((double) departures.size()).isGreaterThan(0.97 * perSecond * end / second - 1);
  }

  @Test
  void neverWaitsWithoutALimit() {
    Pacer pacer = new Pacer(0, 0);
    long now = 1;

    for (int request = 0; request < 1000; request++) {
      pacer.take(now);
      assertThat(pacer.waitNanos(now)).isLessThanOrEqualTo(0);
    }
  }

  @Test
  void givesBackTheSlotOfARequestThatNeverLeft() {
    GateTrial trial = GateTrial.proven(GateTrial.limits(TimeUnit.MINUTES.toNanos(1), 4));
    trial.awaitKept();
    GateTrial other = trial.restarted(GateTrial.limits(TimeUnit.MINUTES.toNanos(1), 4));

    Permit permit = other.gate.tryAcquire();
    assertThat(permit).isNotNull();
    assertThat(other.gate.tryAcquire()).isNull();
    other.gate.report(permit, 1, Signal.UNUSED);

    assertThat(other.gate.tryAcquire()).isNotNull();
    assertThat(other.gate.tryAcquire()).isNull();
  }

  @Test
  void aSlotGivenBackLateMakesNoBurstOfDepartures() throws Exception {
    long interval = TimeUnit.MILLISECONDS.toNanos(200);
    GateTrial trial = GateTrial.ofThreads(GateTrial.limits(interval, 4));
    Permit unused = trial.await();
    Permit used = trial.await();
    trial.gate.depart(used, RequestKind.CREATE);
    long departed = System.nanoTime();

    trial.gate.report(unused, 1, Signal.UNUSED);
    trial.gate.depart(trial.await(), RequestKind.CREATE);

    assertThat(System.nanoTime() - departed).isGreaterThanOrEqualTo(interval - SLACK_NANOS);
  }

  @Test
  void whatWaitsToDepartHoldsUpFurtherPermits() {
    long interval = TimeUnit.MILLISECONDS.toNanos(300);
    GateTrial trial = GateTrial.ofThreads(GateTrial.limits(interval, 100));
    for (int request = 0; request < 4; request++) {
      CompletableFuture.runAsync(
          () -> {
            try {
              trial.gate.depart(null, RequestKind.QUERY);
            } catch (GateClosedException | InterruptedException e) {
              throw new AssertionError(e);
            }
          },
          task -> new Thread(task, "departing").start());
    }
    Awaitility.await().until(() -> trial.gate.permitNanos(System.nanoTime()) > interval);
    long start = System.nanoTime();

    trial.await();

    assertThat(System.nanoTime() - start).isGreaterThan(interval / 2);
  }

  @Test
  void nothingDepartsThroughAGateThatClosedSinceItsPermit() throws Exception {
    GateTrial trial = GateTrial.ofThreads(GateTrial.LIMITS);
    Permit first = trial.await();
    Permit second = trial.await();
    trial.gate.report(first, 1, GateTrial.signal(429, "1"));

    assertThatThrownBy(() -> trial.gate.depart(second, RequestKind.CREATE))
        .isInstanceOf(GateClosedException.class);
    trial.gate.report(second, 2, Signal.UNUSED);

    Permit third = trial.await();
    trial.gate.depart(third, RequestKind.CREATE);
  }

  @Test
  void keepsToItsConcurrency() {
    GateTrial trial = GateTrial.ofThreads(GateTrial.LIMITS);
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
    GateTrial trial = GateTrial.ofThreads(GateTrial.limits(TimeUnit.MINUTES.toNanos(1), 4));
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
        GateTrial.ofThreads(GateTrial.limits(TimeUnit.SECONDS.toNanos(1) / perSecond, THREADS));
    ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1000);
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      senders.add(
          CompletableFuture.runAsync(
              () -> {
                while (System.nanoTime() < end) {
                  times.add(departure(trial));
                }
              },
              task -> new Thread(task, "sender").start()));
    }
    senders.forEach(CompletableFuture::join);
    return times.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static long departure(GateTrial trial) {
    Permit permit = trial.await();
    try {
      trial.gate.depart(permit, RequestKind.CREATE);
    } catch (GateClosedException | InterruptedException e) {
      throw new AssertionError(e);
    }
    long now = System.nanoTime();
    trial.gate.report(permit, 1, Signal.ANSWERED);
    return now;
  }
}
