package io.facedrop.intake;

import io.facedrop.manifest.ChecksumFile;
import io.facedrop.words.Cause;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checksum files of picked-up manifests, which follow them into the working folder. */
public final class ChecksumFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ChecksumFiles.class);

  private final Path inbox;

  public ChecksumFiles(Path inbox) {
    this.inbox = inbox;
  }

  /**
   * Puts the checksum of the picked-up manifest in the body beside it. One that stands beside a
   * manifest in the inbox belongs to that one, and what was fetched has brought its own.
   */
  public void follow(Exchange exchange) throws IOException {
    Path pickedUp = exchange.getMessage().getBody(File.class).toPath();
    Path dropped = inbox.resolve(WorkingFolder.dropped(pickedUp));
    if (!isFetched(pickedUp)
        && !Files.exists(dropped, LinkOption.NOFOLLOW_LINKS)
        && ChecksumFile.isBeside(dropped)
        && !ChecksumFile.isBeside(pickedUp)) {
      Files.move(ChecksumFile.of(dropped), ChecksumFile.of(pickedUp));
    }
  }

  /** Deletes the checksum files of manifests that a crash has kept from being deleted with them. */
  public void removeStale() {
    Path work = inbox.resolve(WorkingFolder.PATH);
    if (!Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(work)) {
      List<Path> stale = files.filter(ChecksumFiles::isAlone).toList();
      for (Path checksum : stale) {
        WorkingFolder.release(checksum);
      }
    } catch (IOException e) {
      LOG.warn("checksum files left in {} could not be removed: {}", work, Cause.of(e));
    }
  }

  private static boolean isFetched(Path pickedUp) {
    return pickedUp.toString().contains(WorkingFolder.FETCHED);
  }

  private static boolean isAlone(Path file) {
    String name = file.getFileName().toString();
    return !isFetched(file)
        && name.endsWith(ChecksumFile.EXTENSION)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(
            file.resolveSibling(name.substring(0, name.length() - ChecksumFile.EXTENSION.length())),
            LinkOption.NOFOLLOW_LINKS);
  }
}
