package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.Account;
import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A gate with a store in memory, in made-up time: who waits for it lets time pass. Where threads
 * wait, it is in real time, with times short enough for that.
 */
final class GateTrial {
  static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
  static final Duration LONGEST_PAUSE = Duration.ofMillis(600);
  static final int TRIP_AFTER = 3;
  static final GateLimits LIMITS = limits(0, 4);

  private static final Executor THREADS = task -> new Thread(task, "gate-trial").start();

  private static final OptionalDouble RICH = OptionalDouble.of(1000);

  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final long MILLI = 1_000_000;

  final MemoryGateStore store;
  final Gate gate;
  final Clock clock;

  /** Null in real time. */
  private final MadeUpTime time;

  private GateTrial(
      GateLimits limits, MemoryGateStore store, Account account, MadeUpTime time, Duration ahead) {
    this.store = store;
    this.time = time;
    clock = Clock.offset(time.clock(), ahead);
    gate = new Gate(limits, store, account, clock, time::look, time.background());
  }

  private GateTrial(GateLimits limits, MemoryGateStore store, Account account) {
    this.store = store;
    this.time = null;
    clock = Clock.systemUTC();
    gate = new Gate(limits, store, account, clock);
  }

  /** In real time. */
  static GateTrial ofThreads(GateLimits limits, MemoryGateStore store, Account account) {
    return new GateTrial(limits, store, account);
  }

  /** In real time. */
  static GateTrial ofThreads(GateLimits limits) {
    return ofThreads(limits, () -> RICH);
  }

  /** In real time. */
  static GateTrial ofThreads(GateLimits limits, Account account) {
    GateTrial trial = ofThreads(limits, new MemoryGateStore(), account);
    trial.send(0, Signal.ANSWERED);
    return trial;
  }

  static GateTrial unproven() {
    return new GateTrial(
        LIMITS, new MemoryGateStore(), () -> RICH, new MadeUpTime(), Duration.ZERO);
  }

  static GateTrial proven() {
    return proven(LIMITS);
  }

  static GateTrial proven(GateLimits limits) {
    return proven(limits, () -> RICH);
  }

  static GateTrial proven(GateLimits limits, Account account) {
    GateTrial trial =
        new GateTrial(limits, new MemoryGateStore(), account, new MadeUpTime(), Duration.ZERO);
    trial.send(0, Signal.ANSWERED);
    return trial;
  }

  /** Another gate on the same store, as after a restart. */
  GateTrial restarted() {
    return restarted(LIMITS);
  }

  /** The same with other limits. */
  GateTrial restarted(GateLimits limits) {
    return restarted(limits, Duration.ZERO);
  }

  /** The same, behind a clock that was set back. */
  GateTrial restarted(GateLimits limits, Duration back) {
    return new GateTrial(limits, store, () -> RICH, time, back.negated());
  }

  static GateLimits limits(long intervalNanos, int concurrency) {
    return new GateLimits(
        intervalNanos,
        GateLimits.SHARED,
        concurrency,
        TRIP_AFTER,
        PROBE_INTERVAL,
        LONGEST_PAUSE,
        new Backoff(Duration.ofMillis(100), Duration.ofMillis(200)));
  }

  /** Waits for leave to send a request. */
  Permit await() {
    if (time == null) {
      return acquire();
    }
    long end = time.now() + PATIENCE.toNanos();
    Permit permit = gate.tryAcquire();
    while (permit == null) {
      assertThat(time.now()).as("waits for ever").isLessThan(end);
      time.passUntilNews(Math.max(1, Math.min(gate.permitNanos(time.now()), 1_000 * MILLI)));
      permit = gate.tryAcquire();
    }
    return permit;
  }

  private Permit acquire() {
    try {
      return gate.acquire();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** That nobody gets leave for so long. */
  void nobodyFor(Duration duration) {
    long end = time.now() + duration.toNanos();
    while (time.now() < end) {
      assertThat(gate.tryAcquire()).isNull();
      time.pass(MILLI);
    }
  }

  /** Lets time pass, and the background work in it. */
  void pass(Duration duration) {
    time.pass(duration.toNanos());
  }

  long now() {
    return time == null ? System.nanoTime() : time.now();
  }

  Duration since(long nanos) {
    return Duration.ofNanos(now() - nanos);
  }

  /** Waits for leave in a thread of its own. */
  CompletableFuture<Permit> awaiting() {
    return CompletableFuture.supplyAsync(this::acquire, THREADS);
  }

  /** Sends a request for a row, which brings back this. */
  Permit send(long row, Signal signal) {
    Permit permit = await();
    gate.report(permit, row, signal);
    return permit;
  }

  /** No connection, so nothing works. */
  static Signal unreachable() {
    return Signal.of(Signal.Kind.UNREACHABLE, 0, "as told");
  }

  /** Waits for leave to ask this first, giving back any other. */
  Permit awaitFirst(RequestKind request) {
    while (true) {
      Permit permit = await();
      if (permit.first() == request) {
        return permit;
      }
      giveBack(permit);
    }
  }

  /** Some time after it was had. */
  void giveBack(Permit permit) {
    if (time != null) {
      time.pass(MILLI);
    }
    gate.report(permit, 0, Signal.UNUSED);
  }

  static Signal code(int code) {
    return signal(code, null);
  }

  static Signal signal(int code, String retryAfter) {
    Signal.Kind kind =
        switch (code) {
          case 404 -> Signal.Kind.NOT_FOUND;
          case 429 -> Signal.Kind.REFUSED;
          case 455 -> Signal.Kind.MAINTENANCE;
          case 401, 402, 403, 505 -> Signal.Kind.HALT;
          case 0 -> Signal.Kind.DOUBT;
          case 500 -> Signal.Kind.FAILURE;
          default -> Signal.Kind.ANSWERED;
        };
    return new Signal(kind, RequestKind.CREATE, false, code, "as told", retryAfter);
  }

  /** The same news of a request for a result. */
  static Signal result(Signal news) {
    return new Signal(
        news.kind(),
        RequestKind.QUERY,
        news.again(),
        news.code(),
        news.message(),
        news.retryAfter());
  }

  /** The same news of a row that has failed before. */
  static Signal again(Signal news) {
    return new Signal(
        news.kind(), news.request(), true, news.code(), news.message(), news.retryAfter());
  }

  /** What the command {@code resume} does in another process, which sees what is kept. */
  void resumeElsewhere() {
    awaitKept();
    store.resume();
  }

  /** What the store has noted, once it has all. */
  List<String> events() {
    awaitKept();
    return store.events();
  }

  void awaitKept() {
    try {
      if (time != null) {
        pass(Duration.ZERO);
        for (int retry = 0; retry < 5 && !gate.awaitKept(Duration.ZERO); retry++) {
          pass(Duration.ofSeconds(1));
        }
      }
      assertThat(gate.awaitKept(Duration.ofSeconds(5))).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int level() {
    return gate.state().pause().level();
  }

  int level(GateState.Reach reach) {
    return gate.state().outages().get(reach).level();
  }
}
