package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // rate; query rate; queries a task; age; in words
        "20/s; shared; 1; 0s; at least 5m 0s at 20/s, 36,000 rows an hour",
        "20/s; shared; 1.05; 0s; at least 5m 8s at 20/s, 35,122 rows an hour",
        "20/s; shared; 1; 45s; about 5m 45s at 20/s, 36,000 rows an hour",
        "20/s; shared; 3; 45s; about 10m 45s at 20/s, 18,000 rows an hour",
        "20/s; 10/s; 1; 0s; at least 5m 0s at 10/s, 36,000 rows an hour",
        "20/s; unlimited; 1; 4s; about 2m 34s at 20/s, 72,000 rows an hour",
        "unlimited; shared; 1; 4s; as fast as the API answers"
      })
  void rowsTakeAsLongAsTheirRequestsAndTheLastTask(
      String rate, String queryRate, double queries, String age, String words) throws Exception {
    assertThat(forecast(rate, queryRate, queries, age).words(3_000)).isEqualTo(words);
  }

  @Test
  void whatIsOpenNeedsItsQueriesOnly() throws Exception {
    Forecast forecast = forecast("20/s", "shared", 1, "15s");
    assertThat(forecast.left(0, 200)).contains(Duration.ofSeconds(25));
    assertThat(forecast.left(100, 200)).contains(Duration.ofSeconds(35));
    assertThat(forecast.left(0, 0)).contains(Duration.ZERO);
  }

  @Test
  void facesThatAreNotAwaitedTakeNothing() throws Exception {
    Settings settings =
        SettingsReader.read(Map.of("facedrop.api.rate", "20/s", "facedrop.faces.await", "false"));
    assertThat(settings.forecast(1, Duration.ZERO).words(3_000))
        .isEqualTo("about 2m 30s at 20/s, 72,000 rows an hour");
  }

  private static Forecast forecast(String rate, String queryRate, double queries, String age)
      throws InvalidSettingsException {
    return SettingsReader.read(
            Map.of("facedrop.api.rate", rate, "facedrop.api.query-rate", queryRate))
        .forecast(queries, Durations.parse(age));
  }
}
