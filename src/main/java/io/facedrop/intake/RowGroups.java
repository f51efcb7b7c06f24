package io.facedrop.intake;

import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.url.UrlRule;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A manifest's rows in groups, for a streaming splitter; reads no further than it is asked. */
final class RowGroups implements Iterator<RowGroup>, Closeable {
  private static final int AT_A_TIME = 1000;

  /** A thousand rows of the longest kind would fill the memory. */
  private static final int CHARACTERS_AT_A_TIME = 1 << 22;

  private final RowReader reader;
  private final UrlRule rule;
  private final String sha256;
  private long position;
  private List<Row> next;

  /**
   * @param sha256 that the whole content must have, or somebody is writing to it
   */
  RowGroups(RowReader reader, UrlRule rule, String sha256) {
    this.reader = reader;
    this.rule = rule;
    this.sha256 = sha256;
  }

  /**
   * Whether there are more. After a fault there are none: Camel asks again to clean up, and must
   * not meet the fault behind the first.
   *
   * @throws UncheckedIOException around a {@link ManifestRejectedException} or a failed read
   */
  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = read();
      } catch (IOException e) {
        next = List.of();
        throw new UncheckedIOException(e);
      }
    }
    return !next.isEmpty();
  }

  @Override
  public RowGroup next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RowGroup group = new RowGroup(position, next, rule);
    position += next.size();
    next = null;
    return group;
  }

  private List<Row> read() throws IOException {
    List<Row> rows = new ArrayList<>(AT_A_TIME);
    Row row = null;
    long characters = 0;
    while (rows.size() < AT_A_TIME
        && characters < CHARACTERS_AT_A_TIME
        && (row = reader.next()) != null) {
      rows.add(row);
      characters += row.imageUrl().length() + row.before().length() + row.after().length();
    }
    if (row == null && !reader.sha256().equals(sha256)) {
      throw new ManifestRejectedException(
          "FILE_CHANGED",
          "the file changed while it was read",
          "SHA-256 " + sha256,
          reader.sha256(),
          0);
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
