package io.facedrop.manifest.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.UncheckedIOException;

/** Takes cells from FastCSV within the limits; what has nothing in it is no record. */
abstract class CsvRecordHandler<T> extends CsvCallbackHandler<T> {

  private CsvText text;
  private ManifestLimits limits;
  private long line;
  private int cells;
  private long characters;
  private long own;
  private int ours;
  private boolean blank;

  final CsvRecordHandler<T> on(CsvText text, ManifestLimits limits) {
    this.text = text;
    this.limits = limits;
    return this;
  }

  /** Takes a cell of the record; {@code buffer} is only valid during the call. */
  abstract void cell(int index, char[] buffer, int offset, int length);

  /** Whether an output has added the cell. */
  abstract boolean isOurs(int index, char[] buffer, int offset, int length);

  /** Completes a record of {@code cells} cells; null when it is of no interest. */
  abstract T complete(int cells) throws ManifestRejectedException;

  /** The physical line on which the current record starts. */
  final long line() {
    return line;
  }

  @Override
  protected void beginRecord(long startingLineNumber) {
    line = startingLineNumber;
    cells = 0;
    characters = 0;
    own = 0;
    ours = 0;
    blank = true;
  }

  @Override
  protected void addField(char[] buffer, int offset, int length, boolean quoted) {
    if (text.ended()) {
      throw new UncheckedIOException(openQuote());
    }
    count(isOurs(cells, buffer, offset, length), length);
    blank &= !quoted && isWhiteSpace(buffer, offset, length);
    int index = cells++;
    if (text.bearsLoneCr()) {
      cell(index, withCarriageReturns(buffer, offset, length), 0, length);
    } else {
      cell(index, buffer, offset, length);
    }
  }

  private void count(boolean isOurs, int length) {
    characters += length + 1;
    own += isOurs ? 0 : length + 1;
    ours += isOurs ? 1 : 0;
    if (characters - 1 > limits.longestLine()) {
      throw new UncheckedIOException(limits.lineTooLong(line));
    }
  }

  private static boolean isWhiteSpace(char[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (!Character.isWhitespace(buffer[i])) {
        return false;
      }
    }
    return true;
  }

  private static char[] withCarriageReturns(char[] buffer, int offset, int length) {
    char[] cell = new char[length];
    for (int i = 0; i < length; i++) {
      char c = buffer[offset + i];
      boolean paired = i + 1 < length && Character.isLowSurrogate(buffer[offset + i + 1]);
      cell[i] = c == CsvText.LONE_CR && !paired ? '\r' : c;
    }
    return cell;
  }

  private ManifestRejectedException openQuote() {
    return new ManifestRejectedException(
        "OPEN_QUOTE", "open quote", "a closing quote", "the end of the file", line);
  }

  @Override
  protected T buildRecord() {
    try {
      limits.require(own - 1, ours, line);
      return blank ? null : complete(cells);
    } catch (ManifestRejectedException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected RecordType getRecordType() {
    return RecordType.DATA;
  }

  @Override
  protected int getFieldCount() {
    return cells;
  }

  @Override
  protected void setEmpty() {
    blank = true;
  }

  @Override
  protected void setComment(char[] buffer, int offset, int length) {
    throw new IllegalStateException("CSV manifests have no comments");
  }
}
