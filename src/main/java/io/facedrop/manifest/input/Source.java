package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A manifest's file opened once: its raw bytes and, on top of them, its text. */
public record Source(RawInput raw, Utf8Text text) implements Closeable {

  public static Source open(Path file, boolean gzip, ManifestLimits limits) throws IOException {
    RawInput raw = new RawInput(Files.newInputStream(file));
    InputStream bytes = gzip ? new GzipInput(raw) : raw;
    try {
      return new Source(raw, new Utf8Text(bytes, limits));
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
