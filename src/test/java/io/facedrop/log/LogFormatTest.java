package io.facedrop.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a setting is found before the settings are read. */
class LogFormatTest {
  private static final String KEY = "facedrop.log.format";

  @AfterEach
  void forget() {
    System.clearProperty(KEY);
  }

  @Test
  void isWhatTheFileSaysUnlessSomethingWasTyped() {
    // The working directory's file is the one that ships.
    assertThat(LogFormat.value(KEY, "serve")).isEqualTo("text");
    assertThat(LogFormat.value("facedrop.no.such.key", "serve")).isEmpty();
  }

  @Test
  void isWhatWasTypedBeforeTheJarOrAfterTheCommand() {
    System.setProperty(KEY, "json");
    assertThat(LogFormat.value(KEY, "serve")).isEqualTo("json");

    assertThat(LogFormat.value(KEY, "serve", "-Dfacedrop.log.format=text")).isEqualTo("text");
    assertThat(LogFormat.value(KEY, "serve", "-Dfacedrop.log.formats=xml")).isEqualTo("json");
  }
}
