package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facedrop.expect.Expectation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsSettingsTest {
  private static final String URI = "facedrop.events.uri";

  @TempDir Path directory;

  @Test
  void noAddressIsNoEvents() throws Exception {
    assertThat(SettingsReader.read(Map.of()).events().areWanted()).isFalse();
  }

  @Test
  void aWebhookHasTimeOutsUnlessItSaysOtherwise() throws Exception {
    assertThat(uri("https://hooks.example/x?responseTimeout=2000"))
        .isEqualTo(
            "https://hooks.example/x?responseTimeout=2000&connectTimeout=5000"
                + "&connectionRequestTimeout=5000&soTimeout=10000");
    assertThat(uri("smtp://mail.example?to=a@example.com"))
        .endsWith("&connectionTimeout=10000&useHeaderSubject=true");
    assertThat(uri("file:events")).isEqualTo("file:events");
    // As the manual shows it.
    assertThat(uri("smtp://mail.example:587?mail.smtp.starttls.required=true&username=a"))
        .startsWith("smtp://mail.example:587?mail.smtp.starttls.required=true&username=a");
  }

  @Test
  void theAddressMayStandInAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("uri"), "file:events\n");

    assertThat(SettingsReader.read(Map.of(URI + "-file", file.toString())).events().uri())
        .isEqualTo("file:events");
  }

  @Test
  void anAddressThatCannotBeUsedIsTold() {
    assertThat(faults(Map.of(URI, "events")))
        .containsExactly(
            URI
                + " must be the address of a Camel endpoint, such as https://host/path or"
                + " file:directory");
    assertThat(faults(Map.of(URI, "kafka:events")))
        .containsExactly(
            URI
                + " needs Camel's component kafka, which is not here: put its jars beside"
                + " facedrop's");
  }

  @Test
  void anOptionThatIsNotKnownIsToldWithoutAnySecret() {
    assertThat(faults(Map.of(URI, "smtp://mail.example?pasword=s3cretS3cret")))
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault)
                    .startsWith(URI + " cannot be used: ")
                    .contains("pasword")
                    .doesNotContain("s3cret"));
  }

  @Test
  void whatIsExpectedIsRead() throws Exception {
    Settings settings =
        SettingsReader.read(
            Map.of(
                "facedrop.expect.night.files", "night-*.csv",
                "facedrop.expect.night.by", "06:00",
                "facedrop.expect.night.days", "mon-wed, Saturday",
                "facedrop.expect.night.zone", "Europe/Berlin",
                "facedrop.expect.night.except", "2026-12-25, 2027-01-01",
                "facedrop.expect.night.warn-before", "30m",
                "facedrop.expect.other.files", "*",
                "facedrop.expect.other.by", "23:30:15"));

    Expectation night = settings.expectations().get(0);
    assertThat(night.name()).isEqualTo("night");
    assertThat(night.files()).isEqualTo("night-*.csv");
    assertThat(night.warnBefore()).isEqualTo(Duration.ofMinutes(30));
    assertThat(night.schedule().by()).isEqualTo(LocalTime.of(6, 0));
    assertThat(night.schedule().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(night.schedule().days())
        .containsExactlyInAnyOrder(
            DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.SATURDAY);
    assertThat(night.schedule().except())
        .containsExactlyInAnyOrder(LocalDate.parse("2026-12-25"), LocalDate.parse("2027-01-01"));
    Expectation other = settings.expectations().get(1);
    assertThat(other.schedule().days()).hasSize(7);
    assertThat(other.schedule().zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(other.warns()).isFalse();
  }

  @Test
  void everythingThatIsWrongWithAnExpectationIsToldAtOnce() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("facedrop.expect.night.files", "[");
    wrong.put("facedrop.expect.night.by", "6");
    wrong.put("facedrop.expect.night.days", "mon,");
    wrong.put("facedrop.expect.night.zone", "Berlin");
    wrong.put("facedrop.expect.night.except", "25.12.");
    wrong.put("facedrop.expect.night.warn-before", "8d");
    wrong.put("facedrop.expect.day.fils", "*");

    assertThat(faults(wrong))
        .containsExactlyInAnyOrder(
            "facedrop.expect.day.fils is not a known property; did you mean"
                + " facedrop.expect.day.files?",
            "facedrop.expect.day.files must be a pattern of a manifest's path below the inbox, such"
                + " as night-*.csv or partner/*.csv but is empty",
            "facedrop.expect.day.by must be a time of day such as 06:00 but is empty",
            "facedrop.expect.night.files must be a pattern of a manifest's path below the inbox,"
                + " such as night-*.csv or partner/*.csv but is '['",
            "facedrop.expect.night.by must be a time of day such as 06:00 but is '6'",
            "facedrop.expect.night.days must be weekdays with commas between, such as mon-fri or"
                + " sat,sun but is 'mon,'",
            "facedrop.expect.night.zone must be a time zone such as Europe/Berlin but is 'Berlin'",
            "facedrop.expect.night.except must be dates with commas between, such as"
                + " 2026-12-25,2027-01-01 but is '25.12.'",
            "facedrop.expect.night.warn-before cannot be more than 7d but is '8d'");
  }

  private static String uri(String uri) throws Exception {
    return SettingsReader.read(Map.of(URI, uri)).events().uri();
  }

  private static List<String> faults(Map<String, String> settings) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> SettingsReader.read(settings))
        .faults();
  }
}
