package io.facedrop.manifest.input;

import static io.facedrop.manifest.format.Manifests.gzip;
import static io.facedrop.manifest.format.Manifests.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.manifest.format.Manifests;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      assertThat(rejected).hasMessage(message("UTF-8", found, line));
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
    assertThat(rejected).hasMessage(message("UTF-8", "the byte 0xFF", 100_002));
  }

  @Test
  void rejectsCharacterCutAtTheEnd() {
    assertNotUtf8(
        join("image_url".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xC3}),
        "the byte 0xC3",
        1);
  }

  private static String message(String charset, String found, long line) {
    return "not %s: expected %s (save it as UTF-8, in Excel as \"CSV UTF-8\", or say in"
            .formatted(charset, charset)
        + " facedrop.manifest.charset what manifests without a byte order mark are)"
        + " but found %s (line %d)".formatted(found, line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void readsUtf16WithAMarkAndIsToldOfItWithout(String charset) throws Exception {
    String text = "image_url\nhttps://a/é\n";
    Charset utf16 = Charset.forName(charset);
    assertThat(manifests.read("m.csv", ("\uFEFF" + text).getBytes(utf16)).urls())
        .containsExactly("https://a/é");
    assertNotUtf8(text.getBytes(utf16), "the byte 0x00, as in UTF-16", 1);
    assertThat(manifests.read("m.csv", text.getBytes(utf16), in(charset)).urls())
        .containsExactly("https://a/é");
  }

  private static ManifestRules in(String charset) {
    return new ManifestRules(
        List.of("image_url"), Charset.forName(charset), ManifestLimits.DEFAULT);
  }

  @Test
  void aMarkCountsForMoreThanTheSetting() throws Exception {
    byte[] marked = "\uFEFFimage_url\nhttps://a/é\n".getBytes(StandardCharsets.UTF_8);
    assertThat(manifests.read("m.csv", marked, in("windows-1252")).urls())
        .containsExactly("https://a/é");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image_url,größe,facedrop_batch\nhttps://a/é,ä,1\n",
        "sep=,\nfacedrop_batch,größe,image_url\n1,ä,https://a/é\n",
      })
  void anOutputOfOursIsUtf8WhateverTheSettingSays(String text) throws Exception {
    byte[] output = text.getBytes(StandardCharsets.UTF_8);
    for (String charset : new String[] {"windows-1252", "UTF-16LE", "Shift_JIS"}) {
      Manifests.Content read = manifests.read("m.csv", output, in(charset));
      assertThat(read.urls()).as(charset).containsExactly("https://a/é");
      assertThat(read.layout().header()).as(charset).contains("größe");
    }
    byte[] line = "{\"image_url\":\"https://a/é\",\"facedrop_batch\":\"1\"}\n".getBytes("UTF-8");
    assertThat(manifests.read("m.jsonl", line, in("windows-1252")).urls())
        .containsExactly("https://a/é");
  }

  @Test
  void anOutputOfOursThatWasSavedInAnotherCharsetIsToldSo() throws Exception {
    byte[] ansi = "image_url,facedrop_batch\nhttps://a/é,1\n".getBytes("windows-1252");

    assertThat(manifests.rejection("m.csv", ansi, in("windows-1252")))
        .hasMessage(
            "not UTF-8: expected UTF-8, as every output of facedrop is, whatever"
                + " facedrop.manifest.charset says (save it as UTF-8, in Excel as \"CSV UTF-8\")"
                + " but found the byte 0xE9 (line 2)");
  }

  @Test
  void onlyBehindASepLineTheSecondLineIsTheHeader() throws Exception {
    byte[] ansi = "image_url,note\nhttps://a/é,facedrop_batch\n".getBytes("windows-1252");

    assertThat(manifests.read("m.csv", ansi, in("windows-1252")).urls())
        .containsExactly("https://a/é");
  }

  @Test
  void rejectsUtf8ThatWouldBeReadAsSingleBytes() throws Exception {
    for (String text :
        List.of(
            "image_url,größe\nhttps://a/b,\n",
            "image_url\n" + "https://a/\u4e2d\n".repeat(50_000))) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertThat(manifests.rejection("m.csv", utf8, in("windows-1252")))
          .hasMessage(
              "not windows-1252: expected windows-1252, as facedrop.manifest.charset says of all"
                  + " manifests without a byte order mark but found UTF-8; give the file a byte"
                  + " order mark (\"CSV UTF-8\"), or leave the setting out for it");
      byte[] ansi = text.replace('\u4e2d', 'é').getBytes("windows-1252");
      assertThat(manifests.read("m.csv", ansi, in("windows-1252")).rows()).isNotEmpty();
    }
    assertThat(
            manifests
                .read("m.csv", "image_url\nhttps://a/b\n".getBytes("UTF-8"), in("windows-1252"))
                .urls())
        .containsExactly("https://a/b");
  }

  @Test
  void rejectsWhatIsNotInTheCharsetThatIsSaid() {
    ManifestRejectedException rejected =
        manifests.rejection(
            "m.csv", "image_url\né\n".getBytes(StandardCharsets.UTF_8), in("US-ASCII"));
    assertThat(rejected.code()).isEqualTo("WRONG_CHARSET");
    assertThat(rejected).hasMessage(message("US-ASCII", "the byte 0xC3", 2));
  }

  @Test
  void rejectsWorkbooksAndArchivesByTheirFirstBytes() {
    byte[] workbook = {'P', 'K', 3, 4, 20, 0};
    for (String name : new String[] {"m.csv", "m.txt", "m.jsonl"}) {
      assertThat(manifests.rejection(name, workbook))
          .hasMessage(
              "no text: expected text but found a ZIP archive or a workbook; unpack it, or save it"
                  + " as text (line 1)");
    }
  }

  /** Every place in a file where a chunk may end, with marks before and Ctrl-Z behind. */
  @Test
  void dropsMarksBeforeAndCtrlZBehind() throws Exception {
    for (int length : new int[] {1, 65_523, 65_524, 65_525, 65_526, 65_527, 131_050, 262_144}) {
      String url = "https://a/" + "x".repeat(length);
      for (String marks : new String[] {"", "\uFEFF", "\uFEFF\uFEFF"}) {
        for (String end :
            new String[] {"", "\n", "\u001A", "\n\u001A", "\u001Ax", "\u001A\u001A"}) {
          String rest = end.endsWith("\u001A") ? end.substring(0, end.length() - 1) : end;
          assertThat(manifests.read("m.txt", marks + url + end).urls())
              .as(
                  "%d characters, %s, %s",
                  length, marks.length(), end.codePoints().boxed().toList())
              .containsExactly((url + rest).strip());
        }
      }
    }
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
    Path file = Files.writeString(folder.resolve("m.txt"), "https://a/1\n");
    try (RowReader reader =
        Manifest.open(file, ManifestName.of("m.txt"), ManifestRules.of("image_url"))) {
      assertThatThrownBy(reader::sha256)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Expected the end of the manifest before its SHA-256");
    }
  }
}
