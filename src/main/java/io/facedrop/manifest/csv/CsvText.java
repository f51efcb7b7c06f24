package io.facedrop.manifest.csv;

import io.facedrop.manifest.input.ManifestText;
import java.io.IOException;
import java.io.Reader;

/**
 * Feeds a CSV manifest to FastCSV 4.1.0 around two of its gaps.
 *
 * <p>A lone CR in a quoted last cell makes it swallow the following line feed and with it the row;
 * here it passes as {@link #LONE_CR}, which decoded UTF-8 never holds. An open quote at the end is
 * silently closed; a line feed added here ends every good file, so that a cell which FastCSV
 * completes after {@link #ended} can only be one whose quote is open.
 */
final class CsvText extends Reader {

  /** Stands for a CR without LF: half of a surrogate pair, which strict UTF-8 cannot spell. */
  static final char LONE_CR = '\uD800';

  private final ManifestText text;
  private boolean lastLineClosed;
  private boolean ended;
  private boolean bearsLoneCr;

  CsvText(ManifestText text) {
    this.text = text;
  }

  /** Whether the parser has been told of the end. */
  boolean ended() {
    return ended;
  }

  /** Whether any lone CR has been replaced so far. */
  boolean bearsLoneCr() {
    return bearsLoneCr;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int read = text.read(target, offset, length);
    if (read < 0) {
      return closeLastLine(target, offset);
    }
    int end = offset + read;
    for (int i = offset; i < end; i++) {
      if (target[i] == '\r' && isLone(target, i + 1, end)) {
        target[i] = LONE_CR;
        bearsLoneCr = true;
      }
    }
    return read;
  }

  private int closeLastLine(char[] target, int offset) {
    ended = lastLineClosed;
    if (lastLineClosed) {
      return -1;
    }
    lastLineClosed = true;
    target[offset] = '\n';
    return 1;
  }

  private boolean isLone(char[] target, int next, int end) throws IOException {
    int following = next < end ? target[next] : text.peek();
    return following != '\n' && following >= 0;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
