package io.facedrop.manifest.format;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.csv.CsvCell;
import io.facedrop.manifest.input.Lines;
import io.facedrop.manifest.input.Source;
import io.facedrop.manifest.url.ImageUrl;
import java.io.IOException;

/** Reads the rows of a TXT manifest: one URL a line, blank lines and comments skipped. */
final class TextRowReader implements RowReader {

  private final Source source;
  private final Lines lines;
  private final Layout layout;

  /** Its outputs, which are CSV, call the URL by the first of the columns. */
  TextRowReader(Source source, ManifestRules rules) {
    StringBuilder header = new StringBuilder();
    CsvCell.append(header, ',', rules.firstColumn());
    this.layout =
        new Layout(Format.TXT, ',', Layout.marked(source.text().isMarked(), header.toString()));
    this.source = source;
    this.lines = new Lines(source.text(), rules.limits(), rules.limits().longestRecord(), true);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Row next() throws ManifestRejectedException, IOException {
    while (lines.next()) {
      String url = ImageUrl.trimmed(new String(lines.characters(), 0, lines.length()));
      if (!url.isEmpty() && url.charAt(0) != '#') {
        return new Row(lines.number(), url, "", "", null, null);
      }
    }
    return null;
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
    lines.close();
  }
}
