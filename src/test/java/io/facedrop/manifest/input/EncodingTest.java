package io.facedrop.manifest.input;

import static io.facedrop.manifest.format.Manifests.gzip;
import static io.facedrop.manifest.format.Manifests.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.Manifests;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Manifests manifests;

  @BeforeEach
  void prepare() {
    manifests = new Manifests(folder);
  }

  private void assertNotUtf8(byte[] bytes, String found, long line) {
    for (String name : new String[] {"m.csv", "m.txt", "m.jsonl"}) {
      ManifestRejectedException rejected = manifests.rejection(name, bytes);
      assertThat(rejected)
          .hasMessage("not UTF-8: expected UTF-8 but found " + found + " (line " + line + ")");
      assertThat(rejected.code()).isEqualTo("NOT_UTF8");
    }
  }

  @Test
  void rejectsLatin1WithItsLine() {
    byte[] bytes = "image_url\r\nu\r\ncaf\u00e9\r\nv\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertNotUtf8(bytes, "the byte 0xE9", 3);
  }

  @Test
  void rejectsBadByteFarBehindTheBeginning() throws Exception {
    byte[] good = ("image_url\n" + "https://a/\u00e9\u4e2d😀\n".repeat(100_000)).getBytes("UTF-8");
    ManifestRejectedException rejected =
        manifests.rejection("m.csv", join(good, new byte[] {(byte) 0xFF, '\n'}));
    assertThat(rejected)
        .hasMessage("not UTF-8: expected UTF-8 but found the byte 0xFF (line 100002)");
  }

  @Test
  void rejectsCharacterCutAtTheEnd() {
    assertNotUtf8(
        join("image_url".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xC3}),
        "the byte 0xC3",
        1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void rejectsUtf16WithAndWithoutMark(String charset) {
    String text = "image_url\nhttps://a/1\n";
    assertNotUtf8(
        ("\uFEFF" + text).getBytes(Charset.forName(charset)), "a UTF-16 byte order mark", 1);
    assertNotUtf8(text.getBytes(Charset.forName(charset)), "the byte 0x00, as in UTF-16", 1);
  }

  @Test
  void rejectsNulAnywhere() {
    assertNotUtf8(
        "image_url\nu\u0000\n".getBytes(StandardCharsets.UTF_8), "the byte 0x00, as in UTF-16", 2);
  }

  @Test
  void readsCharactersAcrossBuffers() throws Exception {
    for (int shift = 0; shift < 4; shift++) {
      String url = "x".repeat(shift) + "é中😀".repeat(50_000);
      assertThat(manifests.read("m.txt", url).urls()).containsExactly(url);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.csv", "m.txt", "m.jsonl"})
  void rejectsEmptyFile(String name) throws Exception {
    assertEmpty(name, new byte[0]);
    assertEmpty(name, BYTE_ORDER_MARK);
    assertEmpty(name + ".gz", new byte[0]);
    assertEmpty(name + ".gz", gzip(""));
    assertEmpty(name + ".gz", gzip("\uFEFF"));
  }

  private void assertEmpty(String name, byte[] bytes) {
    ManifestRejectedException rejected = manifests.rejection(name, bytes);
    assertThat(rejected).hasMessage("empty file: expected a manifest but found no text");
    assertThat(rejected.code()).isEqualTo("EMPTY_FILE");
  }

  @Test
  void digestsAllBytes() throws Exception {
    byte[] bytes = join(BYTE_ORDER_MARK, "image_url\n".getBytes(StandardCharsets.UTF_8));
    Manifests.Content content = manifests.read("m.csv", bytes);
    assertThat(content.sha256())
        .isEqualTo(Manifest.sha256(folder.resolve("m.csv")))
        .isEqualTo("c2d9594732320adef7e79e067ab4214f14e36e60db98d9545ef6a90ea3c29562");
    assertThat(content.bytesRead()).isEqualTo(13);
  }

  @Test
  void refusesSha256BeforeTheEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("m.txt"), "u\n");
    try (RowReader reader = Manifest.open(file, ManifestName.of("m.txt"), "image_url")) {
      assertThatThrownBy(reader::sha256)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Expected the end of the manifest before its SHA-256");
    }
  }
}
