package io.facedrop.manifest.input;

/**
 * Whether the bytes of a text that is read in a charset of single bytes are UTF-8 instead. By
 * accident they hardly are: each accented letter would have to stand before the right sign.
 */
final class Utf8Evidence {
  private int expected;
  private long beyondAscii;
  private boolean broken;

  void see(byte[] bytes, int from, int to) {
    for (int i = from; i < to && !broken; i++) {
      see(bytes[i]);
    }
  }

  private void see(byte next) {
    if (expected > 0) {
      broken = (next & 0xC0) != 0x80;
      expected--;
    } else if (next < 0) {
      beyondAscii++;
      expected = following(next);
      broken = expected == 0;
    }
  }

  /** How many bytes follow this first one; 0 when it begins nothing. */
  private static int following(byte first) {
    if ((first & 0xE0) == 0xC0) {
      return 1;
    }
    if ((first & 0xF0) == 0xE0) {
      return 2;
    }
    return (first & 0xF8) == 0xF0 ? 3 : 0;
  }

  /** Whether all that was seen is UTF-8, and more than ASCII. */
  boolean isConclusive() {
    return !broken && expected == 0 && beyondAscii > 0;
  }
}
