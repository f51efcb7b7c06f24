package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
  private static final String TEXT = "# Größe\nfacedrop.api.rate=5/s\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "UTF-8,        '\ufeff', begins with a byte order mark",
    "UTF-16BE,     '\ufeff', is UTF-16",
    "UTF-16LE,     '\ufeff', is UTF-16",
    "windows-1252, '',       is not UTF-8"
  })
  void writtenInAnotherWayIsRefusedInWords(String charset, String mark, String words)
      throws IOException {
    Path file = folder.resolve("application.properties");
    Files.write(file, (mark + TEXT).getBytes(Charset.forName(charset)));

    assertThat(SettingsFile.faults(file))
        .containsExactly(file + " " + words + ": save it as UTF-8 without a byte order mark");
  }

  @Test
  void writtenAsItIsReadIsFine() throws IOException {
    Path file = Files.writeString(folder.resolve("application.properties"), TEXT);

    assertThat(SettingsFile.faults(file)).isEmpty();
    assertThat(SettingsFile.faults(folder.resolve("none"))).isEmpty();
  }
}
