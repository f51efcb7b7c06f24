package io.facedrop.publish.part;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.publish.file.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The bytes of a part as the body of a message: they are made anew from the ledger as often as a
 * step of the route reads them, each time the same, so that neither memory nor a file holds them.
 */
public final class PartBody extends InputStream implements StreamCache {
  /** What it may take to name a file, also on another system. */
  private static final Duration NAMING = Duration.ofSeconds(3);

  private final Ledger ledger;
  private final Batch batch;
  private final Part part;
  private final boolean neutralised;

  /** Made at the first byte that is read; null before, and when there is nothing more to read. */
  private PartStream pass;

  private MessageDigest digest = DiskFile.sha256();
  private boolean ended;
  private long position;
  private byte[] sha256;
  private long total;

  private PartBody(Ledger ledger, Batch batch, Part part, boolean neutralised) {
    this.ledger = ledger;
    this.batch = batch;
    this.part = part;
    this.neutralised = neutralised;
  }

  /**
   * @param exchange when it is done, the connection to the ledger is closed
   * @param neutralised whether carried cells that are formulas are made harmless
   */
  public static PartBody of(
      Exchange exchange, Ledger ledger, Batch batch, Part part, boolean neutralised) {
    return closedWith(exchange, new PartBody(ledger, batch, part, neutralised));
  }

  private static PartBody closedWith(Exchange exchange, PartBody body) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                body.close();
              }
            });
    return body;
  }

  /** The SHA-256 of all bytes; they are made once more if nobody has read them to their end. */
  public byte[] sha256() throws IOException {
    if (sha256 == null) {
      reset();
      transferTo(OutputStream.nullOutputStream());
    }
    return sha256.clone();
  }

  /** How many bytes there are, once the digest is known. */
  public long bytes() {
    return total;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    if (pass == null) {
      pass = new PartStream(batch, part.output(), ledger.rows(part), neutralised);
    }
    int count = pass.read(bytes, offset, length);
    if (count < 0) {
      refuseLate();
      sha256 = digest.digest();
      total = position;
      close();
    } else {
      digest.update(bytes, offset, count);
      position += count;
    }
    return count;
  }

  /**
   * Its file gets its name after the last byte was read. By then another node may have published
   * it, if this one was held up for long.
   *
   * @throws IOException when the lease of this node is over, or nearly so
   */
  private void refuseLate() throws IOException {
    if (!ledger.lasts(NAMING)) {
      throw new IOException("this node was held up for too long, and another may publish the part");
    }
  }

  /** Nothing more is read, until it is read from the beginning again. */
  @Override
  public void close() {
    ended = true;
    if (pass != null) {
      pass.close();
      pass = null;
    }
  }

  @Override
  public void reset() {
    close();
    digest = DiskFile.sha256();
    position = 0;
    ended = false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    transferTo(out);
  }

  @Override
  public StreamCache copy(Exchange exchange) {
    return closedWith(exchange, new PartBody(ledger, batch, part, neutralised));
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  /** Nobody knows before they are made. */
  @Override
  public long length() {
    return 0;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public String toString() {
    return "PartBody[" + batch.id() + ", " + part.output().word() + " " + part.number() + "]";
  }
}
