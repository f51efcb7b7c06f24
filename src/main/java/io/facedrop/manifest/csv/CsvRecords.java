package io.facedrop.manifest.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.input.ManifestText;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads CSV strictly and tells each fault of the text as a rejection. */
final class CsvRecords<T> implements Closeable {

  private static final int SMALLEST_BUFFER = 1 << 14;

  private final CsvRecordHandler<T> handler;
  private final ManifestLimits limits;
  private final CsvText text;
  private final CloseableIterator<T> records;

  CsvRecords(
      ManifestText text, char delimiter, ManifestLimits limits, CsvRecordHandler<T> handler) {
    this.text = new CsvText(text);
    this.handler = handler.on(this.text, limits);
    this.limits = limits;
    this.records =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(bufferFor(limits.longestLine()))
            .build(handler, this.text)
            .iterator();
  }

  // FastCSV doubles its buffer and overruns one that is no power of two; a cell of quotes alone
  // takes twice its length.
  private static int bufferFor(int longest) {
    return Math.max(SMALLEST_BUFFER, Integer.highestOneBit(longest) * 4);
  }

  /** Returns the next record, or null at the end. */
  T next() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      throw faultIn(e);
    }
  }

  private IOException faultIn(CsvParseException wrapper) {
    Throwable cause = wrapper.getCause();
    if (cause instanceof UncheckedIOException fault) {
      return fault.getCause();
    }
    if (!(cause instanceof CsvParseException)) {
      throw wrapper;
    }
    return cause.getMessage().startsWith("Unexpected character after closing quote")
        ? textAfterQuote()
        : limits.lineTooLong(handler.line());
  }

  private ManifestRejectedException textAfterQuote() {
    return new ManifestRejectedException(
        "MALFORMED_CSV",
        "text after a closing quote",
        "a delimiter or a line break",
        "other text",
        handler.line());
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
