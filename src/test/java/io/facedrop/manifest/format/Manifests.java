package io.facedrop.manifest.format;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Manifests on disk for tests, and what reading them to the end gives. */
public record Manifests(Path folder) {

  public record Content(Layout layout, List<Row> rows, String sha256, long bytesRead) {
    public List<String> urls() {
      return rows.stream().map(Row::imageUrl).toList();
    }

    public List<Long> lines() {
      return rows.stream().map(Row::line).toList();
    }

    /** The output without any column of ours, as the publisher would write it. */
    public List<String> texts() {
      RowText text = RowText.of(layout);
      return rows.stream()
          .map(row -> text.line(row.before(), row.imageUrl(), row.after(), List.of(), List.of()))
          .toList();
    }
  }

  public Content read(String name, String text) throws IOException {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public Content read(String name, byte[] bytes) throws IOException {
    return read(name, bytes, "image_url", ManifestLimits.DEFAULT);
  }

  public Content read(String name, byte[] bytes, ManifestRules rules) throws IOException {
    return read(Files.write(folder.resolve(name), bytes), rules);
  }

  /** A file that is there. */
  public static Content read(Path file, ManifestRules rules) throws IOException {
    ManifestName name = ManifestName.of(file.getFileName().toString());
    try (RowReader reader = Manifest.open(file, name, rules)) {
      List<Row> rows = new ArrayList<>();
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
      return new Content(reader.layout(), rows, reader.sha256(), reader.bytesRead());
    }
  }

  public Content read(String name, byte[] bytes, String column, ManifestLimits limits)
      throws IOException {
    return read(name, bytes, ManifestRules.of(column).within(limits));
  }

  public ManifestRejectedException rejection(String name, String text) {
    return rejection(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public ManifestRejectedException rejection(String name, byte[] bytes, ManifestRules rules) {
    return catchThrowableOfType(ManifestRejectedException.class, () -> read(name, bytes, rules));
  }

  public ManifestRejectedException rejection(String name, byte[] bytes) {
    return rejection(name, bytes, ManifestLimits.DEFAULT);
  }

  public ManifestRejectedException rejection(String name, byte[] bytes, ManifestLimits limits) {
    return catchThrowableOfType(
        ManifestRejectedException.class, () -> read(name, bytes, "image_url", limits));
  }

  public static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
