package io.facedrop.bench.contender;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rows of a manifest, for any number of threads. */
final class Rows implements AutoCloseable {
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;
  private final int column;

  Rows(Path manifest) throws IOException {
    records = CsvReader.builder().ofCsvRecord(manifest).iterator();
    header = records.next().getFields();
    column = header.indexOf("image_url");
  }

  List<String> header() {
    return header;
  }

  /** Null at the end. */
  synchronized Row next() {
    if (!records.hasNext()) {
      return null;
    }
    CsvRecord cells = records.next();
    return new Row(cells.getFields(), cells.getField(column));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
