package io.facedrop.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumFileTest {
  private static final String SHA256 =
      "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9";

  @TempDir Path folder;
  private Path manifest;

  @BeforeEach
  void prepare() {
    manifest = folder.resolve("m.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s\n",
        "%s\r\n\n",
        "%s  m.csv\n",
        "%s *m.csv\n",
        "%s  upload/other name.csv\n",
        "\\%s  m\\n.csv\n",
        "\uFEFF%s\n",
        "%s\t-"
      })
  void readsHexadecimalDigitsAndWhatSha256sumWrites(String form) throws Exception {
    put(form.formatted(SHA256));
    assertThatCode(() -> ChecksumFile.verify(manifest, SHA256)).doesNotThrowAnyException();
    put(form.formatted(SHA256.toUpperCase()));
    assertThatCode(() -> ChecksumFile.verify(manifest, SHA256)).doesNotThrowAnyException();
  }

  @Test
  void rejectsAnotherContent() throws Exception {
    put(SHA256 + "  m.csv\n");
    String found = SHA256.replace('0', '1');
    ManifestRejectedException rejected = rejection(found);
    assertThat(rejected)
        .hasMessage(
            "the file is not the one that its checksum was made of: expected SHA-256 "
                + SHA256
                + " but found "
                + found);
    assertThat(rejected.code()).isEqualTo("CHECKSUM_MISMATCH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "none",
        "0a1b",
        SHA256 + "00",
        SHA256 + "x",
        SHA256 + "  a\n" + SHA256 + "  b\n",
        "SHA256 (m.csv) = " + SHA256,
        "${file:name}",
        "g" + "0"
      })
  void rejectsWhatIsNoChecksum(String text) throws Exception {
    put(text);
    ManifestRejectedException rejected = rejection(SHA256);
    assertThat(rejected.code()).isEqualTo("CHECKSUM_UNREADABLE");
    assertThat(rejected.expected()).isEqualTo("one line of 64 hexadecimal digits in m.csv.sha256");
    assertThat(rejected.found()).hasSizeLessThan(100);
  }

  @Test
  void readsNoMoreThanAChecksumNeeds() throws Exception {
    put(SHA256 + " " + "x".repeat(5000));
    assertThat(rejection(SHA256).code()).isEqualTo("CHECKSUM_UNREADABLE");
  }

  @Test
  void takesNoLinkForAChecksum() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "not to be read");
    Files.createSymbolicLink(ChecksumFile.of(manifest), secret);
    assertThat(ChecksumFile.isBeside(manifest)).isFalse();
    assertThatCode(() -> ChecksumFile.verify(manifest, SHA256)).doesNotThrowAnyException();
  }

  private void put(String text) throws IOException {
    Files.writeString(ChecksumFile.of(manifest), text);
  }

  private ManifestRejectedException rejection(String sha256) {
    return catchThrowableOfType(
        ManifestRejectedException.class, () -> ChecksumFile.verify(manifest, sha256));
  }
}
