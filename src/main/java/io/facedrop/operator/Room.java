package io.facedrop.operator;

import io.facedrop.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is left on the disks that the ledger and the outputs lie on. */
final class Room {
  private static final long MEGABYTE = 1 << 20;
  private static final long LITTLE = 16 * MEGABYTE;

  private Room() {}

  /** A sentence for each place that is about to be full; empty when there is room everywhere. */
  static List<String> warnings(Settings settings, Optional<Path> ledger) {
    Settings.Outputs outputs = settings.outputs();
    return Stream.concat(
            ledger.stream(),
            Stream.of(outputs.success(), outputs.deadLetter(), outputs.report())
                .filter(uri -> uri.startsWith("file:"))
                .map(Places::directory)
                .map(Path::of))
        .filter(place -> usable(place) < LITTLE)
        .map(
            place ->
                String.format(
                    Locale.ROOT,
                    "disk: only %d MB left for %s; make room, or the work stops there until there is",
                    usable(place) / MEGABYTE,
                    place))
        .toList();
  }

  private static long usable(Path place) {
    Path there = place.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
