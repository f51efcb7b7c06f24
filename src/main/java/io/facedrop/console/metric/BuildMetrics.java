package io.facedrop.console.metric;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Which facedrop this is.
 *
 * @param node by which people know it
 */
public record BuildMetrics(String version, String node) implements MeterBinder {
  /** Of the jar that this runs from. */
  public static BuildMetrics of(String node) {
    String version = BuildMetrics.class.getPackage().getImplementationVersion();
    return new BuildMetrics(version == null ? "not packaged" : version, node);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("facedrop.build.info", () -> 1)
        .description("The version of facedrop, the name of its node, and its Java; always 1.")
        .tag("version", version)
        .tag("node", node)
        .tag("java", Runtime.version().toString())
        .register(registry);
  }
}
