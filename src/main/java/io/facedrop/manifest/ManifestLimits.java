package io.facedrop.manifest;

/**
 * Limits, so that a hostile or broken manifest cannot use up memory or time.
 *
 * @param longestRecord characters of one line, or of one CSV record with its line breaks; columns
 *     that facedrop added do not count
 * @param mostColumns columns of a CSV header, keys of a JSON object
 * @param mostRows rows of the whole manifest
 * @param mostBytes bytes of the whole manifest after decompression
 */
public record ManifestLimits(int longestRecord, int mostColumns, long mostRows, long mostBytes) {

  /** A record of 1,048,576 characters, 1,000 columns, 100,000,000 rows, 64 GiB in all. */
  public static final ManifestLimits DEFAULT =
      new ManifestLimits(1 << 20, 1_000, 100_000_000, 1L << 36);

  /** The faces of an answer of a mebibyte, in a cell in quotes, and whatever is beside them. */
  private static final int MOST_ADDED = (2 << 20) + (1 << 16);

  /** No character of UTF-8 takes more bytes. */
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  /** The characters that no line within the limit has, with all that an output adds to it. */
  public int longestLine() {
    return longestRecord + mostColumns + MOST_ADDED;
  }

  /** The bytes that no line within the limit has. */
  public long longestLineBytes() {
    return (long) longestLine() * MOST_BYTES_OF_A_CHARACTER;
  }

  /**
   * Refuses a record whose own part is too long.
   *
   * @param own characters of it that are not ours
   * @param ours columns or keys of it that are ours; an output's own cells may have been made
   *     harmless, by a character each
   */
  public void require(long own, int ours, long line) throws ManifestRejectedException {
    if (own > longestRecord + (ours > 0 ? mostColumns : 0)) {
      throw lineTooLong(line);
    }
  }

  public ManifestRejectedException lineTooLong(long line) {
    return beyond(
        "LINE_TOO_LONG", "line too long", longestRecord, "characters", "max-record", line);
  }

  public ManifestRejectedException tooManyColumns(String found, long line) {
    return new ManifestRejectedException(
        "TOO_MANY_COLUMNS",
        "too many columns",
        atMost(mostColumns, "columns", "max-columns"),
        found,
        line);
  }

  public ManifestRejectedException tooManyRows(long line) {
    return beyond("TOO_MANY_ROWS", "too many rows", mostRows, "rows", "max-rows", line);
  }

  public ManifestRejectedException tooLarge() {
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
