package io.facedrop.manifest;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The parts of a manifest's file name.
 *
 * @param stem the file name without the extensions of format and compression, and without what
 *     facedrop has appended to the name of an output; it is not empty and begins with no dot
 */
public record ManifestName(String fileName, String stem, Format format, boolean gzip) {

  private static final String GZIP = ".gz";

  private static final Map<String, Format> FORMATS =
      Map.of(
          ".csv", Format.CSV,
          ".tsv", Format.CSV,
          ".txt", Format.TXT,
          ".jsonl", Format.JSONL);

  private static final Pattern OF_AN_OUTPUT =
      Pattern.compile("(\\.\\d{8}T\\d{6}Z-\\p{XDigit}{8}\\.(success|dead-letter)-\\d+)+$");

  private static final Pattern LEADING_DOTS = Pattern.compile("^\\.+");
  private static final String UNNAMED = "manifest";

  /** What to do with files that people drop instead. */
  private static final Map<Pattern, String> ADVICE =
      Map.of(
          end("xlsx?|xlsm|ods|numbers"), "save the sheet as \"CSV UTF-8\"",
          end("zip|7z|rar|tar|tgz|tar\\.gz|bz2|xz|zst"),
              "unpack it; a single manifest may be packed with gzip",
          end("json|ndjson"), "name it .jsonl if each of its lines is an object");

  private static Pattern end(String extensions) {
    return Pattern.compile("(?i)\\.(" + extensions + ")$");
  }

  /**
   * Reads a file name; extensions are matched without case.
   *
   * @throws ManifestRejectedException {@code UNSUPPORTED_FORMAT} for any other extension
   */
  public static ManifestName of(String fileName) throws ManifestRejectedException {
    boolean gzip = endsWith(fileName, GZIP);
    String plain = gzip ? withoutEnd(fileName, GZIP) : fileName;
    for (Map.Entry<String, Format> known : FORMATS.entrySet()) {
      if (endsWith(plain, known.getKey())) {
        return new ManifestName(
            fileName, stem(withoutEnd(plain, known.getKey())), known.getValue(), gzip);
      }
    }
    throw new ManifestRejectedException(
        "UNSUPPORTED_FORMAT",
        "unsupported format",
        ".csv, .tsv, .txt or .jsonl, each also with .gz" + adviceFor(fileName),
        Excerpt.of(fileName),
        0);
  }

  /** So that the names of outputs that are dropped again and again do not grow. */
  private static String stem(String name) {
    String stem = OF_AN_OUTPUT.matcher(name).replaceFirst("");
    return shown(stem.isEmpty() ? name : stem);
  }

  /** Who collects outputs takes a dot at the beginning for a file that is still being written. */
  private static String shown(String stem) {
    String shown = LEADING_DOTS.matcher(stem).replaceFirst("");
    return shown.isEmpty() ? UNNAMED : shown;
  }

  private static String adviceFor(String fileName) {
    return ADVICE.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(fileName).find())
        .map(entry -> " (" + entry.getValue() + ")")
        .findFirst()
        .orElse("");
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
