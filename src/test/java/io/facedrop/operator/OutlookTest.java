package io.facedrop.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.InvalidSettingsException;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlookTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void theConfiguredRateTellsHowLongItTakes() throws Exception {
    assertThat(outlook("2/s").left(100, 0, new Speed(1, Duration.ZERO, 1)))
        .as("the measured speed is not lasting")
        .contains(Duration.ofSeconds(50));
    assertThat(outlook("2/s").left(100, 0, new Speed(8, LONG, 1))).contains(Duration.ofSeconds(50));
    assertThat(outlook("2/s").left(100, 0, new Speed(0, LONG, 1))).contains(Duration.ofSeconds(50));
  }

  @Test
  void wherePausesRecurItTakesAsMuchLongerAsTheGateIsClosed() throws Exception {
    assertThat(outlook("2/s").left(100, 0, new Speed(0, Duration.ZERO, 0.25)))
        .contains(Duration.ofSeconds(200));
    assertThat(outlook("2/s").left(100, 0, new Speed(0, Duration.ZERO, 0))).isEmpty();
  }

  @Test
  void whatHasBeenSlowerForLongGoesOnSo() throws Exception {
    assertThat(outlook("2/s").left(100, 0, new Speed(1, LONG, 1)))
        .contains(Duration.ofSeconds(100));
    assertThat(outlook("2/s").left(0, 4, new Speed(0.01, LONG, 1)))
        .as("tasks that are awaited end in their own time")
        .contains(Duration.ZERO);
  }

  @Test
  void rowsThatAwaitFacesEndOnlyAfterTheirTasks() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    Outlook awaiting = new Outlook(settings("2/s", true).forecast(1, minute));

    assertThat(awaiting.left(100, 0, new Speed(0.5, minute, 1)))
        .as("100 s for 200 requests, a minute for the last tasks")
        .contains(Duration.ofSeconds(160));
    assertThat(awaiting.left(100, 0, new Speed(0.5, minute.plusSeconds(1), 1)))
        .contains(Duration.ofSeconds(200));
    Outlook unknown = new Outlook(settings("2/s", true).forecast(1, Duration.ZERO));
    assertThat(unknown.left(100, 0, new Speed(0.1, LONG, 1))).contains(Duration.ofSeconds(100));
  }

  @Test
  void withoutARateOnlyTheSpeedTells() throws Exception {
    Outlook outlook = outlook("unlimited");

    assertThat(outlook.left(100, 0, new Speed(4, Duration.ZERO, 1)))
        .contains(Duration.ofSeconds(25));
    assertThat(outlook.left(0, 100, new Speed(4, Duration.ZERO, 1))).isEmpty();
    assertThat(outlook.left(100, 0, new Speed(0, LONG, 1))).isEmpty();
  }

  private static Outlook outlook(String rate) throws InvalidSettingsException {
    return new Outlook(settings(rate, false).forecast(1, Duration.ZERO));
  }

  private static Settings settings(String rate, boolean awaited) throws InvalidSettingsException {
    return SettingsReader.readWithKey(
        Map.of(
            "facedrop.api.key",
            "any",
            "facedrop.api.rate",
            rate,
            "facedrop.faces.await",
            "" + awaited));
  }
}
