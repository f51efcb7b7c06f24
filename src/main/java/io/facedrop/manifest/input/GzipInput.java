package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip members (RFC 1952) to the very last byte.
 *
 * <p>The platform's {@link java.util.zip.GZIPInputStream} ignores whatever follows a member and is
 * no further member, so half a manifest could pass for a whole one.
 */
public final class GzipInput extends InputStream {

  private static final String FURTHER = "the end of the file or a further gzip member";
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private boolean started;
  private boolean ended;

  public GzipInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!started) {
      started = true;
      beginMember("a gzip header");
    }
    while (!ended && length > 0) {
      int inflated = inflate(bytes, offset, length);
      if (inflated > 0) {
        crc.update(bytes, offset, inflated);
        return inflated;
      }
      proceed();
    }
    return ended ? -1 : 0;
  }

  private int inflate(byte[] bytes, int offset, int length) throws ManifestRejectedException {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      throw broken("compressed data", "other bytes");
    }
  }

  private void proceed() throws IOException {
    if (inflater.finished()) {
      position = limit - inflater.getRemaining();
      endMember();
      if (position < limit && buffer[position] == 0
          || position == limit && refill() && buffer[0] == 0) {
        passPadding();
      } else {
        beginMember(FURTHER);
      }
    } else if (inflater.needsDictionary() || !refill()) {
      throw broken("the end of the compressed data", "the end of the file");
    } else {
      inflater.setInput(buffer, 0, limit);
    }
  }

  private void endMember() throws IOException {
    if (littleEndian(4) != crc.getValue()) {
      throw broken("a matching checksum", "another");
    }
    if (littleEndian(4) != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw broken("a matching length", "another");
    }
  }

  /** Tapes, and some writers, fill their last block with zeros; gzip accepts that too. */
  private void passPadding() throws IOException {
    while (position < limit || refill()) {
      if (buffer[position++] != 0) {
        throw broken(FURTHER, "other bytes");
      }
    }
    ended = true;
  }

  private void beginMember(String expected) throws IOException {
    if (position == limit && !refill()) {
      ended = true;
      return;
    }
    if (nextOr(expected) != 0x1F || nextOr(expected) != 0x8B || nextOr(expected) != 8) {
      throw broken(expected, "other bytes");
    }
    skipHeader(next());
    inflater.reset();
    crc.reset();
    inflater.setInput(buffer, position, limit - position);
  }

  private int nextOr(String expected) throws IOException {
    if (position == limit && !refill()) {
      throw broken(expected, "other bytes");
    }
    return buffer[position++] & 0xFF;
  }

  private void skipHeader(int flags) throws IOException {
    passOver(6);
    if ((flags & EXTRA) != 0) {
      passOver(littleEndian(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      passOver(2);
    }
  }

  private void passOver(long bytes) throws IOException {
    for (long i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Names and comments end with a zero byte.
    }
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  private int next() throws IOException {
    if (position == limit && !refill()) {
      throw broken("the end of a gzip member", "the end of the file");
    }
    return buffer[position++] & 0xFF;
  }

  private boolean refill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(read, 0);
    return read > 0;
  }

  private static ManifestRejectedException broken(String expected, String found) {
    return new ManifestRejectedException("BROKEN_GZIP", "broken gzip", expected, found, 0);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
