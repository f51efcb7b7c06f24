package io.facedrop.manifest;

import java.io.IOException;
import java.io.Serial;

/**
 * Says why a manifest cannot be accepted as a whole; its content is at fault, reading it again will
 * not help.
 *
 * <p>It is an {@link IOException}, as {@link java.util.zip.ZipException} is, so that streams can
 * raise it: catch it before its parent.
 */
public final class ManifestRejectedException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final String code;
  private final String expected;
  private final String found;
  private final long line;

  /**
   * @param line 0 for none
   */
  public ManifestRejectedException(
      String code, String fault, String expected, String found, long line) {
    super(message(fault, expected, found, line));
    this.code = code;
    this.expected = expected;
    this.found = found;
    this.line = line;
  }

  private static String message(String fault, String expected, String found, long line) {
    return (fault.isEmpty() ? "" : fault + ": ")
        + ("expected " + expected + " but found " + found)
        + (line == 0 ? "" : " (line " + line + ")");
  }

  /** A stable upper-case word, such as {@code RAGGED_ROW}. */
  public String code() {
    return code;
  }

  /** What a good manifest has in this place. */
  public String expected() {
    return expected;
  }

  /** What this manifest has there; at most a short printable excerpt of its data. */
  public String found() {
    return found;
  }

  /** The physical line from 1, or 0 when the fault has none. */
  public long line() {
    return line;
  }
}
