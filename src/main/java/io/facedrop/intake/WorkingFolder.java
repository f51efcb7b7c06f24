package io.facedrop.intake;

import io.facedrop.manifest.ChecksumFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The folder into which a manifest is moved to pick it up, in the inbox as on a server. */
public final class WorkingFolder {
  /** Its name; the routes that pick manifests up have it too. */
  public static final String NAME = ".work";

  /** How the folder is named, in the working folder, of a file that was fetched from a server. */
  static final String FETCHED_NAME = "sftp-";

  /** How the path of a file begins that was fetched from a server, below the inbox. */
  public static final String FETCHED = NAME + "/" + FETCHED_NAME;

  /** Its name, as one of a path. */
  static final Path PATH = Path.of(NAME);

  private WorkingFolder() {}

  /** How the ledger knows a picked-up file: below the inbox, which may be moved as a whole. */
  static Path source(Path pickedUp) {
    int names = pickedUp.getNameCount();
    return pickedUp.subpath(names - belowWork(pickedUp).size() - 1, names);
  }

  /** The names of its path behind the working folder's. */
  private static List<Path> belowWork(Path pickedUp) {
    List<Path> names = new ArrayList<>();
    pickedUp.forEach(names::add);
    return names.subList(names.lastIndexOf(PATH) + 1, names.size());
  }

  /** A picked-up file's name below the inbox. */
  static String dropped(Path pickedUp) {
    int names = pickedUp.getNameCount();
    return pickedUp.subpath(names - belowWork(pickedUp).size() + 1, names).toString();
  }

  /**
   * Removes a picked-up file that is kept elsewhere now, its checksum, and the folders that only
   * they were in; leaves a file outside the working folder alone.
   */
  static void release(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    if (StreamSupport.stream(path.spliterator(), false).noneMatch(PATH::equals)) {
      return;
    }
    // In this order: without its checksum a manifest that was rejected would be accepted.
    Files.deleteIfExists(path);
    if (ChecksumFile.isBeside(path)) {
      Files.deleteIfExists(ChecksumFile.of(path));
    }
    removeUnfinished(path);
    Path folder = path.getParent();
    while (folder != null && !folder.endsWith(PATH)) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException | NoSuchFileException shared) {
        return;
      }
      folder = folder.getParent();
    }
  }

  /** What dead nodes have fetched of the same file and not to its end. */
  private static void removeUnfinished(Path path) throws IOException {
    String unfinished = "." + path.getFileName() + "~";
    if (path.toString().contains(FETCHED) && Files.isDirectory(path.getParent())) {
      try (DirectoryStream<Path> beside =
          Files.newDirectoryStream(
              path.getParent(), file -> file.getFileName().toString().startsWith(unfinished))) {
        for (Path file : beside) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
