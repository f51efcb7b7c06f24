package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/** Splits text into lines that end with LF or CRLF, without their ends and within the limit. */
public final class Lines implements Closeable {

  private static final int FIRST_SIZE = 1 << 10;

  private final Utf8Text text;
  private final ManifestLimits limits;
  private final int longest;
  private char[] line = new char[FIRST_SIZE];
  private int length;
  private long number;
  private final char[] chunk = new char[1 << 14];
  private int position;
  private int limit;

  /**
   * @param longest characters of a line
   */
  public Lines(Utf8Text text, ManifestLimits limits, int longest) {
    this.text = text;
    this.longest = longest;
    this.limits = limits;
  }

  /** Moves to the next line; false at the end. */
  public boolean next() throws IOException {
    length = 0;
    number++;
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int start = position;
      boolean complete = skipToLineFeed();
      append(start, position);
      if (complete) {
        position++;
        break;
      }
    }
    dropCarriageReturn();
    return any;
  }

  private boolean fill() throws IOException {
    limit = Math.max(text.read(chunk, 0, chunk.length), 0);
    position = 0;
    return limit > 0;
  }

  private boolean skipToLineFeed() {
    while (position < limit && chunk[position] != '\n') {
      position++;
    }
    return position < limit;
  }

  private void append(int start, int end) throws ManifestRejectedException {
    int longer = length + end - start;
    if (longer > longest) {
      throw limits.lineTooLong(number);
    }
    if (longer > line.length) {
      line = Arrays.copyOf(line, Math.max(longer, line.length * 2));
    }
    System.arraycopy(chunk, start, line, length, end - start);
    length = longer;
  }

  private void dropCarriageReturn() {
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
  }

  /** The current line from index 0; overwritten by the next. */
  public char[] characters() {
    return line;
  }

  public int length() {
    return length;
  }

  /** The number of the current line, from 1. */
  public long number() {
    return number;
  }

  public boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (!Character.isWhitespace(line[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
