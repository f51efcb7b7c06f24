package io.facedrop.manifest;

/**
 * Bounds that keep a hostile or broken manifest from filling memory or time.
 *
 * @param longestRecord characters of one line, or of one CSV record with its line breaks
 * @param mostColumns columns of a CSV header
 * @param mostCharacters characters of the whole manifest after decompression
 */
public record ManifestLimits(int longestRecord, int mostColumns, long mostCharacters) {

  /** A record of 1,048,576 characters, 1,000 columns, 64 Gi characters in all. */
  public static final ManifestLimits DEFAULT = new ManifestLimits(1 << 20, 1_000, 1L << 36);

  ManifestRejectedException lineTooLong(long line) {
    return new ManifestRejectedException(
        "LINE_TOO_LONG", "line too long", "at most " + longestRecord + " characters", "more", line);
  }

  ManifestRejectedException tooManyColumns(int found, long line) {
    return new ManifestRejectedException(
        "TOO_MANY_COLUMNS",
        "too many columns",
        "at most " + mostColumns,
        Integer.toString(found),
        line);
  }

  ManifestRejectedException tooLarge(long line) {
    return new ManifestRejectedException(
        "TOO_LARGE",
        "manifest too large",
        "at most " + mostCharacters + " characters",
        "more",
        line);
  }
}
