package io.facedrop.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code <manifest>.sha256}, with the SHA-256 of a manifest's raw bytes: 64 hexadecimal digits
 * alone, or followed by the name, as {@code sha256sum} writes them.
 */
public final class ChecksumFile {

  /** The end of its name. */
  public static final String EXTENSION = ".sha256";

  private static final int MOST_BYTES = 4096;

  // sha256sum begins a line with a backslash when it had to escape the name.
  private static final Pattern FORM =
      Pattern.compile("\\uFEFF?\\\\?(\\p{XDigit}{64})([ \\t]+[^\\r\\n]*)?\\s*");

  private ChecksumFile() {}

  /** Where the checksum of a manifest stands. */
  public static Path of(Path manifest) {
    return manifest.resolveSibling(manifest.getFileName() + EXTENSION);
  }

  /** Whether it is there; a symbolic link does not count. */
  public static boolean isBeside(Path manifest) {
    return Files.isRegularFile(of(manifest), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Compares, if there is anything to compare with.
   *
   * @param sha256 of the manifest's raw bytes, in lower-case hexadecimal
   * @throws ManifestRejectedException {@code CHECKSUM_MISMATCH} or {@code CHECKSUM_UNREADABLE}
   */
  public static void verify(Path manifest, String sha256) throws IOException {
    if (!isBeside(manifest)) {
      return;
    }
    String expected = read(of(manifest));
    if (!expected.equals(sha256)) {
      throw new ManifestRejectedException(
          "CHECKSUM_MISMATCH",
          "the file is not the one that its checksum was made of",
          "SHA-256 " + expected,
          sha256,
          0);
    }
  }

  private static String read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    Matcher form = FORM.matcher(text);
    if (bytes.length > MOST_BYTES || !form.matches()) {
      throw new ManifestRejectedException(
          "CHECKSUM_UNREADABLE",
          "the checksum file cannot be read",
          "one line of 64 hexadecimal digits in " + Excerpt.of(file.getFileName().toString()),
          text.isBlank() ? "nothing" : Excerpt.of(text.strip()),
          0);
    }
    return form.group(1).toLowerCase(Locale.ROOT);
  }
}
