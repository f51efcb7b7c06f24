package io.facedrop.console.metric;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is left on the disks of this node.
 *
 * @param places folders or files by what lies there
 */
public record DiskMetrics(Map<String, Path> places) implements MeterBinder {
  @Override
  public void bindTo(MeterRegistry registry) {
    places.forEach(
        (name, place) -> {
          Gauge.builder("facedrop.disk.free", () -> existing(place).toFile().getUsableSpace())
              .description("Bytes that facedrop may still write where this lies.")
              .baseUnit("bytes")
              .tag("place", name)
              .register(registry);
          Gauge.builder("facedrop.disk.size", () -> existing(place).toFile().getTotalSpace())
              .description("Bytes of the disk where this lies.")
              .baseUnit("bytes")
              .tag("place", name)
              .register(registry);
        });
  }

  private static Path existing(Path place) {
    Path there = place.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }
}
