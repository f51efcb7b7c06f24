package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ships is one jar, with other class paths, manifests and machines than a test has. */
@Timeout(180)
class PackagedJarAcceptanceTest {
  @TempDir Path folder;

  @Test
  void tellsTwoBuildsOfAVersionApart() {
    try (Installation facedrop = new Installation(folder, "http://127.0.0.1:1")) {
      Cli version = facedrop.start("--version");

      assertThat(version.exitCode()).isZero();
      assertThat(version.said()).matches("facedrop \\S+ \\([0-9a-f]{7,}\\)\\s*");
    }
  }

  @ParameterizedTest
  @CsvSource({"ar, EG", "bn, BD", "th, TH", "tr, TR"})
  void worksABatchWhereDigitsAndLettersAreOthers(String language, String country)
      throws IOException {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = new Installation(folder, api.uri().toString())) {
      facedrop
          .with("facedrop.api.rate", "1000/s")
          .with("facedrop.faces.poll-ages", "500ms")
          .with("facedrop.acknowledge", "true");
      Path manifest = facedrop.manifest("m.csv", 1_200, Map.of());

      Cli run =
          facedrop.start(
              "run",
              "--max-wait=20s",
              "-Duser.language=" + language,
              "-Duser.country=" + country,
              "-Duser.extensions=" + (language.equals("th") ? "u-nu-thai-ca-buddhist" : ""),
              manifest.toString());

      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(facedrop.rows("success")).hasSize(1_200);
      assertThat(run.said() + files(facedrop.folder.resolve("data")))
          .containsPattern("1,?200 succeeded")
          .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
      for (Path report : files(facedrop.folder.resolve("data/report")).toArray(new Path[0])) {
        assertThat(Files.readString(report)).doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
      }
    }
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
