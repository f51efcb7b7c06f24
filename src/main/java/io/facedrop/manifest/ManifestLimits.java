package io.facedrop.manifest;

/**
 * Bounds that keep a hostile or broken manifest from filling memory or time.
 *
 * @param longestRecord characters of one line, or of one CSV record with its line breaks
 * @param mostColumns columns of a CSV header, keys of a JSON object
 * @param mostRows rows of the whole manifest
 * @param mostBytes bytes of the whole manifest after decompression
 */
public record ManifestLimits(int longestRecord, int mostColumns, long mostRows, long mostBytes) {

  /** A record of 1,048,576 characters, 1,000 columns, 100,000,000 rows, 64 GiB in all. */
  public static final ManifestLimits DEFAULT =
      new ManifestLimits(1 << 20, 1_000, 100_000_000, 1L << 36);

  /** No character of UTF-8 takes more bytes. */
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  /** The bytes that no line within the limit has. */
  long longestLineBytes() {
    return (long) longestRecord * MOST_BYTES_OF_A_CHARACTER;
  }

  ManifestRejectedException lineTooLong(long line) {
    return beyond(
        "LINE_TOO_LONG", "line too long", longestRecord, "characters", "max-record", line);
  }

  ManifestRejectedException tooManyColumns(String found, long line) {
    return new ManifestRejectedException(
        "TOO_MANY_COLUMNS",
        "too many columns",
        atMost(mostColumns, "columns", "max-columns"),
        found,
        line);
  }

  ManifestRejectedException tooManyRows(long line) {
    return beyond("TOO_MANY_ROWS", "too many rows", mostRows, "rows", "max-rows", line);
  }

  ManifestRejectedException tooLarge() {
    return beyond(
        "TOO_LARGE", "manifest too large", mostBytes, "bytes when unpacked", "max-bytes", 0);
  }

  private static ManifestRejectedException beyond(
      String code, String fault, long most, String unit, String key, long line) {
    return new ManifestRejectedException(code, fault, atMost(most, unit, key), "more", line);
  }

  private static String atMost(long most, String unit, String key) {
    return "at most " + most + " " + unit + " (facedrop.manifest." + key + ")";
  }
}
