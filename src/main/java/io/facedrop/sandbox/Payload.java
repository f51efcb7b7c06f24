package io.facedrop.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a body, with a run of spaces in the middle that is never held in memory.
 *
 * @param before the bytes before the run
 * @param padding the length of the run in bytes
 * @param after the bytes after the run
 */
record Payload(byte[] before, long padding, byte[] after) {
  private static final byte[] NONE = {};
  private static final byte[] SPACES = new byte[64 * 1024];

  static {
    Arrays.fill(SPACES, (byte) ' ');
  }

  static Payload of(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), 0, NONE);
  }

  static Payload padded(String before, long padding, String after) {
    return new Payload(
        before.getBytes(StandardCharsets.UTF_8), padding, after.getBytes(StandardCharsets.UTF_8));
  }

  long length() {
    return before.length + padding + after.length;
  }

  /** Some of the bytes from {@code position} to {@code limit}, at least one where there are any. */
  ByteBuffer slice(long position, long limit) {
    if (position < before.length) {
      return part(before, position, limit);
    }
    long inRun = position - before.length;
    if (inRun < padding) {
      return ByteBuffer.wrap(
          SPACES, 0, (int) least(SPACES.length, padding - inRun, limit - position));
    }
    return part(after, inRun - padding, limit - before.length - padding);
  }

  private static ByteBuffer part(byte[] bytes, long from, long to) {
    return ByteBuffer.wrap(bytes, (int) from, (int) (Math.min(bytes.length, to) - from));
  }

  private static long least(long first, long second, long third) {
    return Math.min(first, Math.min(second, third));
  }
}
