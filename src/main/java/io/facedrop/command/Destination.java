package io.facedrop.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Refuses places that options name and where nothing can or should be written. */
final class Destination {
  /** How each line of a sandbox's journal begins. */
  private static final String JOURNAL = "{\"at\":\"";

  private Destination() {}

  /**
   * Refuses a file that cannot be written, or that is there already.
   *
   * @throws UsageException which names the file as it was typed
   */
  static void verifyNew(Path file) {
    verifyFile(file);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(file + " is there already; name another file");
    }
  }

  /**
   * Refuses a file that a sandbox cannot append its journal to, or that is something else.
   *
   * @throws UsageException which names the file as it was typed
   */
  static void verifyJournal(Path file) throws IOException {
    verifyFile(file);
    if (Files.isRegularFile(file) && Files.isReadable(file) && !isJournal(file)) {
      throw new UsageException(
          file + " is there already, and is no journal of a sandbox; name another file");
    }
  }

  private static boolean isJournal(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      String begin = new String(bytes.readNBytes(JOURNAL.length()), StandardCharsets.UTF_8);
      return begin.isEmpty() || begin.equals(JOURNAL);
    }
  }

  private static void verifyFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(shown(file) + " is a directory; name a file");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (!Files.exists(directory)) {
      throw new UsageException(
          file
              + " cannot be written: the directory "
              + file.getParent()
              + " is not there; create it, or name another file");
    }
    if (!Files.isDirectory(directory)) {
      throw new UsageException(
          file
              + " cannot be written: "
              + file.getParent()
              + " is a file, not a directory; name another file");
    }
    if (!Files.exists(file) && !Files.isWritable(directory)) {
      throw new UsageException(
          file
              + " cannot be written: you may not write to the directory "
              + directory
              + "; name another file");
    }
  }

  /**
   * Refuses a directory that cannot be written to, and that cannot be created.
   *
   * @throws UsageException which names the directory as it was typed
   */
  static void verifyDirectory(Path directory) {
    Path there = directory.toAbsolutePath();
    Path typed = directory;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
      typed = typed == null ? null : typed.getParent();
    }
    Path named = typed == null ? there : typed;
    if (!Files.isDirectory(there)) {
      throw new UsageException(
          cannot(directory, named) + shown(named) + " is a file; name another directory");
    }
    if (!Files.isWritable(there)) {
      throw new UsageException(
          cannot(directory, named)
              + "you may not write to the directory "
              + shown(named)
              + "; name another directory");
    }
  }

  private static String cannot(Path directory, Path named) {
    return directory.equals(named) ? "" : directory + " cannot be created: ";
  }

  private static String shown(Path path) {
    return path.toString().isEmpty() ? "'' (this directory)" : path.toString();
  }
}
