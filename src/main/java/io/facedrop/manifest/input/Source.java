package io.facedrop.manifest.input;

import io.facedrop.manifest.ManifestRules;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A manifest's file opened once: its raw bytes and, on top of them, its text. */
public record Source(RawInput raw, ManifestText text) implements Closeable {

  public static Source open(Path file, boolean gzip, ManifestRules rules) throws IOException {
    RawInput raw = new RawInput(Files.newInputStream(file));
    InputStream bytes = gzip ? new GzipInput(raw) : raw;
    try {
      return new Source(raw, new ManifestText(bytes, rules));
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
