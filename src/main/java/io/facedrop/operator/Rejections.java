package io.facedrop.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The manifests that were rejected lately, by the reasons that lie beside them. */
final class Rejections {
  private static final String REASON = ".reason.json";

  private Rejections() {}

  /**
   * In words, the newest first; none where they are not kept on this machine.
   *
   * @param uri that rejected manifests go to
   */
  static List<String> since(String uri, Instant since, int most) {
    if (!uri.startsWith("file:")) {
      return List.of();
    }
    Path directory = Path.of(Places.directory(uri));
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(REASON))
              .filter(file -> changed(file).toInstant().isAfter(since))
              .sorted(Comparator.comparing(Rejections::changed).reversed())
              .toList();
      Stream<String> told = found.stream().limit(most).map(Rejections::words);
      return found.size() <= most
          ? told.toList()
          : Stream.concat(told, Stream.of("and " + (found.size() - most) + " more in " + directory))
              .toList();
    } catch (IOException | UncheckedIOException none) {
      return List.of();
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static String words(Path file) {
    try {
      // Made here, for it takes a tenth of a second, and most looks find no such file.
      JsonNode reason = new ObjectMapper().readTree(file.toFile());
      return reason.path("manifest").asText()
          + ": "
          + reason.path("code").asText()
          + ", "
          + reason.path("message").asText();
    } catch (IOException unreadable) {
      return file.getFileName() + ": the reason cannot be read";
    }
  }
}
