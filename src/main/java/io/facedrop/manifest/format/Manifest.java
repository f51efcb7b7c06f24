package io.facedrop.manifest.format;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.csv.CsvHeader;
import io.facedrop.manifest.csv.CsvRowReader;
import io.facedrop.manifest.input.ContentDigest;
import io.facedrop.manifest.input.GzipInput;
import io.facedrop.manifest.input.RawInput;
import io.facedrop.manifest.input.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens manifests for reading. */
public final class Manifest {

  private Manifest() {}

  /**
   * Opens a manifest.
   *
   * @throws ManifestRejectedException when its beginning already shows that it cannot be accepted
   */
  public static RowReader open(Path file, ManifestName name, ManifestRules rules)
      throws ManifestRejectedException, IOException {
    return new CountedRows(unbounded(file, name, rules), rules.limits());
  }

  private static RowReader unbounded(Path file, ManifestName name, ManifestRules rules)
      throws IOException {
    if (name.format() == Format.CSV) {
      CsvHeader header = CsvHeader.find(file, name.gzip(), rules);
      return new CsvRowReader(Source.open(file, name.gzip(), rules), header, rules.limits());
    }
    Source source = Source.open(file, name.gzip(), rules);
    return name.format() == Format.TXT
        ? new TextRowReader(source, rules)
        : new JsonRowReader(source, rules);
  }

  /**
   * Returns the SHA-256 of a manifest's content, unpacked where its name ends in {@code .gz}: what
   * makes two manifests the same, whatever their names and however they are packed.
   *
   * @throws ManifestRejectedException when it cannot be unpacked, or is beyond a limit
   */
  public static String contentSha256(Path file, ManifestLimits limits) throws IOException {
    return digests(file, limits).content();
  }

  /**
   * The SHA-256 of a manifest, in lower-case hexadecimal.
   *
   * @param content unpacked, where the name ends in {@code .gz}
   * @param raw of the file's own bytes, which are the content of any other
   */
  public record Digests(String content, String raw) {}

  /**
   * Reads a manifest once, so that both digests are of the same file, whoever replaces it.
   *
   * @throws ManifestRejectedException when it cannot be unpacked, or is beyond a limit
   */
  public static Digests digests(Path file, ManifestLimits limits) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      if (!ManifestName.isGzip(file.getFileName().toString())) {
        String sha256 = new ContentDigest(limits).of(bytes);
        return new Digests(sha256, sha256);
      }
      try (RawInput raw = new RawInput(bytes);
          GzipInput content = new GzipInput(raw)) {
        return new Digests(new ContentDigest(limits).of(content), raw.sha256());
      }
    }
  }

  /** Returns the SHA-256 of the file's raw bytes, in lower-case hexadecimal. */
  public static String sha256(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        RawInput raw = new RawInput(bytes)) {
      raw.transferTo(OutputStream.nullOutputStream());
      return raw.sha256();
    }
  }
}
