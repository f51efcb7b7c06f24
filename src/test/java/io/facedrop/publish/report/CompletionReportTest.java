package io.facedrop.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionReportTest {
  private static final Instant NOW = Instant.parse("2026-05-27T13:14:04Z");

  private static final Map<String, String> SETTINGS = Map.of("facedrop.api.rate", "2/s");

  @TempDir Path home;

  @Test
  void addsUp() throws Exception {
    SettableClock clock = new SettableClock(NOW);
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + home.resolve("l.db"), clock)) {
      PreparedLedger prepared = new PreparedLedger(ledger);
      Batch batch =
          prepared.accept(
              PreparedLedger.manifest(
                  home.resolve("m.txt"),
                  "https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\nnothing\n"),
              "partner/",
              false);
      prepared.settle(
          claimed ->
              claimed.line() < 3 ? PreparedLedger.success(claimed) : PreparedLedger.invalid("no"));
      clock.forward(Duration.ofSeconds(2));
      for (Part part : ledger.publishing().partsToPublish(NOW.plusSeconds(1))) {
        ledger.publishing().published(part, part.fileName(batch), "out", "ab".repeat(32));
      }
      Batch settled = ledger.batch(batch.number()).orElseThrow();
      JsonNode report =
          new ObjectMapper()
              .readTree(
                  new ReportSums(
                          CompletionReport.of(
                              ledger, settled, NOW.plusSeconds(9), 0, SETTINGS, links()))
                      .json());
      assertThat(report.get("batch").textValue()).isEqualTo(batch.id());
      assertThat(report.get("manifest").textValue()).isEqualTo("partner/m.txt");
      assertThat(report.get("accepted_at").textValue()).isEqualTo("2026-05-27T13:14:04Z");
      assertThat(report.get("completed_at").textValue()).isEqualTo("2026-05-27T13:14:06Z");
      assertThat(report.get("seconds").doubleValue()).isEqualTo(2);
      assertThat(report.get("seconds_stopped").doubleValue()).isZero();
      assertThat(report.get("rows_per_second").doubleValue()).isEqualTo(2);
      assertThat(report.get("rows").longValue()).isEqualTo(4);
      assertThat(report.get("succeeded").longValue()).isEqualTo(2);
      assertThat(report.get("dead_letters").longValue()).isEqualTo(2);
      assertThat(report.get("requests").longValue()).isEqualTo(3);
      assertThat(report.get("dead_letters_by_reason").toString())
          .isEqualTo(
              "[{\"reason\":\"INVALID_URL\",\"code\":null,\"rows\":1},"
                  + "{\"reason\":\"VALIDATION_ERROR\",\"code\":422,\"rows\":1}]");
      assertThat(report.get("parts"))
          .extracting(part -> part.get("rows").longValue())
          .containsExactly(2L, 2L);
      assertThat(report.get("settings").toString()).isEqualTo("{\"facedrop.api.rate\":\"2/s\"}");
      assertThat(report.get("dead_letter_samples").toString())
          .isEqualTo(
              "[{\"reason\":\"INVALID_URL\",\"line\":4,\"image_url\":\"nothing\",\"message\":"
                  + "\"The URL is not absolute: it has no scheme.\"},"
                  + "{\"reason\":\"VALIDATION_ERROR\",\"line\":3,\"image_url\":"
                  + "\"https://a.example/3\",\"message\":\"no\"}]");
      assertThat(report.get("parts").get(0).get("sha256").textValue()).isEqualTo("ab".repeat(32));
    }
  }

  @Test
  void tellsRequestsEventsAndFacesOfTheLedger() throws Exception {
    String url = "jdbc:sqlite:" + home.resolve("l.db");
    try (Ledger ledger = Ledger.open(url, Clock.fixed(NOW, ZoneOffset.UTC))) {
      PreparedLedger prepared = new PreparedLedger(ledger);
      Batch batch =
          prepared.accept(PreparedLedger.manifest(home.resolve("m.txt"), "https://a.example/1\n"));
      prepared.settle(PreparedLedger::success);
      long second = NOW.getEpochSecond();
      write(
          url,
          "delete from traffic",
          "insert into traffic values (1, %d, 'CREATE', 40, 3, 2, 0, 0)".formatted(second),
          "insert into traffic values (1, %d, 'QUERY', 16, 5, 0, 1, 0)".formatted(second + 2),
          "insert into traffic values (1, %d, 'FACES', 80, 1, 0, 0, 0)".formatted(second + 2),
          "update batch set requests = 8",
          "update progress set face_count = 2,"
              + " faces = '[{\"id\":0,\"link\":\"https://f.example/0\"},"
              + "{\"id\":1,\"link\":\"https://f.example/1\"}]'",
          "insert into event (at, kind, until, detail) values (%d, 'pause', %d, 'slow down')"
              .formatted((second + 1) * 1000, (second + 60) * 1000));
      Batch settled = ledger.batch(batch.number()).orElseThrow();
      BatchReport report =
          CompletionReport.of(ledger, settled, NOW.plusSeconds(3), 1, SETTINGS, links());
      assertThat(report.contactSheet())
          .containsExactly(new Face(1, "https://a.example/1", "0", "https://f.example/0"));
      assertThat(CompletionReport.of(ledger, settled, NOW, 0, SETTINGS, links()).contactSheet())
          .isEmpty();
      JsonNode sums = new ObjectMapper().readTree(new ReportSums(report).json());
      assertThat(sums.get("requests").longValue()).isEqualTo(8);
      assertThat(sums.get("requests_by_kind").toString()).isEqualTo("{\"post\":3,\"get\":5}");
      assertThat(sums.get("requests_per_row").doubleValue()).isEqualTo(8);
      assertThat(sums.get("charged").toString()).isEqualTo("{\"yes\":1,\"no\":0,\"unknown\":0}");
      assertThat(sums.get("attempts").longValue()).isEqualTo(1);
      assertThat(sums.get("in_doubt").longValue()).isZero();
      assertThat(sums.get("faces").longValue()).isEqualTo(2);
      assertThat(sums.get("rows_with_faces").longValue()).isEqualTo(1);
      assertThat(sums.at("/milliseconds/faces/p50").longValue()).isBetween(938L, 1024L);
      assertThat(sums.get("events").toString())
          .isEqualTo(
              "[{\"at\":\"2026-05-27T13:14:05Z\",\"kind\":\"pause\","
                  + "\"until\":\"2026-05-27T13:15:04Z\",\"event\":\"slow down\"}]");
      assertThat(sums.at("/timeline/slot_seconds").longValue()).isEqualTo(1);
      assertThat(sums.at("/timeline/slots"))
          .extracting(slot -> slot.get("posts") + " " + slot.get("gets") + " " + slot.get("again"))
          .containsExactly("3 0 2", "0 0 0", "0 5 0", "0 0 0");
    }
  }

  /** The outputs lie beside each other. */
  private PartLinks links() {
    return PartLinksTest.links(home);
  }

  private static void write(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }
}
