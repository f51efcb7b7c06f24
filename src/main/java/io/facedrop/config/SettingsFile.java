package io.facedrop.config;

import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code application.properties} of the working directory, as bytes: written in another way
 * than it is read, keys or values of it would be ignored or changed in silence.
 */
final class SettingsFile {
  private static final Path FILE = Path.of("application.properties");
  private static final String REMEDY = ": save it as UTF-8 without a byte order mark";

  private SettingsFile() {}

  /** What is wrong with it, if it is there at all. */
  static List<String> faults() {
    return faults(FILE);
  }

  static List<String> faults(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
        return List.of(file + " begins with a byte order mark" + REMEDY);
      }
      if (startsWith(bytes, 0xfe, 0xff) || startsWith(bytes, 0xff, 0xfe)) {
        return List.of(file + " is UTF-16" + REMEDY);
      }
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return List.of();
    } catch (CharacterCodingException other) {
      return List.of(file + " is not UTF-8" + REMEDY);
    } catch (IOException e) {
      return List.of(file + " cannot be read: " + Cause.of(e));
    }
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
