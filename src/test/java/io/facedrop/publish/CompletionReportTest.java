package io.facedrop.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.ledger.Batch;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.Part;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionReportTest {
  private static final Instant NOW = Instant.parse("2026-05-27T13:14:04Z");

  @TempDir Path home;

  @Test
  void addsUp() throws Exception {
    try (Ledger ledger =
        Ledger.open("jdbc:sqlite:" + home.resolve("l.db"), Clock.fixed(NOW, ZoneOffset.UTC))) {
      PreparedLedger prepared = new PreparedLedger(ledger);
      Batch batch =
          prepared.accept(
              PreparedLedger.manifest(
                  home.resolve("m.txt"),
                  "https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\nnothing\n"),
              "partner/",
              false);
      prepared.settle(
          image -> image.line() < 3 ? PreparedLedger.success(image) : PreparedLedger.invalid("no"));
      for (Part part : ledger.partsToPublish(NOW.plusSeconds(1))) {
        ledger.published(part, part.fileName(batch), "ab".repeat(32));
      }
      Batch settled = ledger.batch(batch.number()).orElseThrow();
      JsonNode report =
          new ObjectMapper()
              .readTree(new CompletionReport(ledger, settled, NOW.plusSeconds(2)).json());
      assertThat(report.get("batch").textValue()).isEqualTo(batch.id());
      assertThat(report.get("manifest").textValue()).isEqualTo("partner/m.txt");
      assertThat(report.get("accepted_at").textValue()).isEqualTo("2026-05-27T13:14:04Z");
      assertThat(report.get("completed_at").textValue()).isEqualTo("2026-05-27T13:14:06Z");
      assertThat(report.get("seconds").doubleValue()).isEqualTo(2);
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
      assertThat(report.get("parts").get(0).get("sha256").textValue()).isEqualTo("ab".repeat(32));
    }
  }
}
