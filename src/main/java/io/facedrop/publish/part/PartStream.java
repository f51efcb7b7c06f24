package io.facedrop.publish.part;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.format.RowText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a part file, made while they are read, so that a part of any size needs little
 * memory. The same part always gives the same bytes.
 */
public final class PartStream extends InputStream {
  private static final int CHUNK = 1 << 16;

  private final Batch batch;
  private final EndedRows rows;
  private final Columns columns;
  private final RowText text;
  private final StringBuilder pending = new StringBuilder(CHUNK + 4096);
  private byte[] chunk = new byte[0];
  private int position;
  private boolean ended;

  /**
   * @param neutralised whether carried cells that are formulas are made harmless
   */
  public PartStream(Batch batch, Output output, EndedRows rows, boolean neutralised) {
    this.batch = batch;
    this.rows = rows;
    this.columns = new Columns(batch, output);
    this.text = RowText.of(batch.layout(), neutralised);
    pending.append(text.headerWith(columns.names()));
    if (batch.layout().format() != Format.JSONL) {
      pending.append('\n');
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (position == chunk.length && !fill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, bytes, offset, count);
    position += count;
    return count;
  }

  private boolean fill() {
    while (!ended && pending.length() < CHUNK) {
      EndedRow row = rows.next();
      ended = row == null;
      if (!ended) {
        pending.append(line(row)).append('\n');
      }
    }
    chunk = pending.toString().getBytes(StandardCharsets.UTF_8);
    position = 0;
    pending.setLength(0);
    return chunk.length > 0;
  }

  private String line(EndedRow row) {
    return text.line(
        row.before(), row.imageUrl(), row.after(), columns.names(), columns.values(row));
  }

  @Override
  public void close() {
    rows.close();
  }

  @Override
  public String toString() {
    return "PartStream[" + batch.id() + "]";
  }
}
