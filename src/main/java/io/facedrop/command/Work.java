package io.facedrop.command;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.command.live.Hindrance;
import io.facedrop.command.live.Moment;
import io.facedrop.command.live.Progress;
import io.facedrop.command.live.Tallied;
import io.facedrop.config.Settings;
import io.facedrop.integration.Integration;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.operator.Outlook;
import io.facedrop.operator.Speed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Watches some batches until they are complete or there is a reason to leave before. */
final class Work {
  /** How long between two looks: at first so short that a small manifest is not kept waiting. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);

  private static final Duration LOOK = Duration.ofMillis(100);

  /** Why it ended. */
  enum End {
    COMPLETE,
    SIGNAL,
    HALTED,
    HELD,
    MAX_WAIT,
    BROKEN
  }

  private final Integration integration;
  private final Ledger ledger;
  private final Stop stop;
  private final Settings settings;

  Work(Integration integration, Ledger ledger, Stop stop, Settings settings) {
    this.settings = settings;
    this.integration = integration;
    this.ledger = ledger;
    this.stop = stop;
  }

  /**
   * Watches.
   *
   * @param waitWhenHalted whether to stay when the gate halts, or only held batches are left
   * @param maxWait longest time without any progress
   */
  End watch(List<Long> batches, boolean waitWhenHalted, Duration maxWait)
      throws InterruptedException {
    Tallied last = tallied(batches);
    long progressNanos = System.nanoTime();
    Duration look = FIRST_LOOK;
    try (Progress progress = Progress.of(last)) {
      while (true) {
        Tallied now = tallied(batches);
        progress.show(moment(now));
        if (now.isFurtherThan(last)) {
          progressNanos = System.nanoTime();
          last = now;
        }
        if (now.allComplete()) {
          return End.COMPLETE;
        }
        if (integration.isBroken()) {
          return End.BROKEN;
        }
        if (!waitWhenHalted && isStopped(now)) {
          return End.HALTED;
        }
        if (!waitWhenHalted && onlyHeldAreLeft(now, batches)) {
          return End.HELD;
        }
        if (System.nanoTime() - progressNanos > maxWait.toNanos()) {
          return End.MAX_WAIT;
        }
        if (stop.await(look)) {
          return End.SIGNAL;
        }
        look = look.multipliedBy(11).dividedBy(10);
        look = look.compareTo(LOOK) < 0 ? look : LOOK;
      }
    }
  }

  /** Code 402 stops what costs: what is paid for is asked for still, for it expires. */
  private boolean isStopped(Tallied now) {
    return integration.gate().refused()
        && (!integration.gate().state().halt().creates() || now.awaiting() == 0);
  }

  private boolean onlyHeldAreLeft(Tallied now, List<Long> numbers) {
    return now.complete() + now.held() == now.batches()
        && batches(numbers).stream()
            .allMatch(batch -> batch.complete() || ledger.of(batch).isAtRest());
  }

  List<Batch> batches(List<Long> numbers) {
    return numbers.stream().map(number -> ledger.batch(number).orElseThrow()).toList();
  }

  private Tallied tallied(List<Long> batches) {
    return Tallied.of(batches(batches), batch -> ledger.of(batch).openTasks());
  }

  /** Empty where nothing says how long it takes. */
  private Optional<Duration> left(Tallied now, Speed speed) {
    TaskTimes known = ledger.taskTimes();
    return new Outlook(settings.forecast(known.queriesPerTask(), known.likely()))
        .left(now.rows() - now.settled() - now.awaiting(), now.awaiting(), speed);
  }

  private Moment moment(Tallied now) {
    long most = settings.faces().openTasks();
    return new Moment(
        ledger.clock().instant(),
        now,
        most > 0 && now.awaiting() >= most,
        hindrance(
            integration.gate().state(),
            ledger.vitals().suspension().cause(),
            ledger.clock().millis(),
            now.settled() == now.rows() ? RunEnd.failingOutputs(ledger) : ""),
        integration.gate().lastFailure(),
        speed -> left(now, speed));
  }

  /**
   * What keeps rows from going on.
   *
   * @param suspension why nothing is submitted although the gate is open; empty when it is
   * @param now in epoch milliseconds
   * @param unwritten when all rows have ended, which outputs cannot be written; else empty
   */
  static Hindrance hindrance(GateState gate, String suspension, long now, String unwritten) {
    if (!unwritten.isEmpty()) {
      return new Hindrance("waiting", unwritten, null);
    }
    if (gate.halted()) {
      return new Hindrance("halted", HaltAdvice.of(gate.halt().code()), null);
    }
    if (!suspension.isEmpty()) {
      return new Hindrance("suspended", suspension, null);
    }
    if (gate.pausedUntil() > now) {
      return new Hindrance("paused", gate.pauseCause(), Instant.ofEpochMilli(gate.pausedUntil()));
    }
    // An outage lasts while a request finds out whether it is over.
    return gate.outages().isEmpty()
        ? Hindrance.NONE
        : new Hindrance("paused", gate.outages().values().iterator().next().cause(), null);
  }
}
