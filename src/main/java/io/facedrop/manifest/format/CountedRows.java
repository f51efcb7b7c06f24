package io.facedrop.manifest.format;

import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import java.io.IOException;

/** Hands out no more rows than a manifest may have. */
final class CountedRows implements RowReader {

  private final RowReader rows;
  private final ManifestLimits limits;
  private long count;

  CountedRows(RowReader rows, ManifestLimits limits) {
    this.rows = rows;
    this.limits = limits;
  }

  @Override
  public Layout layout() {
    return rows.layout();
  }

  @Override
  public Row next() throws ManifestRejectedException, IOException {
    Row row = rows.next();
    if (row != null && ++count > limits.mostRows()) {
      throw limits.tooManyRows(row.line());
    }
    return row;
  }

  @Override
  public String sha256() {
    return rows.sha256();
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
