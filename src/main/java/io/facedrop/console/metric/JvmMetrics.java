package io.facedrop.console.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** Memory, threads, files and processors of this process. */
final class JvmMetrics implements MeterBinder {
  private static final List<MeterBinder> ALL =
      List.of(
          new JvmMemoryMetrics(),
          new JvmThreadMetrics(),
          new FileDescriptorMetrics(),
          new ProcessorMetrics(),
          new UptimeMetrics());

  @Override
  public void bindTo(MeterRegistry registry) {
    ALL.forEach(metrics -> metrics.bindTo(registry));
  }
}
