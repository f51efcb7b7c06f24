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
 * The {@code application.properties} of the working directory, or what {@code --config} names
 * instead, as bytes: written in another way than it is read, keys or values of it would be ignored
 * or changed in silence.
 */
public final class SettingsFile {
  /** The system property that says where it is, for want of the usual place. */
  public static final String PLACE = "io.facedrop.config";

  private static final String REMEDY = ": save it as UTF-8 without a byte order mark";

  private SettingsFile() {}

  /** Where it is, or would be. */
  public static Path path() {
    return Path.of(System.getProperty(PLACE, "application.properties"));
  }

  /** What is wrong with it. Only one that somebody has named must be there. */
  static List<String> faults() {
    boolean missing = System.getProperty(PLACE) != null && !Files.isRegularFile(path());
    return missing
        ? List.of("--config names " + path() + ", which is not a file that can be read")
        : faults(path());
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
