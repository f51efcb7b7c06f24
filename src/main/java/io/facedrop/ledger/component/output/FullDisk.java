package io.facedrop.ledger.component.output;

import java.util.List;
import java.util.Locale;

/** Tells the failures of a disk without room from others. */
public final class FullDisk {
  /** What Linux, macOS and Windows say; Java has no exception of its own for it. */
  private static final List<String> WORDS =
      List.of("no space left on device", "disk quota exceeded", "not enough space on the disk");

  private FullDisk() {}

  static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (WORDS.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }
}
