package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Decodes a manifest strictly, and knows the line of the first bad byte. A byte order mark decides
 * on the charset and is no part of the text, nor is a Ctrl-Z at its end. An output of facedrop is
 * UTF-8, whatever the charset of manifests is.
 */
public final class ManifestText extends Reader {

  private static final int CHUNK = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char CTRL_Z = '\u001A';

  private static final String OURS = "facedrop_batch";

  private final InputStream in;
  private final ManifestLimits limits;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private final char[] chars;
  private final boolean marked;
  private final boolean ours;
  private final Utf8Evidence evidence;
  private int position;
  private int limit;
  private long line = 1;
  private long taken;
  private boolean ended;
  private boolean flushed;
  private boolean held;

  /**
   * Reads up to the first character.
   *
   * @throws ManifestRejectedException {@code EMPTY_FILE} when there is none, or another code when
   *     reading fails
   */
  public ManifestText(InputStream in, ManifestRules rules) throws IOException {
    this.in = in;
    this.limits = rules.limits();
    int looked = rules.isUtf8() ? FileStart.LONGEST : CHUNK;
    while (bytes.remaining() < looked && !ended) {
      readBytes();
    }
    FileStart start = FileStart.of(bytes);
    if (start.isPacked()) {
      throw new ManifestRejectedException(
          "NOT_UTF8", "no text", "text", start.words() + "; unpack it, or save it as text", 1);
    }
    ours = !rules.isUtf8() && start.charset().isEmpty() && isOurs();
    charset = start.charset().orElse(ours ? StandardCharsets.UTF_8 : rules.charset());
    decoder = charset.newDecoder();
    evidence = isOfSingleBytes(charset) ? new Utf8Evidence() : null;
    weigh(bytes.position(), bytes.limit());
    chars = new char[(int) Math.ceil(CHUNK * decoder.maxCharsPerByte()) + 1];
    marked = peek() == BYTE_ORDER_MARK || !rules.isUtf8();
    while (peek() == BYTE_ORDER_MARK) {
      position++;
    }
    if (peek() < 0) {
      throw new ManifestRejectedException("EMPTY_FILE", "empty file", "a manifest", "no text", 0);
    }
  }

  /** Whether its header has a column of ours; in ASCII, which no UTF-16 text holds. */
  private boolean isOurs() {
    String start = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    List<String> lines = start.lines().limit(2).toList();
    boolean behind = lines.size() > 1 && lines.get(0).startsWith("sep=");
    return !lines.isEmpty() && lines.get(behind ? 1 : 0).contains(OURS);
  }

  private static boolean isOfSingleBytes(Charset charset) {
    return charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1;
  }

  private void weigh(int from, int to) {
    if (evidence != null) {
      evidence.see(bytes.array(), from, to);
    }
  }

  /**
   * Whether its outputs, which are UTF-8, begin with a byte order mark: if it did, for a
   * spreadsheet needs that; and if they would be read in another charset else, when they are
   * dropped again.
   */
  public boolean needsMark() {
    return marked;
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

  /** Whether a Ctrl-Z is the last character, only what comes behind it tells, so one is held. */
  private boolean fill() throws IOException {
    position = 0;
    limit = 0;
    while (limit == 0 && !flushed) {
      CharBuffer target = CharBuffer.wrap(chars);
      if (held) {
        target.put(CTRL_Z);
      }
      if (bytes.remaining() < FileStart.LONGEST) {
        readBytes();
      }
      decode(target);
      limit = target.position();
      held = limit > 0 && chars[limit - 1] == CTRL_Z;
      limit -= held ? 1 : 0;
    }
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
    int behind = bytes.position() + Math.max(read, 0);
    weigh(bytes.position(), behind);
    bytes.position(behind).flip();
  }

  private void decode(CharBuffer target) throws ManifestRejectedException {
    int start = target.position();
    CoderResult result = decoder.decode(bytes, target, ended);
    if (ended && result.isUnderflow()) {
      decoder.flush(target);
      flushed = true;
      refuseUtf8();
    }
    inspect(start, target.position());
    if (result.isError()) {
      int bad = bytes.get(bytes.position()) & 0xFF;
      throw undecodable(String.format(Locale.ROOT, "the byte 0x%02X", bad));
    }
  }

  private void inspect(int start, int end) throws ManifestRejectedException {
    for (int i = start; i < end; i++) {
      if (chars[i] == '\n') {
        line++;
      } else if (chars[i] == 0) {
        // UTF-16 without a mark is valid UTF-8 full of NULs, and nobody means NUL in a manifest.
        throw undecodable("the byte 0x00, as in UTF-16");
      }
    }
  }

  private void refuseUtf8() throws ManifestRejectedException {
    if (evidence != null && evidence.isConclusive()) {
      throw new ManifestRejectedException(
          "WRONG_CHARSET",
          "not " + charset.name(),
          charset.name()
              + ", as facedrop.manifest.charset says of all manifests without a byte order mark",
          "UTF-8; give the file a byte order mark (\"CSV UTF-8\"), or leave the setting out for it",
          0);
    }
  }

  private ManifestRejectedException undecodable(String found) {
    boolean utf8 = charset.equals(StandardCharsets.UTF_8);
    return new ManifestRejectedException(
        utf8 ? "NOT_UTF8" : "WRONG_CHARSET",
        "not " + charset.name(),
        charset.name()
            + (ours
                ? ", as every output of facedrop is, whatever facedrop.manifest.charset says (save it"
                    + " as UTF-8, in Excel as \"CSV UTF-8\")"
                : " (save it as UTF-8, in Excel as \"CSV UTF-8\", or say in"
                    + " facedrop.manifest.charset what manifests without a byte order mark are)"),
        found,
        line);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
