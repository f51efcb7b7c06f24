package io.facedrop.ledger.component.output;

import io.facedrop.words.Cause;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Why something could not be published.
 *
 * @param words for the operator: what is wrong, where, and what to do
 * @param withoutRoom whether a disk is full, so that creates stop at once
 * @param ofPlace whether every other file for this place would fail too, so that one try is enough
 */
public record OutputFault(String words, boolean withoutRoom, boolean ofPlace) {

  /** Explains a failure. */
  @FunctionalInterface
  public interface Reader {
    OutputFault of(Exception failure);
  }

  /** The fault of a local disk, or of an unknown kind of place. */
  public static OutputFault of(Exception failure) {
    boolean full = FullDisk.isBehind(failure);
    return new OutputFault(
        words(failure)
            + (full ? "; make room on that disk: until then nothing more is submitted" : ""),
        full,
        false);
  }

  /** Java says of a file that is to be written that it is not there, where its folder is not. */
  private static String words(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof NoSuchFileException missing && missing.getFile() != null) {
      Path folder = Path.of(missing.getFile()).toAbsolutePath().getParent();
      if (folder != null && !Files.exists(folder)) {
        return "the folder " + folder + " is not there and cannot be made";
      }
    }
    return Cause.whole(failure);
  }
}
