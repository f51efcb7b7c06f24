package io.facedrop.publish.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartStreamTest {
  private static final Instant NOW = Instant.parse("2026-05-27T13:14:04.987Z");

  @TempDir Path home;
  private Ledger ledger;
  private PreparedLedger prepared;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + home.resolve("l.db"), Clock.fixed(NOW, ZoneOffset.UTC));
    prepared = new PreparedLedger(ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void writesOurColumnsBehindTheManifestsOwnInCsv() throws IOException {
    Batch batch =
        accept("m.csv", "id;image_url;name\n7;https://a.example/1.png;Ann\n8;nothing;B\n");
    prepared.settle(PreparedLedger::success);
    assertThat(text(batch, 0))
        .isEqualTo(
            "id;image_url;name;facedrop_batch;facedrop_line;facedrop_origin;facedrop_attempts;"
                + "facedrop_requests;facedrop_detect_task_id;facedrop_charged;facedrop_detect_id;"
                + "facedrop_face_count;facedrop_faces;facedrop_detected_at;"
                + "facedrop_detect_id_expires_at;facedrop_possible_duplicate\n"
                + "7;https://a.example/1.png;Ann;ID;2;ID:2;1;1;task-2;yes;;;;;;false\n"
                    .replace("ID", batch.id()));
    List<String> dead = text(batch, 1).lines().toList();
    assertThat(dead.get(0))
        .isEqualTo(
            "id;image_url;name;facedrop_batch;facedrop_line;facedrop_origin;facedrop_attempts;"
                + "facedrop_requests;facedrop_detect_task_id;facedrop_charged;facedrop_reason;"
                + "facedrop_code;facedrop_http_status;facedrop_message;facedrop_failed_at");
    assertThat(dead.get(1))
        .startsWith("8;nothing;B;" + batch.id() + ";3;" + batch.id() + ":3;0;0;;no;INVALID_URL;;;")
        .endsWith(";2026-05-27T13:14:04Z");
  }

  @Test
  void keepsTheTypesOfJsonInJsonl() throws IOException {
    Batch batch =
        accept(
            "m.jsonl",
            """
            {"id": 7.50, "image_url": "https://a.example/1.png", "tags": ["a", {"b": null}]}
            {"image_url": "https://a.example/2.png"}
            """);
    prepared.settle(
        claimed ->
            claimed.line() == 1
                ? PreparedLedger.success(claimed)
                : PreparedLedger.invalid("=1+1\n\""));
    String success = text(batch, 0);
    assertThat(success)
        .startsWith("{\"id\": 7.50, \"image_url\": \"https://a.example/1.png\", \"tags\": [");
    JsonNode row = new ObjectMapper().readTree(success);
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "id",
            "image_url",
            "tags",
            "facedrop_batch",
            "facedrop_line",
            "facedrop_origin",
            "facedrop_attempts",
            "facedrop_requests",
            "facedrop_detect_task_id",
            "facedrop_charged",
            "facedrop_detect_id",
            "facedrop_face_count",
            "facedrop_faces",
            "facedrop_detected_at",
            "facedrop_detect_id_expires_at",
            "facedrop_possible_duplicate");
    assertThat(row.get("facedrop_line").isInt()).isTrue();
    assertThat(row.get("facedrop_attempts").isInt()).isTrue();
    assertThat(row.get("facedrop_requests").isInt()).isTrue();
    assertThat(row.get("facedrop_face_count").isNull()).isTrue();
    assertThat(row.get("facedrop_possible_duplicate").isBoolean()).isTrue();
    assertThat(row.get("facedrop_batch").textValue()).isEqualTo(batch.id());
    JsonNode dead = new ObjectMapper().readTree(text(batch, 1));
    assertThat(dead.get("facedrop_code").intValue()).isEqualTo(422);
    assertThat(dead.get("facedrop_http_status").intValue()).isEqualTo(200);
    assertThat(dead.get("facedrop_detect_task_id").isNull()).isTrue();
    assertThat(dead.get("facedrop_message").textValue()).isEqualTo("=1+1\n\"");
    assertThat(dead.get("facedrop_failed_at").textValue()).isEqualTo("2026-05-27T13:14:04Z");
  }

  @Test
  void givesATextRowTheColumnImageUrl() throws IOException {
    Batch batch = accept("m.txt", "# mine\nhttps://a.example/1.png\n");
    prepared.settle(PreparedLedger::success);
    assertThat(text(batch, 0))
        .startsWith("image_url,facedrop_batch,")
        .contains("\nhttps://a.example/1.png," + batch.id() + ",2,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=HYPERLINK()", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void takesTheFormulaOutOfAMessageInCsv(String message) throws IOException {
    Batch batch = accept("m.csv", "image_url\nhttps://a.example/1.png\n");
    prepared.settle(claimed -> PreparedLedger.invalid(message));
    assertThat(text(batch, 0)).contains("'" + message);
  }

  @Test
  void carriesTheOriginOfTheFirstDropThrough() throws IOException {
    Batch batch =
        accept(
            "m.csv",
            "image_url,facedrop_origin,facedrop_reason\n"
                + "https://a.example/1.png,20260101T000000Z-00000000:17,IN_DOUBT\n");
    prepared.settle(PreparedLedger::success);
    assertThat(text(batch, 0))
        .contains("," + batch.id() + ",2,20260101T000000Z-00000000:17,1,1,")
        .doesNotContain("IN_DOUBT");
  }

  @Test
  void givesTheSameBytesHoweverItIsRead() throws IOException {
    Batch batch = accept("m.csv", "image_url\n" + "https://a.example/ü.png\n".repeat(3000));
    prepared.settle(PreparedLedger::success);
    Part part = parts(batch).get(0);
    byte[] whole = stream(batch, part).readAllBytes();
    try (InputStream slow = stream(batch, part)) {
      for (byte expected : whole) {
        assertThat((byte) slow.read()).isEqualTo(expected);
      }
      assertThat(slow.read()).isEqualTo(-1);
      assertThat(slow.read(new byte[4], 0, 4)).isEqualTo(-1);
    }
  }

  @Test
  void writesTenThousandRowsByTheirLines() throws IOException {
    Batch batch = accept("m.txt", "https://a.example/1.png\n".repeat(10_000));
    prepared.settle(PreparedLedger::success);
    assertThat(text(batch, 0).lines().skip(1).map(line -> line.split(",")[2]))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 10_000).mapToObj(Integer::toString).toList());
  }

  private Batch accept(String name, String content) throws IOException {
    return prepared.accept(PreparedLedger.manifest(home.resolve(name), content));
  }

  private List<Part> parts(Batch batch) {
    ledger.publishing().partsToPublish(NOW.plusSeconds(1));
    return ledger.of(batch).parts();
  }

  private InputStream stream(Batch batch, Part part) {
    return new PartStream(batch, part.output(), ledger.rows(part), false);
  }

  private String text(Batch batch, int part) throws IOException {
    try (InputStream stream = stream(batch, parts(batch).get(part))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
