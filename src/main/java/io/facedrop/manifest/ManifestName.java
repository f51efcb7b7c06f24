package io.facedrop.manifest;

import java.util.Locale;

/**
 * What a manifest's file name tells.
 *
 * @param stem the file name without the extensions of format and compression
 */
public record ManifestName(String fileName, String stem, Format format, boolean gzip) {

  private static final String GZIP = ".gz";

  /**
   * Reads a file name; extensions are matched without case.
   *
   * @throws ManifestRejectedException {@code UNSUPPORTED_FORMAT} for any other extension
   */
  public static ManifestName of(String fileName) throws ManifestRejectedException {
    boolean gzip = endsWith(fileName, GZIP);
    String plain = gzip ? withoutEnd(fileName, GZIP) : fileName;
    for (Format format : Format.values()) {
      String extension = "." + format.name().toLowerCase(Locale.ROOT);
      if (endsWith(plain, extension)) {
        return new ManifestName(fileName, withoutEnd(plain, extension), format, gzip);
      }
    }
    throw new ManifestRejectedException(
        "UNSUPPORTED_FORMAT",
        "unsupported format",
        ".csv, .txt or .jsonl, each also with .gz",
        Excerpt.of(fileName),
        0);
  }

  public static boolean isGzip(String fileName) {
    return endsWith(fileName, GZIP);
  }

  private static boolean endsWith(String name, String end) {
    return name.regionMatches(true, name.length() - end.length(), end, 0, end.length());
  }

  private static String withoutEnd(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }
}
