package io.facedrop.manifest.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextManifestTest {

  @TempDir Path folder;

  @Test
  void readsUrlOfEachLine() throws Exception {
    String text =
        "\uFEFF# people\r\n\r\n  https://a/1 \t\r\n \t# more\nhttps://a/2#x\n\nhttps://a/3";
    Manifests.Content content = new Manifests(folder).read("m.txt", text);
    assertThat(content.layout()).isEqualTo(new Layout(Format.TXT, ',', "\uFEFFimage_url"));
    assertThat(content.rows())
        .containsExactly(
            new Row(3, "https://a/1", "", "", null, null),
            new Row(5, "https://a/2#x", "", "", null, null),
            new Row(7, "https://a/3", "", "", null, null));
  }

  @Test
  void endsLinesWithCrAsOnAnOldMac() throws Exception {
    Manifests.Content content = new Manifests(folder).read("m.txt", "u\rv\r\rw\r\nx\ny\r");
    assertThat(content.urls()).containsExactly("u", "v", "w", "x", "y");
    assertThat(content.lines()).containsExactly(1L, 2L, 4L, 5L, 6L);
    // At every place where a chunk may end.
    for (int length : new int[] {16_381, 16_382, 16_383, 16_384, 65_534, 65_535, 65_536}) {
      String url = "x".repeat(length);
      assertThat(new Manifests(folder).read("m.txt", url + "\r\nv\r").lines())
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void marksTheOutputsOfAMarkedManifest() throws Exception {
    Layout layout = new Manifests(folder).read("m.txt", "\uFEFFu\n").layout();
    assertThat(RowText.of(layout).headerWith(List.of("a"))).isEqualTo("\uFEFFimage_url,a");
    assertThat(RowText.of(layout, true).headerWith(List.of("a"))).isEqualTo("\uFEFFimage_url,a");
    assertThat(RowCells.of(layout, "", "u", "")).isEqualTo(Map.of("image_url", "u"));
  }

  @Test
  void writesUrlsAsCsv() throws Exception {
    assertThat(new Manifests(folder).read("m.txt", "https://a/1,2\nu\n").texts())
        .containsExactly("\"https://a/1,2\"", "u");
  }

  @Test
  void readsManifestOfCommentsAsManifestOfNone() throws Exception {
    assertThat(new Manifests(folder).read("m.txt", "# none\n\n").rows()).isEmpty();
    assertThat(new Manifests(folder).read("m.txt", "\n").rows()).isEmpty();
  }

  @Test
  void rejectsLineBeyondLimit() throws Exception {
    byte[] text = ("u\n" + "x".repeat(11)).getBytes(StandardCharsets.UTF_8);
    ManifestRejectedException rejected =
        new Manifests(folder).rejection("m.txt", text, new ManifestLimits(10, 10, 1_000, 1_000));
    assertThat(rejected)
        .hasMessage(
            "line too long: expected at most 10 characters (facedrop.manifest.max-record) but found"
                + " more (line 2)");
    assertThat(rejected.code()).isEqualTo("LINE_TOO_LONG");
  }

  @Test
  void readsLinesAcrossBuffers() throws Exception {
    String url = "https://a/" + "x".repeat(100_000);
    assertThat(new Manifests(folder).read("m.txt", (url + "\r\n").repeat(9)).urls())
        .hasSize(9)
        .containsOnly(url);
  }
}
