package io.facedrop.bench;

import io.facedrop.bench.endpoint.Durations;
import java.util.List;
import java.util.stream.Stream;

/** At a rate as APIs grant it, the requests a row decide: tasks of several durations, and a mix. */
final class Granted {
  /** Names all of them. */
  static final String NAME = "granted";

  /** Requests a second, creates and queries. */
  static final int RATE = 20;

  private static final Durations MIX = new Durations(15_000, 0.8, 17);

  private Granted() {}

  static Stream<Scenario> scenarios(Options options) {
    return Stream.of(
        constant(options, 1),
        constant(options, 4),
        constant(options, 15),
        constant(options, 45),
        scenario(options, "mix", "of 15 s (median; log-normal, sigma 0.8)", MIX));
  }

  /** What tells a scenario from the others, such as {@code 15s}. */
  static String duration(String scenario) {
    return scenario.substring(NAME.length() + 1);
  }

  private static Scenario constant(Options options, int seconds) {
    return scenario(
        options, seconds + "s", "of " + seconds + " s", Durations.constant(seconds * 1_000));
  }

  private static Scenario scenario(
      Options options, String name, String tasks, Durations durations) {
    int rows = options.grantedRows();
    return new Scenario(
        NAME + "-" + name,
        "Tasks " + tasks + ", " + RATE + " requests a second granted",
        0,
        16,
        RATE + "/s",
        true,
        durations,
        rows,
        3_600 * rows / Oracle.seconds(rows, RATE, durations),
        Figure.GRANTED,
        List.of(Facedrop.NAME, Facedrop.AGES, "poller"));
  }
}
