package io.facedrop.intake;

import io.facedrop.config.Settings;
import io.facedrop.manifest.ChecksumFile;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a manifest waits for before it is picked up: its checksum, its done file. */
public final class Awaited {
  /** What waits for longer wants an operator. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int MOST_FILES = 10_000;

  private final Path inbox;
  private final DoneFileName doneFile;
  private final boolean checksumNeeded;

  /**
   * A file that is not there.
   *
   * @param key of the setting that asks for it
   */
  record Missing(String name, String key) {}

  public Awaited(Settings.Inbox settings) {
    this(settings.directory(), settings.doneFile(), settings.checksumNeeded());
  }

  Awaited(Path inbox, String doneFile, boolean checksumNeeded) {
    this.inbox = inbox;
    this.doneFile = new DoneFileName(doneFile);
    this.checksumNeeded = checksumNeeded;
  }

  /** What a manifest waits for; nothing when this is none, or it need not wait. */
  Optional<Missing> by(Path file) {
    String name = file.getFileName().toString();
    if (!isManifest(name)) {
      return Optional.empty();
    }
    if (checksumNeeded && !ChecksumFile.isBeside(file)) {
      return Optional.of(
          new Missing(
              ChecksumFile.of(file).getFileName().toString(),
              "facedrop.manifest.checksum=required"));
    }
    return doneFile.used() && Files.notExists(file.resolveSibling(doneFile.of(name)))
        ? Optional.of(new Missing(doneFile.of(name), "facedrop.inbox.done-file"))
        : Optional.empty();
  }

  /** A sentence for each manifest that has waited for long; none where the inbox is not here. */
  public List<String> forLong(Instant now) {
    if (!doneFile.used() && !checksumNeeded) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(inbox)) {
      return files
          .limit(MOST_FILES)
          .filter(file -> !inbox.relativize(file).startsWith(WorkingFolder.NAME))
          .filter(file -> isOld(file, now))
          .flatMap(file -> by(file).map(missing -> words(file, missing)).stream())
          .toList();
    } catch (IOException | UncheckedIOException gone) {
      return List.of();
    }
  }

  private String words(Path file, Missing missing) {
    return SafeName.shown(inbox.relativize(file).toString())
        + " stays in the inbox: it waits for "
        + SafeName.shown(missing.name())
        + " beside it ("
        + missing.key()
        + ")";
  }

  private static boolean isOld(Path file, Instant now) {
    try {
      return Files.isRegularFile(file)
          && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(PATIENCE));
    } catch (IOException vanished) {
      return false;
    }
  }

  private static boolean isManifest(String name) {
    try {
      return ManifestName.of(name).fileName().equals(name);
    } catch (ManifestRejectedException temporary) {
      return false;
    }
  }
}
