package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      value = {
        "20/10s; 0; nothing to send",
        "20/10s; 1; at least 1s at 20/10s, 3,600 rows an hour",
        "20/10s; 121; at least 2m 1s at 20/10s, 3,600 rows an hour",
        "20/10s; 10000; at least 2h 46m at 20/10s, 3,600 rows an hour",
        "10/10s; 100000; at least 2d 7h at 10/10s, 1,800 rows an hour",
        "unlimited; 5; as fast as the API answers"
      },
      delimiter = ';')
  void tellsHowLongAManifestTakes(String rate, long rows, String words) throws Exception {
    try (Ledger ledger = ledger(Instant.parse("2026-05-27T13:14:04Z"))) {
      Intake intake = intake(ledger, rate, Clock.systemUTC());
      assertThat(intake.estimate(rows)).isEqualTo(words);
    }
  }

  @Test
  void knowsAContentAgainWhileItIsOpenAndWithinTheWindowAfterwards() throws Exception {
    Instant start = Instant.parse("2026-05-27T13:14:04Z");
    try (Ledger ledger = ledger(start)) {
      Batch batch =
          new PreparedLedger(ledger)
              .accept(PreparedLedger.manifest(home.resolve("m.txt"), "# none\n"));
      assertThat(
              at(ledger, start.plus(Duration.ofDays(9))).duplicates().here(batch.sha256(), false))
          .isPresent();
      ledger.publishing().completed(batch);
      assertThat(
              at(ledger, start.plus(Duration.ofHours(23))).duplicates().here(batch.sha256(), false))
          .isPresent();
      assertThat(
              at(ledger, start.plus(Duration.ofHours(25))).duplicates().here(batch.sha256(), false))
          .isEmpty();
    }
  }

  private Ledger ledger(Instant now) {
    return Ledger.open("jdbc:sqlite:" + home.resolve("l.db"), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Intake at(Ledger ledger, Instant now) throws Exception {
    return intake(ledger, "2/s", Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Intake intake(Ledger ledger, String rate, Clock clock) throws Exception {
    return new Intake(
        ledger,
        SettingsReader.readWithKey(Map.of("facedrop.api.rate", rate, "facedrop.api.key", "any")),
        clock);
  }
}
