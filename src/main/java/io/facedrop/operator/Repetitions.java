package io.facedrop.operator;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Counts texts that were there before, in 8 bytes each: two different ones are taken for the same
 * about once in 10^19 pairs.
 */
final class Repetitions {
  private final int most;
  private long[] hashes = new long[1024];
  private int size;

  /**
   * @param most texts that are looked at; later ones are left out
   */
  Repetitions(int most) {
    this.most = most;
  }

  void add(String text) {
    if (size == most) {
      return;
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, (int) Math.min(most, size * 2L));
    }
    hashes[size++] = hash(text);
  }

  long count() {
    Arrays.sort(hashes, 0, size);
    long repeated = 0;
    for (int i = 1; i < size; i++) {
      repeated += hashes[i] == hashes[i - 1] ? 1 : 0;
    }
    return repeated;
  }

  private static long hash(String text) {
    CRC32C high = new CRC32C();
    high.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return high.getValue() << 32 | text.hashCode() & 0xffff_ffffL;
  }
}
