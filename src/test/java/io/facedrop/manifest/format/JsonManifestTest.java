package io.facedrop.manifest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestRejectedException;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.url.ImageUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonManifestTest {

  private static final String FIRST = "{\"image_url\":\"u\"}\n";

  @TempDir Path folder;

  private Manifests.Content jsonl(String text) throws IOException {
    return new Manifests(folder).read("m.jsonl", text);
  }

  private ManifestRejectedException rejection(String text) {
    return new Manifests(folder).rejection("m.jsonl", text);
  }

  @Test
  void cutsObjectAroundUrl() throws Exception {
    Manifests.Content content = jsonl("\n{\"id\":17, \"image_url\": \"u\" , \"x\":[1, 2] }\r\n");
    assertThat(content.layout()).isEqualTo(new Layout(Format.JSONL, ',', ""));
    assertThat(content.rows())
        .containsExactly(
            new Row(2, "u", "{\"id\":17, \"image_url\": ", " , \"x\":[1, 2]", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"image_url\":\"u\"}",
        "{\"n\":1.50,\"image_url\":\"u\",\"m\":1e400}",
        "{\"n\":123456789012345678901234567890,\"image_url\":\"u\"}",
        "{\"image_url\":\"u\",\"b\":true,\"f\":false,\"z\":null,\"i\":-0}",
        "{\"s\":\"\\u00e9\\/\\n\\ud83d\",\"image_url\":\"u\",\"é😀\":\"é😀\"}",
        "{ \"o\" : {\"image_url\":1,\"a\":[ {} , [] ]} , \"image_url\":\"u\",\"a\":[ ]}",
        "{\"\":\"\",\"Image_Url \":\"u\",\"l\":1}"
      })
  void keepsValuesInTheirExactForm(String line) throws Exception {
    assertThat(jsonl(line + "\n").texts()).containsExactly(line);
  }

  @Test
  void keepsLongNumbersAndKeys() throws Exception {
    String key = "k".repeat(60_000);
    String line = "{\"" + key + "\":" + "9".repeat(5_000) + ",\"image_url\":\"u\"}";
    assertThat(jsonl(line).texts()).containsExactly(line);
  }

  @Test
  void decodesAndEncodesUrl() throws Exception {
    Manifests.Content content = jsonl("{\"image_url\":\"https:\\/\\/a\\u002f\\\"\\\\\\n\\ud800\"}");
    assertThat(content.urls()).containsExactly("https://a/\"\\\n\uFFFD");
    assertThat(content.texts())
        .containsExactly("{\"image_url\":\"https://a/\\\"\\\\\\u000a\uFFFD\"}");
  }

  @Test
  void turnsCarriageReturnsBetweenTokensIntoBlanks() throws Exception {
    assertThat(jsonl("{\"a\":1,\r\"image_url\":\"u\"}\n").texts())
        .containsExactly("{\"a\":1, \"image_url\":\"u\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"image_url\":42,\"a\":1}|42|{\"image_url\":\"42\",\"a\":1}",
        "{\"image_url\":1.50}|1.50|{\"image_url\":\"1.50\"}",
        "{\"image_url\":[\"x\", 1]}|[\"x\", 1]|{\"image_url\":\"[\\\"x\\\", 1]\"}",
        "{\"image_url\":{\"a\":1}}|{\"a\":1}|{\"image_url\":\"{\\\"a\\\":1}\"}",
        "{\"image_url\":true}|true|{\"image_url\":\"true\"}",
        "{\"image_url\":null,\"a\":1}|''|{\"image_url\":\"\",\"a\":1}",
        "{\"a\":1}|''|{\"a\":1,\"image_url\":\"\"}",
        "{}|''|{\"image_url\":\"\"}",
        "{\"facedrop_a\":1}|''|{\"image_url\":\"\"}"
      })
  void keepsRowWhoseUrlIsMissingOrNoString(String line, String url, String text) throws Exception {
    Manifests.Content content = jsonl(FIRST + line + "\n");
    assertThat(content.urls()).containsExactly("u", url);
    assertThat(content.texts().get(1)).isEqualTo(text);
    assertThat(ImageUrl.fault(url, ImageUrl.LONGEST)).isPresent();
  }

  @Test
  void dropsOurMembersAnywhere() throws Exception {
    String ours = "\"facedrop_batch\":\"b\"";
    assertThat(
            jsonl(
                    "{"
                        + ours
                        + ",\"image_url\":\"u\",\"facedrop_faces\":[{\"a\":1}],\"a\":1}\n"
                        + "{\"a\":1, \"Facedrop_X\":2, \"image_url\":\"v\", "
                        + ours
                        + "}\n")
                .texts())
        .containsExactly("{\"image_url\":\"u\",\"a\":1}", "{\"a\":1, \"image_url\":\"v\"}");
  }

  @Test
  void returnsOriginAndTaskOfEarlierRun() throws Exception {
    List<Row> rows =
        jsonl(
                "{\"image_url\":\"u\",\"facedrop_origin\":\"b:2\","
                    + "\"facedrop_detect_task_id\":\"t\"}\n"
                    + "{\"image_url\":\"v\",\"facedrop_origin\":null,"
                    + "\"facedrop_detect_task_id\":\"\"}\n")
            .rows();
    assertThat(rows)
        .extracting(Row::origin, Row::detectTaskId)
        .containsExactly(tuple("b:2", "t"), tuple(null, null));
  }

  @Test
  void rejectsManifestWhoseFirstObjectLacksTheKey() {
    ManifestRejectedException rejected = rejection("\n{\"url\":\"u\"}\n");
    assertThat(rejected)
        .hasMessage(
            "no column for the URL: expected image_url (facedrop.manifest.column can name"
                + " another) but found url (line 2)");
    assertThat(rejected.code()).isEqualTo("NO_IMAGE_URL_COLUMN");
  }

  @Test
  void rejectsTwoKeysForTheUrl() {
    ManifestRejectedException rejected =
        rejection(FIRST + "{\"image_url\":\"u\",\"IMAGE_URL\":\"v\"}\n");
    assertThat(rejected)
        .hasMessage(
            "more than one column named image_url: expected one (facedrop.manifest.column says which)"
                + " but found another (line 2)");
    assertThat(rejected.code()).isEqualTo("DUPLICATE_COLUMN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"image_url\":\"u\",\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":1,\"b\":{\"c\":[1]},\"a\":{}}"
      })
  void rejectsAKeyThatIsThereTwice(String line) {
    ManifestRejectedException rejected = rejection(FIRST + line + "\n");
    assertThat(rejected)
        .hasMessage(
            "more than one key of the same name: expected each key of an object once but found a"
                + " twice (line 2)");
    assertThat(rejected.code()).isEqualTo("DUPLICATE_COLUMN");
  }

  @Test
  void rejectsAUrlThatTheFirstObjectHasTwice() {
    ManifestRejectedException rejected = rejection("\n{\"image_url\":\"a\",\"image_url\":\"b\"}\n");
    assertThat(rejected)
        .hasMessage(
            "more than one key of the same name: expected each key of an object once but found"
                + " image_url twice (line 2)");
    assertThat(rejected.code()).isEqualTo("DUPLICATE_COLUMN");
  }

  @Test
  void saysThatALineMustHoldAWholeObject() {
    ManifestRejectedException rejected = rejection("{\n  \"image_url\": \"u\",\n  \"a\": 1\n}\n");
    assertThat(rejected)
        .hasMessage(
            "malformed JSON: expected one whole object on each line but found only a part of"
                + " one: { (line 1)");
    assertThat(rejected.code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void showsTheBeginningOfAnObjectThatEndsOnNoLine() {
    assertThat(rejection(FIRST + "{\"image_url\": \"u\n"))
        .hasMessage(
            "malformed JSON: expected one whole object on each line but found only a part of"
                + " one: {\"image_url\": \"u (line 2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|one whole object on each line but found an array",
        "\"u\"|one whole object on each line but found a string",
        "1|one whole object on each line but found a number",
        "null|one whole object on each line but found something else",
        "{\"image_url\":\"u\"} {}|the end of the line but found more behind the object",
        "{\"o\":{\"a\":1,\"a\":2}}|each key of an object once but found a twice"
      })
  void rejectsMalformedLine(String line, String fault) {
    ManifestRejectedException rejected = rejection(FIRST + line + "\n");
    assertThat(rejected).hasMessage("malformed JSON: expected " + fault + " (line 2)");
    assertThat(rejected.code()).isEqualTo("MALFORMED_JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"image_url\":\"u\"",
        "{\"image_url\":\"u\"}}",
        "{\"image_url\":\"u\"}x",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"a\":\"\t\"}",
        "{\"a\" 1}",
        "x",
        "{}[",
        "//"
      })
  void rejectsLineThatIsNoJson(String line) {
    ManifestRejectedException rejected = rejection(FIRST + line + "\n");
    assertThat(rejected.code()).isEqualTo("MALFORMED_JSON");
    assertThat(rejected.line()).isEqualTo(2);
    assertThat(rejected.found()).hasSizeLessThan(90);
  }

  @Test
  void rejectsDeepNesting() {
    String deep = "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    assertThat(rejection(FIRST + deep).code()).isEqualTo("MALFORMED_JSON");
  }
}
