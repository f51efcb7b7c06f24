package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A gate with a store in memory and times short enough to wait for. */
final class GateTrial {
  static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
  static final Duration LONGEST_PAUSE = Duration.ofMillis(600);
  static final int TRIP_AFTER = 3;
  static final GateLimits LIMITS = limits(0, 4);

  private static final Executor THREADS = task -> new Thread(task, "gate-trial").start();

  private static final OptionalDouble RICH = OptionalDouble.of(1000);

  final MemoryGateStore store;
  final Gate gate;

  GateTrial(GateLimits limits, MemoryGateStore store, Account account) {
    this(limits, store, account, Clock.systemUTC());
  }

  private GateTrial(GateLimits limits, MemoryGateStore store, Account account, Clock clock) {
    this.store = store;
    gate = new Gate(limits, store, account, clock);
  }

  static GateTrial unproven() {
    return new GateTrial(LIMITS, new MemoryGateStore(), () -> RICH);
  }

  static GateTrial proven() {
    return proven(LIMITS);
  }

  static GateTrial proven(GateLimits limits) {
    return proven(limits, () -> RICH);
  }

  static GateTrial proven(GateLimits limits, Account account) {
    GateTrial trial = new GateTrial(limits, new MemoryGateStore(), account);
    trial.send(0, Signal.ANSWERED);
    return trial;
  }

  /** Another gate on the same store, as after a restart. */
  GateTrial restarted() {
    return new GateTrial(LIMITS, store, () -> RICH);
  }

  /** The same, behind a clock that was set back. */
  GateTrial restarted(GateLimits limits, Duration back) {
    Clock clock = Clock.offset(Clock.systemUTC(), back.negated());
    return new GateTrial(limits, store, () -> RICH, clock);
  }

  static GateLimits limits(long intervalNanos, int concurrency) {
    return new GateLimits(
        intervalNanos,
        concurrency,
        TRIP_AFTER,
        PROBE_INTERVAL,
        LONGEST_PAUSE,
        new Backoff(Duration.ofMillis(100), Duration.ofMillis(200)));
  }

  /** Waits for leave to send a request. */
  Permit await() {
    try {
      return gate.acquire();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for leave in a thread of its own. */
  CompletableFuture<Permit> awaiting() {
    return CompletableFuture.supplyAsync(this::await, THREADS);
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
      gate.report(permit, 0, Signal.UNUSED);
    }
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

  static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
