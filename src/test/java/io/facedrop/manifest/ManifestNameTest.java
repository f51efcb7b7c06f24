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
    "a b.Csv, a b, CSV, false",
    "a.TSV, a, CSV, false",
    "m.20261130T051411Z-7f3a91c2.dead-letter-0001.csv, m, CSV, false",
    "m.20261130T051411Z-7f3a91c2.success-0012.20261201T000000Z-00000000.dead-letter-0001.jsonl.gz, m,"
        + " JSONL, true",
    ".20261130T051411Z-7f3a91c2.success-0001.csv, 20261130T051411Z-7f3a91c2.success-0001, CSV, false",
    ".m.20261130T051411Z-7f3a91c2.success-0001.csv, m, CSV, false",
    ".dot.csv, dot, CSV, false",
    "...dots.v2.csv.gz, dots.v2, CSV, true",
    "....txt, manifest, TXT, false",
    ".csv, manifest, CSV, false",
    "m.success-0001.csv, m.success-0001, CSV, false",
    "a.tsv.gz, a, CSV, true"
  })
  void findsStemFormatAndCompression(String name, String stem, Format format, boolean gzip)
      throws Exception {
    assertThat(ManifestName.of(name)).isEqualTo(new ManifestName(name, stem, format, gzip));
  }

  @ParameterizedTest
  @ValueSource(strings = {"people", "csv", "people.gz", ""})
  void rejectsOtherNames(String name) {
    assertThatThrownBy(() -> ManifestName.of(name))
        .isInstanceOfSatisfying(
            ManifestRejectedException.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo("UNSUPPORTED_FORMAT");
              assertThat(rejected.line()).isZero();
            })
        .hasMessage(
            "unsupported format: expected .csv, .tsv, .txt or .jsonl, each also with .gz but found "
                + name);
  }

  @ParameterizedTest
  @CsvSource({
    "people.xlsx, save the sheet as \"CSV UTF-8\"",
    "people.ODS, save the sheet as \"CSV UTF-8\"",
    "people.csv.zip, unpack it; a single manifest may be packed with gzip",
    "people.tar.gz, unpack it; a single manifest may be packed with gzip",
    "people.json, name it .jsonl if each of its lines is an object"
  })
  void saysWhatToDoWithOtherFiles(String name, String advice) {
    assertThatThrownBy(() -> ManifestName.of(name))
        .hasMessage(
            "unsupported format: expected .csv, .tsv, .txt or .jsonl, each also with .gz (%s) but"
                + " found %s",
            advice, name);
  }

  @Test
  void shortensAndCleansNamesInMessages() {
    assertThatThrownBy(() -> ManifestName.of("a\u001b\u202e" + "b".repeat(100)))
        .hasMessageEndingWith("found a??" + "b".repeat(77) + "...");
  }
}
