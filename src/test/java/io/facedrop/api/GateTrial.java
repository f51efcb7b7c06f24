package io.facedrop.api;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A gate with a store in memory and times short enough to wait for. */
final class GateTrial {
  static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
  static final Duration LONGEST_PAUSE = Duration.ofMillis(600);
  static final int TRIP_AFTER = 3;
  static final GateLimits LIMITS = limits(0, 4);

  private static final Executor THREADS = task -> new Thread(task, "gate-trial").start();

  final MemoryGateStore store;
  final Gate gate;

  GateTrial(GateLimits limits, MemoryGateStore store, Gate.Credits credits) {
    this(limits, store, credits, Clock.systemUTC());
  }

  private GateTrial(GateLimits limits, MemoryGateStore store, Gate.Credits credits, Clock clock) {
    this.store = store;
    gate = new Gate(limits, store, credits, clock);
  }

  static GateTrial unproven() {
    return new GateTrial(LIMITS, new MemoryGateStore(), () -> true);
  }

  static GateTrial proven() {
    return proven(LIMITS);
  }

  static GateTrial proven(GateLimits limits) {
    return proven(limits, () -> true);
  }

  static GateTrial proven(GateLimits limits, Gate.Credits credits) {
    GateTrial trial = new GateTrial(limits, new MemoryGateStore(), credits);
    trial.send(0, Signal.ANSWERED);
    return trial;
  }

  /** Another gate on the same store, as after a restart. */
  GateTrial restarted() {
    return new GateTrial(LIMITS, store, () -> true);
  }

  /** The same, behind a clock that was set back. */
  GateTrial restarted(GateLimits limits, Duration back) {
    Clock clock = Clock.offset(Clock.systemUTC(), back.negated());
    return new GateTrial(limits, store, () -> true, clock);
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
  Permit awaitFirst(Signal.Request request) {
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
          case 401, 402, 505 -> Signal.Kind.HALT;
          case 0, 500 -> Signal.Kind.FAILURE;
          default -> Signal.Kind.ANSWERED;
        };
    return new Signal(kind, Signal.Request.CREATE, code, "as told", retryAfter);
  }

  /** The same news of a request for a result. */
  static Signal result(Signal news) {
    return new Signal(
        news.kind(), Signal.Request.RESULT, news.code(), news.message(), news.retryAfter());
  }

  static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
