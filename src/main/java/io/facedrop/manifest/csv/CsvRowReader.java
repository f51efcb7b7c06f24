package io.facedrop.manifest.csv;

import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.input.Source;
import java.io.IOException;

/** Reads the rows of a CSV manifest. */
public final class CsvRowReader implements RowReader {

  private final Source source;
  private final Layout layout;
  private final CsvRecords<Row> records;

  public CsvRowReader(Source source, CsvHeader header, ManifestLimits limits) {
    this.source = source;
    this.layout = header.layout(source.text().isMarked());
    this.records = new CsvRecords<>(source.text(), header.delimiter(), limits, new CsvRows(header));
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Row next() throws ManifestRejectedException, IOException {
    return records.next();
  }

  @Override
  public String sha256() {
    return source.raw().sha256();
  }

  @Override
  public long bytesRead() {
    return source.raw().count();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
