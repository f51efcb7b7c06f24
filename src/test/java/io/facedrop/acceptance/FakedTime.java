package io.facedrop.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine's clock that can be set while a process runs, by libfaketime; its monotonic one is left
 * alone, as by the real thing.
 */
public final class FakedTime {
  /** The one for many threads; with the other, some of them see the real time for a moment. */
  private static final String LIBRARY = "libfaketimeMT.so.1";

  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

  private final Path library;
  private final Path stamp;

  private FakedTime(Path library, Path stamp) {
    this.library = library;
    this.stamp = stamp;
    set(Duration.ZERO);
  }

  /** Empty where libfaketime is not installed. */
  public static Optional<FakedTime> in(Path folder) {
    return FOLDERS.stream()
        .flatMap(under -> library(under).stream())
        .findFirst()
        .map(library -> new FakedTime(library, folder.resolve("faked-time")));
  }

  /** Beside the others, or in the folder of an architecture. */
  private static Optional<Path> library(Path folder) {
    Path here = folder.resolve("faketime").resolve(LIBRARY);
    if (Files.exists(here)) {
      return Optional.of(here);
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "*-linux-*")) {
      for (Path architecture : folders) {
        Path there = architecture.resolve("faketime").resolve(LIBRARY);
        if (Files.exists(there)) {
          return Optional.of(there);
        }
      }
    } catch (IOException notThere) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** Sets the clock to so much after the real time; before it if negative. */
  public void set(Duration ahead) {
    try {
      Path next = Files.writeString(stamp.resolveSibling("faked-time.new"), text(ahead));
      Files.move(next, stamp, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Duration ahead) {
    return (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "\n";
  }

  /** What a process needs to live by this clock. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", stamp.toString(),
        "FAKETIME_NO_CACHE", "1",
        "DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Its help for old C libraries makes every timed wait of a JVM end at once.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "NO_FAKE_STAT", "1");
  }
}
