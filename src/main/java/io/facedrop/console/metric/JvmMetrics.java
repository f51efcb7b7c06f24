package io.facedrop.console.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.Set;

/** Memory, threads, files and processors of this process. */
final class JvmMetrics implements MeterBinder {
  private static final List<MeterBinder> ALL =
      List.of(
          new JvmMemoryMetrics(),
          new JvmThreadMetrics(),
          new FileDescriptorMetrics(),
          new ProcessorMetrics(),
          new UptimeMetrics());

  /** Their names are not as Prometheus would have them. */
  private static final Set<String> UNUSUAL = Set.of("process.cpu.time", "system.cpu.count");

  /** Leaves those out; a registry must know it before any meter. */
  static final MeterFilter USUAL = MeterFilter.deny(id -> UNUSUAL.contains(id.getName()));

  @Override
  public void bindTo(MeterRegistry registry) {
    ALL.forEach(metrics -> metrics.bindTo(registry));
  }
}
