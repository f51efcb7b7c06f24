package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
  private static final String KEY = "key-7f3a91c2";

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void holdsTheKeyAndMaybeALineBreak(String end) throws Exception {
    Settings settings = SettingsReader.readWithKey(settings(KEY + end));
    assertThat(settings.api().key()).isEqualTo(KEY);
    assertThat(settings.properties()).containsEntry("facedrop.api.key", KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {" " + KEY, KEY + " \n", KEY + "\n\n", KEY + "\nsecond", "\ufeff" + KEY})
  void holdsNothingElse(String content) throws IOException {
    assertThat(fault(settings(content)))
        .isEqualTo(
            "facedrop.api.key (or its file) holds a blank or a character outside ASCII; check for a stray line"
                + " break or quote");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n"})
  void isNotEmpty(String content) throws IOException {
    Map<String, String> settings = settings(content);
    assertThat(faults(settings))
        .contains("facedrop.api.key-file names " + file() + ", which is empty");
  }

  @Test
  void isThere() {
    assertThat(faults(Map.of("facedrop.api.key", "", "facedrop.api.key-file", file().toString())))
        .contains(
            "facedrop.api.key-file names "
                + file()
                + ", which cannot be read ("
                + file()
                + " is not there)");
  }

  @Test
  void isNoDirectory() {
    assertThat(faults(Map.of("facedrop.api.key", "", "facedrop.api.key-file", dir.toString())))
        .anyMatch(fault -> fault.startsWith("facedrop.api.key-file names " + dir + ", which "));
  }

  @Test
  void isAFileName() {
    assertThat(faults(Map.of("facedrop.api.key", "", "facedrop.api.key-file", "a\0b")))
        .anyMatch(fault -> fault.startsWith("facedrop.api.key-file must name a file (Nul"));
  }

  @Test
  void isText() throws IOException {
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThat(faults(Map.of("facedrop.api.key", "", "facedrop.api.key-file", file().toString())))
        .anyMatch(fault -> fault.startsWith("facedrop.api.key-file names " + file() + ", which"));
  }

  @Test
  void isShort() throws IOException {
    assertThat(faults(settings("k".repeat(5000))))
        .contains(
            "facedrop.api.key-file names " + file() + ", which is too long to hold just a secret");
  }

  @Test
  void isNotBesideTheKeyItself() throws IOException {
    Files.writeString(file(), KEY);
    assertThat(
            fault(
                Map.of(
                    "facedrop.api.key",
                    "other-key-55",
                    "facedrop.api.key-file",
                    file().toString())))
        .isEqualTo(
            "facedrop.api.key and facedrop.api.key-file are both set; keep the one that is meant");
  }

  private Path file() {
    return dir.resolve("key");
  }

  private Map<String, String> settings(String content) throws IOException {
    Files.writeString(file(), content);
    return Map.of("facedrop.api.key", "", "facedrop.api.key-file", file().toString());
  }

  private static String fault(Map<String, String> settings) {
    assertThat(faults(settings)).hasSize(1);
    return faults(settings).get(0);
  }

  private static java.util.List<String> faults(Map<String, String> settings) {
    InvalidSettingsException invalid =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> SettingsReader.readWithKey(settings));
    assertThat(invalid).isNotNull();
    assertThat(invalid.getMessage()).doesNotContain(KEY);
    return invalid.faults();
  }
}
