package io.facedrop.manifest.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.csv.CsvCell;
import io.facedrop.manifest.url.ImageUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {

  private static final String[] PIECES = {
    "\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    " ",
    "#",
    "a",
    "é",
    "😀",
    "\uD800\uDC00",
    "\uFFFF",
    "https://a/1",
    "\\",
    "{",
    "=",
    "\u0001",
    "\uFEFF",
    "\u2028"
  };
  private static final List<String> OURS =
      List.of("facedrop_batch", "facedrop_origin", "facedrop_detect_task_id");

  @TempDir Path folder;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  private String cell() {
    StringBuilder cell = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      cell.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return cell.toString();
  }

  private List<List<String>> cells(int columns) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      List<String> row = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        row.add(cell());
      }
      rows.add(row);
    }
    return rows;
  }

  /** A row that has something in it, if only quotes, is a row. */
  private String csvRow(List<String> row, char delimiter) {
    String text = csv(row, delimiter);
    boolean bare = text.indexOf('"') < 0 && row.stream().allMatch(String::isBlank);
    return bare ? '"' + row.get(0) + '"' + text.substring(row.get(0).length()) : text;
  }

  /** CSV with needless quotes here and there, so that reading has to normalise. */
  private String csv(List<String> row, char delimiter) {
    List<String> encoded = new ArrayList<>();
    for (String cell : row) {
      StringBuilder text = new StringBuilder();
      CsvCell.append(text, delimiter, cell);
      boolean quote = text.length() == cell.length() && (random.nextBoolean() || row.size() == 1);
      encoded.add(quote ? '"' + cell + '"' : text.toString());
    }
    return String.join(String.valueOf(delimiter), encoded);
  }

  @RepeatedTest(300)
  void readsItsOwnCsvOutputAgain() throws Exception {
    int columns = 1 + random.nextInt(5);
    int url = random.nextInt(columns);
    char delimiter = columns == 1 ? ',' : ",;\t".charAt(random.nextInt(3));
    String end = random.nextBoolean() ? "\n" : "\r\n";
    List<String> names = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      names.add(column == url ? "image_url" : "c" + column);
    }
    List<List<String>> cells = cells(columns);
    StringBuilder text = new StringBuilder(csv(names, delimiter)).append(end);
    cells.forEach(row -> text.append(csvRow(row, delimiter)).append(end));

    Manifests.Content first = new Manifests(folder).read("m.csv", text.toString());
    String output = output(first, end);
    Manifests.Content second = new Manifests(folder).read("m.csv", output);

    assertThat(first.urls()).as("seed %d", seed).isEqualTo(trimmed(cells, url));
    for (int column = 0; column < columns; column++) {
      byte[] bytes = output.getBytes("UTF-8");
      List<String> values =
          new Manifests(folder)
              .read("m.csv", bytes, names.get(column), ManifestLimits.DEFAULT)
              .urls();
      assertThat(values).as("seed %d column %d", seed, column).isEqualTo(trimmed(cells, column));
    }
    assertSameRows(first, second);
    assertThat(taken(first))
        .as("seed %d", seed)
        .containsExactlyElementsOf(cells.stream().map(row -> named(names, row, url)).toList());
  }

  /** The rows of a manifest, taken apart again. */
  private static List<Map<String, Object>> taken(Manifests.Content content) {
    return content.rows().stream()
        .map(row -> RowCells.of(content.layout(), row.before(), row.imageUrl(), row.after()))
        .toList();
  }

  private static Map<String, Object> named(List<String> names, List<String> row, int url) {
    Map<String, Object> cells = new HashMap<>();
    for (int column = 0; column < names.size(); column++) {
      String cell = row.get(column);
      cells.put(names.get(column), column == url ? ImageUrl.trimmed(cell) : cell);
    }
    return cells;
  }

  /** Blanks around a URL are not its own. */
  private static List<String> trimmed(List<List<String>> cells, int column) {
    return cells.stream().map(row -> ImageUrl.trimmed(row.get(column))).toList();
  }

  /** An output as of an earlier run, with columns of ours behind the manifest's own. */
  private static String output(Manifests.Content content, String end) {
    RowText text = RowText.of(content.layout());
    boolean json = content.layout().format() == Format.JSONL;
    List<String> ours = json ? List.of("\"b\"", "\"b:7\"", "\"t\"") : List.of("b", "b:7", "t");
    StringBuilder output = new StringBuilder(json ? "" : text.headerWith(OURS) + end);
    for (Row row : content.rows()) {
      output.append(text.line(row.before(), row.imageUrl(), row.after(), OURS, ours)).append(end);
    }
    return output.toString();
  }

  private void assertSameRows(Manifests.Content first, Manifests.Content second) {
    assertThat(second.texts()).as("seed %d", seed).isEqualTo(first.texts());
    assertThat(second.layout()).as("seed %d", seed).isEqualTo(first.layout());
    assertThat(second.rows())
        .as("seed %d", seed)
        .allSatisfy(
            row -> {
              assertThat(row.origin()).isEqualTo("b:7");
              assertThat(row.detectTaskId()).isEqualTo("t");
            });
  }

  @RepeatedTest(100)
  void readsItsOwnJsonOutputAgain() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> objects = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells(4)) {
      var object = mapper.createObjectNode().put("a", row.get(0)).put("image_url", row.get(1));
      String url = ImageUrl.trimmed(row.get(1));
      object.put("n", random.nextDouble()).putArray("o").add(row.get(2)).addNull();
      object.putObject(cell() + "x").put("image_url", row.get(3));
      text.append(object).append('\n');
      objects.add(object.put("image_url", url));
    }

    Manifests.Content first = new Manifests(folder).read("m.jsonl", text.toString());
    Manifests.Content second = new Manifests(folder).read("m.jsonl", output(first, "\n"));

    assertSameRows(first, second);
    for (int i = 0; i < objects.size(); i++) {
      assertThat(mapper.readTree(second.texts().get(i)))
          .as("seed %d", seed)
          .isEqualTo(objects.get(i));
      assertThat(first.urls().get(i)).isEqualTo(objects.get(i).get("image_url").textValue());
      assertThat(mapper.readTree(mapper.writeValueAsString(taken(first).get(i))))
          .as("seed %d", seed)
          .isEqualTo(objects.get(i));
    }
  }

  @Test
  void readsOutputOfEarlierRunAsManifest() throws Exception {
    String text =
        """
        id,Facedrop_Batch,image_url,facedrop_origin,x,facedrop_detect_task_id,facedrop_reason
        1,b,u,b:2,"y,z",t,"a
        b"
        2,b,v,,w,,
        """;
    Manifests.Content content = new Manifests(folder).read("m.csv", text);
    assertThat(content.layout().header()).isEqualTo("id,image_url,x");
    assertThat(content.rows())
        .containsExactly(
            new Row(2, "u", "1,", ",\"y,z\"", "b:2", "t"), new Row(4, "v", "2,", ",w", null, null));
  }
}
