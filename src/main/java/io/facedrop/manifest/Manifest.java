package io.facedrop.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens manifests for reading. */
public final class Manifest {

  private Manifest() {}

  /**
   * Opens a manifest under the default limits.
   *
   * @param column name of the column or key that holds the URL, matched trimmed and without case; a
   *     TXT manifest has none
   * @throws ManifestRejectedException when its beginning already shows that it cannot be accepted
   */
  public static RowReader open(Path file, ManifestName name, String column)
      throws ManifestRejectedException, IOException {
    return open(file, name, column, ManifestLimits.DEFAULT);
  }

  /**
   * Opens a manifest under the given limits.
   *
   * @throws ManifestRejectedException when its beginning already shows that it cannot be accepted
   */
  public static RowReader open(Path file, ManifestName name, String column, ManifestLimits limits)
      throws ManifestRejectedException, IOException {
    if (name.format() == Format.CSV) {
      CsvHeader header = CsvHeader.find(file, name.gzip(), column, limits);
      return new CsvRowReader(Source.open(file, name.gzip(), limits), header, limits);
    }
    Source source = Source.open(file, name.gzip(), limits);
    return name.format() == Format.TXT
        ? new TextRowReader(source, limits)
        : new JsonRowReader(source, column, limits);
  }

  /**
   * Returns the SHA-256 of a manifest's content, unpacked where its name ends in {@code .gz}: what
   * makes two manifests the same, whatever their names and however they are packed.
   *
   * @throws ManifestRejectedException when it cannot be unpacked
   */
  public static String contentSha256(Path file) throws IOException {
    if (!ManifestName.isGzip(file.getFileName().toString())) {
      return sha256(file);
    }
    try (InputStream bytes = Files.newInputStream(file);
        RawInput content = new RawInput(new GzipInput(bytes))) {
      return drained(content, ManifestLimits.DEFAULT.mostCharacters());
    }
  }

  /** Returns the SHA-256 of the file's raw bytes, in lower-case hexadecimal. */
  public static String sha256(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        RawInput raw = new RawInput(bytes)) {
      return drained(raw, Long.MAX_VALUE);
    }
  }

  /** Reading is what digests. */
  private static String drained(RawInput input, long most) throws IOException {
    byte[] chunk = new byte[1 << 16];
    long total = 0;
    for (int count = 0; count >= 0; count = input.read(chunk, 0, chunk.length)) {
      total += count;
      if (total > most) {
        throw new ManifestRejectedException(
            "TOO_LARGE", "too large", "at most " + most + " bytes when unpacked", "more", 0);
      }
    }
    return input.sha256();
  }
}
