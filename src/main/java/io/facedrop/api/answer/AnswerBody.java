package io.facedrop.api.answer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The bytes of an answer, decompressed if necessary: some servers compress unrequested, with or
 * without saying so. The size is limited, because answers are not trusted.
 */
public final class AnswerBody {
  public static final int LARGEST = 1 << 20;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private AnswerBody() {}

  /** How a packed body is read. */
  @FunctionalInterface
  private interface Unpacking {
    InputStream of(InputStream packed) throws IOException;
  }

  /**
   * Decompresses a body.
   *
   * @param encoding the header {@code Content-Encoding}; empty for none
   * @return the body unchanged if it is not compressed or cannot be decompressed
   * @throws IOException when it is larger than {@link #LARGEST} after decompression
   */
  public static byte[] unpacked(byte[] body, String encoding) throws IOException {
    if (isGzip(body)) {
      return unpacked(body, GZIPInputStream::new);
    }
    if (!encoding.toLowerCase(Locale.ROOT).contains("deflate")) {
      return body;
    }
    // With the frame that RFC 9110 asks for, or without, as some send it.
    byte[] framed = unpacked(body, InflaterInputStream::new);
    return framed != body
        ? framed
        : unpacked(body, packed -> new InflaterInputStream(packed, new Inflater(true)));
  }

  private static boolean isGzip(byte[] body) {
    return body.length > 2 && (body[0] & 0xff) == GZIP_FIRST && (body[1] & 0xff) == GZIP_SECOND;
  }

  private static byte[] unpacked(byte[] body, Unpacking unpacking) throws IOException {
    byte[] bytes;
    try (InputStream in = unpacking.of(new ByteArrayInputStream(body))) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (IOException notPacked) {
      return body;
    }
    requireSmall(bytes.length);
    return bytes;
  }

  public static void requireSmall(int length) throws IOException {
    if (length > LARGEST) {
      throw new IOException("the answer is larger than " + LARGEST + " bytes");
    }
  }
}
