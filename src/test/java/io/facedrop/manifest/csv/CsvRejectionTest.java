package io.facedrop.manifest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.format.Manifests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRejectionTest {
  private static final String MISSING =
      "no column for the URL: expected image_url (facedrop.manifest.column can name another) but"
          + " found ";

  @TempDir Path folder;

  private void assertRejected(String text, String code, long line, String message) {
    assertRejected(ManifestLimits.DEFAULT, text, code, line, message);
  }

  private void assertRejected(
      ManifestLimits limits, String text, String code, long line, String message) {
    ManifestRejectedException rejected =
        new Manifests(folder).rejection("m.csv", text.getBytes(StandardCharsets.UTF_8), limits);
    assertThat(rejected).hasMessage(message);
    assertThat(rejected.code()).isEqualTo(code);
    assertThat(rejected.line()).isEqualTo(line);
  }

  @Test
  void rejectsManifestWithoutImageUrlColumn() {
    assertRejected("id,url\n1,u\n", "NO_IMAGE_URL_COLUMN", 1, MISSING + "id, url (line 1)");
    assertRejected("\n\"a\";b\n", "NO_IMAGE_URL_COLUMN", 2, MISSING + "a, b (line 2)");
    assertRejected(
        "1,https://user:secret@a/b,x\n",
        "NO_IMAGE_URL_COLUMN",
        1,
        "no header: expected a first line that names the columns, among them image_url; or a name"
            + " that ends in .txt, if each line is one URL but found 1, https://...@a/b, x (line 1)");
    assertRejected("\n \n", "NO_IMAGE_URL_COLUMN", 0, MISSING + "no header");
  }

  @Test
  void saysHowAnotherDelimiterIsNamed() throws Exception {
    assertRejected(
        "id|Image_URL\n1|https://a/b\n",
        "NO_IMAGE_URL_COLUMN",
        1,
        "another delimiter: expected a comma, a semicolon or a tab between the columns; or a first"
            + " line sep=| that names another but found id|Image_URL (line 1)");
    assertThat(new Manifests(folder).read("m.csv", "sep=|\nid|Image_URL\n1|https://a/b\n").urls())
        .containsExactly("https://a/b");
  }

  @Test
  void rejectsRaggedRow() {
    assertRejected(
        "a,image_url,b\n\"1\n2\",u,3\n1,2,3,4,5\n",
        "RAGGED_ROW",
        4,
        "expected 3 fields but found 5; put a field that holds the delimiter into quotes (line 4)");
    assertRejected(
        "a,image_url,b\n1,u\n", "RAGGED_ROW", 2, "expected 3 fields but found 2 (line 2)");
    assertRejected(
        "image_url\n" + ",".repeat(5_000) + "x\n",
        "RAGGED_ROW",
        2,
        "expected 1 field but found 5001; put a field that holds the delimiter into quotes (line 2)");
  }

  @Test
  void rejectsOpenQuote() {
    String message = "open quote: expected a closing quote but found the end of the file (line %d)";
    assertRejected("a,image_url\n1,u\n2,\"v\n3,w\n", "OPEN_QUOTE", 3, message.formatted(3));
    assertRejected("a,image_url\n1,\"", "OPEN_QUOTE", 2, message.formatted(2));
    assertRejected("a,image_url\n1,\"u\"\"", "OPEN_QUOTE", 2, message.formatted(2));
    assertRejected("a,image_url\n1,\"u\r", "OPEN_QUOTE", 2, message.formatted(2));
    assertRejected("\"image_url\n1,u\n", "OPEN_QUOTE", 1, message.formatted(1));
  }

  @Test
  void rejectsTextBehindClosingQuote() {
    assertRejected(
        "a,image_url\n\"x\"y,u\n",
        "MALFORMED_CSV",
        2,
        "text after a closing quote: expected a delimiter or a line break but found other text"
            + " (line 2)");
  }

  @Test
  void rejectsDuplicateUrlColumn() {
    assertRejected(
        "image_url,a, IMAGE_URL\n",
        "DUPLICATE_COLUMN",
        1,
        "more than one column named image_url: expected one (facedrop.manifest.column says which)"
            + " but found 2 (line 1)");
  }

  @Test
  void rejectsTooManyColumns() {
    assertRejected(
        "image_url" + ",a".repeat(1_000) + "\n",
        "TOO_MANY_COLUMNS",
        1,
        "too many columns: expected at most 1000 columns (facedrop.manifest.max-columns) but found 1001 (line 1)");
  }

  @Test
  void rejectsRecordBeyondLimit() {
    String message =
        "line too long: expected at most %d characters (facedrop.manifest.max-record) but found more"
            + " (line 2)";
    ManifestLimits small = new ManifestLimits(20, 10, 1_000, 1_000);
    assertRejected(
        small,
        "a,image_url\n" + "x".repeat(21) + ",u\n",
        "LINE_TOO_LONG",
        2,
        message.formatted(20));
    assertRejected(
        small, "a,image_url\n0123456789,01234567890\n", "LINE_TOO_LONG", 2, message.formatted(20));
    assertRejected(
        "a,image_url\n1,\"" + "x\n".repeat(6 << 20) + "\n",
        "LINE_TOO_LONG",
        2,
        message.formatted(1 << 20));
    assertRejected(
        "a,image_url\n1," + "\"\"".repeat(3 << 20) + "\n",
        "LINE_TOO_LONG",
        2,
        message.formatted(1 << 20));
  }

  @Test
  void acceptsRecordAtLimit() throws Exception {
    String quotes = "\"".repeat(((1 << 20) - 2) * 2);
    String text = "a,image_url\n\"" + quotes + "\",u\n";
    assertThat(new Manifests(folder).read("m.csv", text).urls()).containsExactly("u");
  }

  @Test
  void rejectsTextBeyondLimit() {
    assertRejected(
        new ManifestLimits(100, 10, 30, 30),
        "image_url\n" + "u\n".repeat(20),
        "TOO_LARGE",
        0,
        "manifest too large: expected at most 30 bytes when unpacked (facedrop.manifest.max-bytes)"
            + " but found more");
  }
}
