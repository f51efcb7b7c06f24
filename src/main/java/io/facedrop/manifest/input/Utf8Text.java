package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Decodes UTF-8 strictly, drops a byte order mark, and knows the line of the first bad byte. */
public final class Utf8Text extends Reader {

  private static final int CHUNK = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final ManifestLimits limits;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private final char[] chars = new char[CHUNK];
  private int position;
  private int limit;
  private long line = 1;
  private long taken;
  private boolean decoded;
  private boolean ended;

  /**
   * Reads up to the first character.
   *
   * @throws ManifestRejectedException {@code EMPTY_FILE} when there is none, and what reading finds
   */
  public Utf8Text(InputStream in, ManifestLimits limits) throws IOException {
    this.in = in;
    this.limits = limits;
    if (peek() == BYTE_ORDER_MARK) {
      position++;
    }
    if (peek() < 0) {
      throw new ManifestRejectedException("EMPTY_FILE", "empty file", "a manifest", "no text", 0);
    }
  }

  /** Returns the next character without taking it, or -1 at the end. */
  public int peek() throws IOException {
    return position < limit || fill() ? chars[position] : -1;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    int taken = Math.min(length, limit - position);
    System.arraycopy(chars, position, target, offset, taken);
    position += taken;
    return taken;
  }

  private boolean fill() throws IOException {
    CharBuffer target = CharBuffer.wrap(chars);
    while (target.position() == 0 && !ended) {
      readBytes();
      decode(target);
    }
    position = 0;
    limit = target.position();
    return limit > 0;
  }

  private void readBytes() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    taken += Math.max(read, 0);
    if (taken > limits.mostBytes()) {
      throw limits.tooLarge();
    }
    bytes.position(bytes.position() + Math.max(read, 0)).flip();
    if (!decoded) {
      refuseUtf16();
    }
  }

  private void refuseUtf16() throws ManifestRejectedException {
    if (bytes.remaining() >= 2) {
      int mark = bytes.getShort(bytes.position()) & 0xFFFF;
      if (mark == 0xFEFF || mark == 0xFFFE) {
        throw notUtf8("a UTF-16 byte order mark", 1);
      }
    }
  }

  private void decode(CharBuffer target) throws ManifestRejectedException {
    CoderResult result = decoder.decode(bytes, target, ended);
    inspect(target.position());
    if (result.isError()) {
      int bad = bytes.get(bytes.position()) & 0xFF;
      throw notUtf8(String.format(Locale.ROOT, "the byte 0x%02X", bad), line);
    }
  }

  private void inspect(int end) throws ManifestRejectedException {
    for (int i = 0; i < end; i++) {
      if (chars[i] == '\n') {
        line++;
      } else if (chars[i] == 0) {
        // UTF-16 without a mark is valid UTF-8 full of NULs, and nobody means NUL in a manifest.
        throw notUtf8("the byte 0x00, as in UTF-16", line);
      }
    }
    decoded |= end > 0;
  }

  private static ManifestRejectedException notUtf8(String found, long line) {
    return new ManifestRejectedException("NOT_UTF8", "not UTF-8", "UTF-8", found, line);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
