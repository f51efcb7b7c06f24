package io.facedrop.console.metric;

import io.facedrop.api.gate.GateState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The gate of this address and key, which all nodes share: it is in one of three states. */
public record GateMetrics(Supplier<GateState> gate, Clock clock) implements MeterBinder {
  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(
        registry,
        "open",
        "Whether requests may leave.",
        state -> !isPaused(state) && !state.halted());
    gauge(
        registry,
        "paused",
        "Whether the gate is closed for a while, and opens by itself.",
        state -> isPaused(state) && !state.halted());
    gauge(
        registry,
        "halted",
        "Whether the gate is closed until the operator has removed the cause.",
        GateState::halted);
  }

  /** A pause that is over is kept until a request leaves. */
  private boolean isPaused(GateState state) {
    return !state.outages().isEmpty() || state.pause().until() > clock.millis();
  }

  private void gauge(
      MeterRegistry registry, String name, String description, Predicate<GateState> is) {
    Gauge.builder("facedrop.gate." + name, () -> is.test(gate.get()) ? 1 : 0)
        .description(description)
        .register(registry);
  }
}
