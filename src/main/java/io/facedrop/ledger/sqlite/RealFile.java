package io.facedrop.ledger.sqlite;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a file really is, or would be, by whichever of its names it is asked for. */
public final class RealFile {
  private RealFile() {}

  public static Path of(Path name) {
    Path absolute = name.toAbsolutePath();
    Path file = existing(absolute);
    if (file == null && Files.isSymbolicLink(absolute)) {
      // Whoever opens it makes the file that it points to.
      return of(absolute.resolveSibling(target(absolute)));
    }
    if (file == null) {
      Path folder = existing(absolute.getParent());
      file = folder == null ? absolute.normalize() : folder.resolve(absolute.getFileName());
    }
    return file;
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      throw new LedgerException("the link " + link + " cannot be followed: " + Cause.of(e), e);
    }
  }

  /** Null when there is none. */
  private static Path existing(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException notThere) {
      return null;
    }
  }
}
