package io.facedrop.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestNameTest {

  @ParameterizedTest
  @CsvSource({
    "people.csv, people, CSV, false",
    "people.txt, people, TXT, false",
    "people.jsonl, people, JSONL, false",
    "people.csv.gz, people, CSV, true",
    "people.TXT.GZ, people, TXT, true",
    "people.v2.JsonL.gz, people.v2, JSONL, true",
    "a b.Csv, a b, CSV, false"
  })
  void findsStemFormatAndCompression(String name, String stem, Format format, boolean gzip)
      throws Exception {
    assertThat(ManifestName.of(name)).isEqualTo(new ManifestName(name, stem, format, gzip));
  }

  @ParameterizedTest
  @ValueSource(strings = {"people.xlsx", "people", "csv", "people.gz", "people.csv.zip", ""})
  void rejectsOtherNames(String name) {
    assertThatThrownBy(() -> ManifestName.of(name))
        .isInstanceOfSatisfying(
            ManifestRejectedException.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo("UNSUPPORTED_FORMAT");
              assertThat(rejected.line()).isZero();
            })
        .hasMessage(
            "unsupported format: expected .csv, .txt or .jsonl, each also with .gz but found "
                + name);
  }

  @Test
  void shortensAndCleansNamesInMessages() {
    assertThatThrownBy(() -> ManifestName.of("a\u001b\u202e" + "b".repeat(100)))
        .hasMessageEndingWith("found a??" + "b".repeat(77) + "...");
  }
}
