package io.facedrop.manifest;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The charset in which this process reads and writes the names of files: its locale's. In the POSIX
 * locale that is ASCII, and no file with another letter in its name can even be opened.
 */
public final class NameCharset {
  private static final Charset HERE =
      File.separatorChar == '\\'
          ? StandardCharsets.UTF_8
          : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private NameCharset() {}

  /** Whether a file of this name can be had here. */
  public static boolean canHold(String name) {
    return HERE.newEncoder().canEncode(name);
  }

  /** Whether there are letters that no name of a file can have here. */
  public static boolean isNarrow() {
    return !HERE.newEncoder().canEncode("\u00e9\u5199");
  }

  /** What to do about a name with such letters. */
  public static String advice() {
    return "the locale's charset "
        + HERE
        + " has not all letters; start facedrop with LC_ALL=C.UTF-8 or another UTF-8 locale";
  }
}
