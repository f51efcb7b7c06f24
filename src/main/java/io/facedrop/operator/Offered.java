package io.facedrop.operator;

import io.facedrop.intake.WorkingFolder;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.manifest.ChecksumFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manifests that operators have put into the inbox's working folder, until they are accepted. */
final class Offered {
  private static final Logger LOG = LoggerFactory.getLogger(Offered.class);

  private final LedgerReader ledger;
  private final Path inbox;

  /**
   * One of them.
   *
   * @param folder its own, in the working folder
   * @param file somewhere below that
   */
  record Manifest(Path folder, Path file) {}

  Offered(LedgerReader ledger, Path inbox) {
    this.ledger = ledger;
    this.inbox = inbox;
  }

  /**
   * Those in folders of these names. A node that takes a folder over renames it; then all are
   * looked at again, or one would be in neither look.
   */
  List<Manifest> in(Predicate<String> names) throws IOException {
    while (true) {
      try {
        return now(names);
      } catch (NoSuchFileException renamed) {
        LOG.debug("looking at what waits again", renamed);
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e.getCause();
        }
        LOG.debug("looking at what waits again", e);
      }
    }
  }

  private List<Manifest> now(Predicate<String> names) throws IOException {
    Path work = inbox.resolve(WorkingFolder.NAME);
    if (Files.notExists(work)) {
      return List.of();
    }
    List<Manifest> waiting = new ArrayList<>();
    try (Stream<Path> folders = Files.list(work)) {
      for (Path folder : folders.toList()) {
        if (names.test(folder.getFileName().toString())) {
          manifest(folder).map(file -> new Manifest(folder, file)).ifPresent(waiting::add);
        }
      }
    }
    return waiting;
  }

  /** The one that is in a folder and that nobody has accepted. */
  private Optional<Path> manifest(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(ChecksumFile.EXTENSION))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !ledger.accepted(inbox.relativize(file)))
          .findFirst();
    }
  }
}
