package io.facedrop.manifest.input;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What the first bytes of a file tell about the rest. */
enum FileStart {
  UTF_8(StandardCharsets.UTF_8, null, 0xEF, 0xBB, 0xBF),
  UTF_16_BIG(StandardCharsets.UTF_16BE, null, 0xFE, 0xFF),
  UTF_16_LITTLE(StandardCharsets.UTF_16LE, null, 0xFF, 0xFE),
  ZIP(null, "a ZIP archive or a workbook", 'P', 'K', 3, 4),
  OLD_OFFICE(null, "a document of an old Office", 0xD0, 0xCF, 0x11, 0xE0),
  PDF(null, "a PDF document", '%', 'P', 'D', 'F'),
  PNG(null, "an image", 0x89, 'P', 'N', 'G'),
  JPEG(null, "an image", 0xFF, 0xD8, 0xFF),
  GZIP(null, "a gzip file, whose name would end in .gz", 0x1F, 0x8B, 8),
  PLAIN(null, null);

  /** The bytes of the longest. */
  static final int LONGEST = 4;

  private final Charset charset;
  private final String words;
  private final int[] bytes;

  FileStart(Charset charset, String words, int... bytes) {
    this.charset = charset;
    this.words = words;
    this.bytes = bytes;
  }

  static FileStart of(ByteBuffer file) {
    return Arrays.stream(values()).filter(start -> start.begins(file)).findFirst().orElse(PLAIN);
  }

  private boolean begins(ByteBuffer file) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= file.remaining() || (file.get(file.position() + i) & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** That its mark names. */
  Optional<Charset> charset() {
    return Optional.ofNullable(charset);
  }

  /** Whether it is no text at all. */
  boolean isPacked() {
    return words != null;
  }

  String words() {
    return words;
  }
}
