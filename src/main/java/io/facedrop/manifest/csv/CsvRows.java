package io.facedrop.manifest.csv;

import io.facedrop.manifest.Column;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.url.ImageUrl;
import io.facedrop.words.Count;

/** Makes a row of each record behind the header. */
final class CsvRows extends CsvRecordHandler<Row> {

  private final char delimiter;
  private final Column[] columns;
  private final long headerLine;
  private final StringBuilder before = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private String imageUrl;
  private String origin;
  private String detectTaskId;

  CsvRows(CsvHeader header) {
    this.delimiter = header.delimiter();
    this.columns = header.columns().toArray(Column[]::new);
    this.headerLine = header.line();
  }

  @Override
  void cell(int index, char[] buffer, int offset, int length) {
    if (index == 0) {
      clear();
    }
    if (index >= columns.length) {
      return;
    }
    switch (columns[index]) {
      case OWN -> own(buffer, offset, length);
      case IMAGE_URL -> imageUrl = ImageUrl.trimmed(new String(buffer, offset, length));
      case ORIGIN -> origin = textOrNull(buffer, offset, length);
      case DETECT_TASK_ID -> detectTaskId = FormulaCell.exact(textOrNull(buffer, offset, length));
      case DROPPED -> {}
    }
  }

  @Override
  boolean isOurs(int index, char[] buffer, int offset, int length) {
    return line() > headerLine
        ? index < columns.length && columns[index].isOurs()
        : Column.isOurs(buffer, offset, length);
  }

  private void clear() {
    before.setLength(0);
    after.setLength(0);
    imageUrl = null;
    origin = null;
    detectTaskId = null;
  }

  private void own(char[] buffer, int offset, int length) {
    if (imageUrl == null) {
      CsvCell.append(before, delimiter, buffer, offset, length);
      before.append(delimiter);
    } else {
      after.append(delimiter);
      CsvCell.append(after, delimiter, buffer, offset, length);
    }
  }

  private static String textOrNull(char[] buffer, int offset, int length) {
    return length == 0 ? null : new String(buffer, offset, length);
  }

  @Override
  Row complete(int cells) throws ManifestRejectedException {
    if (line() <= headerLine) {
      return null;
    }
    if (cells != columns.length) {
      throw ragged(cells);
    }
    return new Row(line(), imageUrl, before.toString(), after.toString(), origin, detectTaskId);
  }

  private ManifestRejectedException ragged(int cells) {
    return new ManifestRejectedException(
        "RAGGED_ROW",
        "",
        Count.of(columns.length, "field"),
        cells < columns.length
            ? Integer.toString(cells)
            : cells + "; put a field that holds the delimiter into quotes",
        line());
  }
}
