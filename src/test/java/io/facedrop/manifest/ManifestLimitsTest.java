package io.facedrop.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.Manifests;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestLimitsTest {
  private static final ManifestLimits SMALL = new ManifestLimits(1_000, 3, 2, 10_000);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "m.csv, 'image_url\nu\nv\n', 'image_url\nu\nv\nw\n', 4",
    "m.txt, 'u\n#\n\nv\n', 'u\n#\n\nv\nw', 5",
    "m.jsonl, '{\"image_url\":1}\n{}', '{\"image_url\":1}\n{}\n\n{}', 4"
  })
  void boundsRows(String name, String most, String tooMany, long line) throws Exception {
    assertThat(read(name, most).rows()).hasSize(2);
    ManifestRejectedException rejected = rejection(name, tooMany);
    assertThat(rejected.code()).isEqualTo("TOO_MANY_ROWS");
    assertThat(rejected)
        .hasMessage(
            "too many rows: expected at most 2 rows (facedrop.manifest.max-rows) but found more"
                + " (line "
                + line
                + ")");
  }

  @Test
  void boundsTheKeysOfAnObject() throws Exception {
    assertThat(read("m.jsonl", "{\"image_url\":1,\"b\":{\"c\":1,\"d\":2},\"e\":1}").rows())
        .hasSize(1);
    assertThat(rejection("m.jsonl", "{\"image_url\":1,\"b\":1,\"c\":1,\"d\":1}").code())
        .isEqualTo("TOO_MANY_COLUMNS");
  }

  @Test
  void boundsBytesHoweverFewCharactersTheyAre() {
    ManifestRejectedException rejected = rejection("m.txt", "#" + "ä".repeat(400) + "\n");
    assertThat(rejected).isNull();
    rejected = rejection("m.txt", ("#" + "ä".repeat(400) + "\n").repeat(13));
    assertThat(rejected.code()).isEqualTo("TOO_LARGE");
    assertThat(rejected.line()).isZero();
  }

  @Test
  void givesABombUpAtItsFirstEndlessLine() throws Exception {
    Path bomb = folder.resolve("bomb.csv.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      gzip.write("image_url\nu\n".getBytes(StandardCharsets.UTF_8));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    assertThat(digestRejection(bomb, ManifestLimits.DEFAULT))
        .hasMessage(
            "line too long: expected at most 1048576 characters (facedrop.manifest.max-record) but"
                + " found more (line 3)");
  }

  @Test
  void givesAFileUpThatHoldsMoreThanItsDisk() throws Exception {
    Path sparse = folder.resolve("sparse.csv");
    try (var file = new java.io.RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    ManifestRejectedException rejected =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> digestRejection(sparse, ManifestLimits.DEFAULT));
    assertThat(rejected.code()).isEqualTo("LINE_TOO_LONG");
  }

  @Test
  void boundsWhatIsUnpackedToTellItsContent() throws Exception {
    Path lines = folder.resolve("lines.txt.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(lines))) {
      gzip.write("\n".repeat(10_001).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(digestRejection(lines, SMALL).code()).isEqualTo("TOO_LARGE");
  }

  private Manifests.Content read(String name, String text) throws Exception {
    return new Manifests(folder)
        .read(name, text.getBytes(StandardCharsets.UTF_8), "image_url", SMALL);
  }

  private ManifestRejectedException rejection(String name, String text) {
    return new Manifests(folder).rejection(name, text.getBytes(StandardCharsets.UTF_8), SMALL);
  }

  private static ManifestRejectedException digestRejection(Path file, ManifestLimits limits) {
    return catchThrowableOfType(
        ManifestRejectedException.class, () -> Manifest.contentSha256(file, limits));
  }
}
