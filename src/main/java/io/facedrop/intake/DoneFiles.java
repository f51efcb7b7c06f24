package io.facedrop.intake;

import io.facedrop.words.Cause;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The done files of picked-up manifests. A manifest is picked up first and its done file deleted
 * then; a crash in between leaves one that would let the next manifest of that name be taken
 * half-written.
 */
public final class DoneFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DoneFiles.class);

  private final Path inbox;
  private final Path work;
  private final DoneFileName name;

  /**
   * @param pattern a {@code doneFileName} of Camel's; empty for none
   */
  public DoneFiles(Path inbox, String pattern) {
    this.inbox = inbox;
    this.work = inbox.resolve(WorkingFolder.NAME);
    this.name = new DoneFileName(pattern);
  }

  /** Deletes the done file of the picked-up manifest in the body. */
  public void remove(Exchange exchange) throws IOException {
    if (name.used()) {
      removeOf(exchange.getMessage().getBody(File.class).toPath());
    }
  }

  /** Deletes the done file of a manifest that another process has picked up. */
  void remove(Path pickedUp) throws IOException {
    if (name.used()) {
      removeOf(pickedUp);
    }
  }

  /** Deletes the done files that a crash has left of picked-up manifests. */
  public void removeStale() {
    if (!name.used() || !Files.isDirectory(work)) {
      return;
    }
    try (Stream<Path> files = Files.walk(work)) {
      for (Path pickedUp : files.filter(Files::isRegularFile).toList()) {
        if (removeOf(pickedUp)) {
          LOG.info("removed the done file of {}, left by a crash", pickedUp);
        }
      }
    } catch (IOException e) {
      LOG.warn("done files that a crash may have left in {} stay there: {}", inbox, Cause.of(e));
    }
  }

  /** Leaves the done file of the next manifest of that name. */
  private boolean removeOf(Path pickedUp) throws IOException {
    Path below = work.relativize(pickedUp);
    Path manifest = inbox.resolve(below.subpath(1, below.getNameCount()));
    Path done = manifest.resolveSibling(name.of(manifest.getFileName().toString()));
    return Files.notExists(manifest) && Files.deleteIfExists(done);
  }
}
