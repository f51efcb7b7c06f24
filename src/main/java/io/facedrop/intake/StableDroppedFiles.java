package io.facedrop.intake;

import io.facedrop.manifest.ChecksumFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;

/**
 * Lets a dropped file be picked up once the file and its checksum are stable. A replaced file must
 * become stable again, even if its size and time are the same. A path that is no longer a regular
 * file is not picked up.
 */
public final class StableDroppedFiles extends StableFiles<File> {
  private static final String UNIX = "unix";

  /**
   * @param quiet how long nothing must have changed; zero when a done file says so instead
   */
  public StableDroppedFiles(Duration quiet) {
    this(quiet, System::nanoTime);
  }

  StableDroppedFiles(Duration quiet, LongSupplier nanos) {
    super(quiet, nanos);
  }

  @Override
  public boolean acquireExclusiveReadLock(
      GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
    Path path = file.getFile().toPath();
    Path checksum = ChecksumFile.of(path);
    boolean settled = settled(path) & (!ChecksumFile.isBeside(path) || settled(checksum));
    if (settled) {
      forget(path.toString());
      forget(checksum.toString());
    }
    return settled;
  }

  private boolean settled(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile()
          && settled(
              path.toString(),
              found.size(),
              found.lastModifiedTime().toMillis(),
              identity(path, found));
    } catch (IOException vanished) {
      return false;
    }
  }

  /** Numbers of files are used again; where there is a time of the last change, it tells more. */
  private static Object identity(Path path, BasicFileAttributes found) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains(UNIX)
        ? Files.getAttribute(path, UNIX + ":ctime", LinkOption.NOFOLLOW_LINKS)
        : String.valueOf(found.fileKey());
  }
}
