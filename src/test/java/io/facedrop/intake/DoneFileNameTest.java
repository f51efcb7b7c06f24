package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoneFileNameTest {
  @ParameterizedTest
  @CsvSource({
    "${file:name}.done, m.csv, m.csv.done",
    "$simple{file:name}.done, m.csv, m.csv.done",
    "ready-${file:name.noext}, m.csv, ready-m",
    "${file:name.noext}.done, m.csv.gz, m.csv.done",
    "${file:name.noext}.done, manifest, manifest.done",
    "${file:name}.done, $1 m.csv, $1 m.csv.done",
    "done, m.csv, done"
  })
  void namesTheDoneFileOfAManifest(String pattern, String manifest, String done) {
    assertThat(new DoneFileName(pattern).of(manifest)).isEqualTo(done);
    assertThat(new DoneFileName(pattern).used()).isTrue();
  }

  @Test
  void withoutAPatternNoManifestWaitsForOne() {
    assertThat(new DoneFileName("").used()).isFalse();
  }
}
