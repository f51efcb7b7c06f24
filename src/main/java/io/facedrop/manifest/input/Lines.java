package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/** Splits text into lines that end with LF or CRLF, without their ends and within the limit. */
public final class Lines implements Closeable {

  private static final int FIRST_SIZE = 1 << 10;

  private final ManifestText text;
  private final ManifestLimits limits;
  private final int longest;
  private char[] line = new char[FIRST_SIZE];
  private int length;
  private long number;
  private final char[] chunk = new char[1 << 14];
  private final boolean endedByCr;
  private int position;
  private int limit;
  private boolean afterCr;

  /**
   * @param longest characters of a line
   * @param endedByCr whether a CR alone ends a line too, as on an old Mac
   */
  public Lines(ManifestText text, ManifestLimits limits, int longest, boolean endedByCr) {
    this.text = text;
    this.longest = longest;
    this.limits = limits;
    this.endedByCr = endedByCr;
  }

  /** Moves to the next line; false at the end. */
  public boolean next() throws IOException {
    length = 0;
    number++;
    boolean any = false;
    while (position < limit || fill()) {
      int start = startOfLine();
      any |= start < limit;
      boolean complete = skipToEndOfLine();
      append(start, position);
      if (complete) {
        afterCr = chunk[position] == '\r';
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

  /** The line feed of a CRLF may come in a later chunk than the CR that has ended the line. */
  private int startOfLine() {
    if (afterCr && chunk[position] == '\n') {
      position++;
    }
    afterCr = false;
    return position;
  }

  private boolean skipToEndOfLine() {
    while (position < limit && chunk[position] != '\n' && !(endedByCr && chunk[position] == '\r')) {
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
