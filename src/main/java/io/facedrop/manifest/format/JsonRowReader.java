package io.facedrop.manifest.format;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.input.Lines;
import io.facedrop.manifest.input.Source;
import java.io.IOException;

/** Reads the rows of a JSONL manifest: one object a line, blank lines skipped. */
final class JsonRowReader implements RowReader {

  private static final Layout LAYOUT = new Layout(Format.JSONL, ',', "");

  private final Source source;
  private final Lines lines;
  private final JsonObjects objects;

  JsonRowReader(Source source, ManifestRules rules) {
    this.source = source;
    this.lines = new Lines(source.text(), rules.limits(), rules.limits().longestLine(), false);
    this.objects = new JsonObjects(rules);
  }

  @Override
  public Layout layout() {
    return LAYOUT;
  }

  @Override
  public Row next() throws ManifestRejectedException, IOException {
    while (lines.next()) {
      if (!lines.isBlank()) {
        carriageReturnsToBlanks();
        return objects.row(lines.characters(), lines.length(), lines.number());
      }
    }
    return null;
  }

  // A CR can only stand between tokens; many readers would take it for a line's end on output.
  private void carriageReturnsToBlanks() {
    char[] line = lines.characters();
    for (int i = 0; i < lines.length(); i++) {
      if (line[i] == '\r') {
        line[i] = ' ';
      }
    }
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
