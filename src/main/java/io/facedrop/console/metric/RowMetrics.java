package io.facedrop.console.metric;

import io.facedrop.ledger.Vitals;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Reason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Rows that this node has ended, and its commits to the ledger. */
public record RowMetrics(Vitals vitals) implements MeterBinder {
  private static final Duration[] BOUNDS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  @Override
  public void bindTo(MeterRegistry registry) {
    count(registry, Output.SUCCESS, null);
    for (Reason reason : Reason.values()) {
      count(registry, Output.DEAD_LETTER, reason);
    }
    Timer commits =
        Timer.builder("facedrop.ledger.commit")
            .description("How long commits of this node to the ledger took.")
            .serviceLevelObjectives(BOUNDS)
            .register(registry);
    vitals.whenCommitted(nanos -> commits.record(nanos, TimeUnit.NANOSECONDS));
  }

  private void count(MeterRegistry registry, Output outcome, Reason reason) {
    FunctionCounter.builder("facedrop.rows", vitals, it -> it.endedRows(reason))
        .description("Rows that this node has ended since it started.")
        .tag("outcome", outcome.word())
        .tag("reason", reason == null ? "none" : reason.name())
        .register(registry);
  }
}
