package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacesSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "2/s,       16, 10s, 16",
    "unlimited, 16, 10s, 160000",
    "unlimited, 1,  1s,  10000",
    "1/100s,    16, 10s, 1",
    "20/10s,    16, 10s, 16",
    "10/s,      16, 10s, 80",
    "2/s,       16, 1m,  96",
    "1000000/s, 16, 1h,  2880000000"
  })
  void openTasksAreBoundByTheRate(String rate, String concurrency, String interval, long bound)
      throws InvalidSettingsException {
    Settings settings =
        read(
            "facedrop.api.rate", rate,
            "facedrop.api.concurrency", concurrency,
            "facedrop.faces.poll-ages", "2s,3s,5s",
            "facedrop.faces.poll-interval", interval);

    assertThat(settings.faces().openTasks()).isEqualTo(bound);
    assertThat(settings.properties())
        .containsEntry("facedrop.faces.open-tasks", Long.toString(bound));
  }

  @ParameterizedTest
  @CsvSource({
    "2/s,       shared, 15m, 1440",
    "2/s,       shared, 10m, 960",
    "2/s,       shared, 2h,  1440",
    "20/s,      5/s,    15m, 3600",
    "5/s,       20/s,   15m, 14400",
    "unlimited, shared, 15m, 160000",
    "1/100s,    shared, 15m, 7"
  })
  void openTasksThatAreLearntOfAreBoundByAQuarterOfAnHour(
      String rate, String queryRate, String deadline, long bound) throws InvalidSettingsException {
    Settings settings =
        read(
            "facedrop.api.rate", rate,
            "facedrop.api.query-rate", queryRate,
            "facedrop.faces.deadline", deadline);

    assertThat(settings.faces().openTasks()).isEqualTo(bound);
  }

  @Test
  void pollAgesAreLearntUnlessTheyAreListed() throws InvalidSettingsException {
    assertThat(read().faces().isLearning()).isTrue();
    assertThat(read("facedrop.faces.poll-ages", "2s").faces().isLearning()).isFalse();
  }

  @Test
  void openTasksThatAreAskedForAreTaken() throws InvalidSettingsException {
    assertThat(read("facedrop.faces.open-tasks", "1").faces().openTasks()).isEqualTo(1);
    assertThat(read("facedrop.faces.open-tasks", "999999999").faces().openTasks())
        .isEqualTo(999_999_999);
  }

  @Test
  void nothingIsBoundWhereFacesAreNotAwaited() throws InvalidSettingsException {
    Settings settings = read("facedrop.faces.await", "false", "facedrop.faces.open-tasks", "5");

    assertThat(settings.faces().openTasks()).isEqualTo(0);
    assertThat(settings.properties()).containsEntry("facedrop.faces.open-tasks", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "Auto", "01", "1000000000", "many"})
  void otherOpenTasksAreRefused(String text) {
    assertThat(fault("facedrop.faces.open-tasks", text))
        .isEqualTo(
            "facedrop.faces.open-tasks must be auto or a whole number from 1 on but is '"
                + text
                + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2s | 2000", "500ms,1s , 1m | 500,1000,60000", " 1s,2s| 1000,2000"})
  void pollAgesAreRead(String text, String millis) throws InvalidSettingsException {
    assertThat(read("facedrop.faces.poll-ages", text).faces().pollAges())
        .isEqualTo(
            Arrays.stream(millis.split(","))
                .map(each -> Duration.ofMillis(Long.parseLong(each)))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "2s,", ",2s", "2s,,3s", "2", "2s;3s", "-2s", "2s 3s", "1.5s"})
  void otherPollAgesAreRefused(String text) {
    assertThat(fault("facedrop.faces.poll-ages", text))
        .isEqualTo(
            "facedrop.faces.poll-ages must be auto, or durations with commas between, such as"
                + " 2s,3s,5s but is '"
                + text
                + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3s,2s", "2s,2s", "1s,2s,1500ms", "1s,1000ms"})
  void pollAgesThatDoNotRiseAreRefused(String text) {
    assertThat(fault("facedrop.faces.poll-ages", text))
        .isEqualTo(
            "facedrop.faces.poll-ages must rise from each age to the next but is '" + text + "'");
  }

  @Test
  void pollIntervalHasABound() {
    assertThat(fault("facedrop.faces.poll-interval", "9ms"))
        .isEqualTo("facedrop.faces.poll-interval cannot be less than 10ms but is 9ms");
    assertThat(fault("facedrop.faces.poll-interval", "10"))
        .isEqualTo(
            "facedrop.faces.poll-interval must be a duration such as 500ms, 10s, 5m or 1h but is"
                + " '10'");
  }

  private static Settings read(String... pairs) throws InvalidSettingsException {
    Map<String, String> overrides = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      overrides.put(pairs[i], pairs[i + 1]);
    }
    return SettingsReader.read(overrides);
  }

  private static String fault(String key, String text) {
    InvalidSettingsException invalid =
        catchThrowableOfType(InvalidSettingsException.class, () -> read(key, text));
    assertThat(invalid).as("refusal of %s=%s", key, text).isNotNull();
    assertThat(invalid.faults()).hasSize(1);
    return invalid.faults().get(0);
  }
}
