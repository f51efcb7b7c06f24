package io.facedrop.intake;

import io.facedrop.manifest.ChecksumFile;
import io.facedrop.words.Cause;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Decides which files of the inbox may be picked up. A person who can drop files must not make
 * facedrop read, move or wait for anything else. Other files stay where they are, and the log names
 * each once.
 */
public final class DroppedFiles implements GenericFileFilter<File> {
  private final Path inbox;
  private final boolean checksumNeeded;
  private final boolean doneFileNeeded;
  private final Awaited awaited;
  private final LeftFiles left;

  /**
   * @param checksumNeeded whether a manifest waits for its {@code .sha256}
   * @param doneFile Camel's {@code doneFileName}, by which Camel looks for done files; empty for
   *     none
   */
  public DroppedFiles(Path inbox, boolean checksumNeeded, String doneFile) {
    this.inbox = inbox;
    this.checksumNeeded = checksumNeeded;
    this.doneFileNeeded = !doneFile.isEmpty();
    this.awaited = new Awaited(inbox, doneFile, checksumNeeded);
    this.left = new LeftFiles(System::nanoTime);
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    String name = SafeName.asListed(file.getRelativeFilePath(), file.getFileNameOnly());
    try {
      String fault = fault(file.getFile(), file.getFileNameOnly());
      if (fault != null) {
        left.tell(name, fault);
      }
      if (fault == null && !file.isDirectory()) {
        awaited
            .by(file.getFile().toPath())
            .ifPresent(missing -> left.remind(name, missing.name(), missing.key()));
      }
      return fault == null && (file.isDirectory() || !waitsForChecksum(file.getFile()));
    } catch (NoSuchFileException vanished) {
      return false;
    } catch (IOException | InvalidPathException e) {
      left.tell(name, "cannot be looked at: " + Cause.of(e));
      return false;
    }
  }

  /** Why it is left alone; null if it is not. */
  private String fault(File dropped, String name) throws IOException {
    String fault = SafeName.fault(name);
    if (fault != null) {
      return "has a name with " + fault + ": give it another name";
    }
    Path file = dropped.toPath();
    BasicFileAttributes found =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      return "is a symbolic link, and links are never followed: drop the file itself";
    }
    return found.isDirectory() ? faultOfFolder(file) : faultOfFile(file, name, found);
  }

  private String faultOfFolder(Path folder) {
    if (SafeName.isTooLong(relative(folder).toString())) {
      return "has a path of more than "
          + SafeName.LONGEST_PATH
          + " bytes: use shorter or fewer folders";
    }
    return Files.isReadable(folder) && Files.isExecutable(folder)
        ? null
        : "is a folder that facedrop may not read: give it the right to read and enter it";
  }

  private String faultOfFile(Path file, String name, BasicFileAttributes found) throws IOException {
    if (!found.isRegularFile()) {
      return "is neither a file nor a folder: drop a file";
    }
    if (isElsewhere(file.toAbsolutePath().getParent())
        || isElsewhere(inbox.resolve(WorkingFolder.NAME))) {
      return "has a symbolic link among its folders or in place of "
          + WorkingFolder.NAME
          + ": use real folders";
    }
    if (!Files.isReadable(file) || !Files.isWritable(file.toAbsolutePath().getParent())) {
      return "cannot be taken: facedrop needs the right to read it and to write in its folder";
    }
    return doneFileNeeded && SafeName.holdsExpression(name)
        ? "has a name with an expression, for which no done file can be found: give it another"
        : null;
  }

  /** Whether a folder below the inbox is really somewhere else. */
  private boolean isElsewhere(Path folder) throws IOException {
    return Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
        && !folder.toRealPath().equals(inbox.toRealPath().resolve(relative(folder)));
  }

  private Path relative(Path file) {
    return inbox.toAbsolutePath().normalize().relativize(file.toAbsolutePath().normalize());
  }

  private boolean waitsForChecksum(File file) {
    return checksumNeeded && !ChecksumFile.isBeside(file.toPath());
  }
}
