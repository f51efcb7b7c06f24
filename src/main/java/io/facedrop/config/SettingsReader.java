package io.facedrop.config;

import io.facedrop.config.Settings.Api;
import io.facedrop.config.Settings.Batch;
import io.facedrop.config.Settings.Duplicates;
import io.facedrop.config.Settings.Faces;
import io.facedrop.config.Settings.Gate;
import io.facedrop.config.Settings.InDoubt;
import io.facedrop.config.Settings.Inbox;
import io.facedrop.config.Settings.Outputs;
import io.facedrop.config.Settings.Report;
import io.facedrop.config.Settings.Retry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and validates the configuration, collecting every fault before it gives up. */
public final class SettingsReader {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final Duration DETECT_ID_VALIDITY = Duration.ofHours(1);

  private final PropertySource source;
  private final boolean keyNeeded;
  private final Mask mask;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> resolved = new LinkedHashMap<>();

  private SettingsReader(PropertySource source, boolean keyNeeded) {
    this.source = source;
    this.keyNeeded = keyNeeded;
    mask = new Mask(source.value("facedrop.api.key").orElse(""));
  }

  /** Reads the configuration of a command that works without an API key. */
  public static Settings read(Map<String, String> overrides) throws InvalidSettingsException {
    return read(overrides, false);
  }

  /** The environment variable that stands for a key: {@code FACEDROP_API_RATE}. */
  public static String variableOf(String key) {
    return PropertySource.variableOf(key);
  }

  /** Reads the configuration of a command that talks to the API. */
  public static Settings readWithKey(Map<String, String> overrides)
      throws InvalidSettingsException {
    return read(overrides, true);
  }

  private static Settings read(Map<String, String> overrides, boolean keyNeeded)
      throws InvalidSettingsException {
    try (PropertySource source = new PropertySource(overrides)) {
      return new SettingsReader(source, keyNeeded).settings();
    }
  }

  private Settings settings() throws InvalidSettingsException {
    faults.addAll(Keys.unknown(source));
    Api api = api();
    Settings settings =
        new Settings(
            api,
            new Retry(
                number("facedrop.retry.max-attempts", 1, 100),
                duration("facedrop.retry.initial-delay", 1),
                duration("facedrop.retry.max-delay", 1)),
            new Gate(
                number("facedrop.gate.trip-after", 1, 10_000),
                duration("facedrop.gate.probe-interval", 10),
                duration("facedrop.gate.max-pause", 1)),
            choice("facedrop.in-doubt", "dead-letter", "resubmit")
                ? InDoubt.DEAD_LETTER
                : InDoubt.RESUBMIT,
            new Batch(number("facedrop.batch.hold-after", 0, 10_000)),
            faces(api),
            new Inbox(
                parsed("facedrop.inbox", Forms::directory),
                parsed("facedrop.inbox.done-file", Forms::doneFile),
                parsed("facedrop.manifest.column", Forms::notEmpty)),
            new Duplicates(
                !choice("facedrop.duplicate-manifest", "reject", "accept"),
                duration("facedrop.duplicate-window", 0),
                !choice("facedrop.duplicate-urls", "each", "share")),
            outputs(),
            duration("facedrop.publish.interval", 100),
            new Report(number("facedrop.report.contact-sheet", 0, 500)),
            parsed("facedrop.ledger.url", Forms::ledgerUrl),
            resolved);
    resolved.putAll(source.others());
    text("facedrop.ledger.username");
    text("facedrop.ledger.password");
    warnOfLatePublishing(settings);
    consoleOfALaterVersion();
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return settings;
  }

  private Api api() {
    return new Api(
        baseUrl(),
        key(),
        parsed("facedrop.api.rate", Rate::parse),
        number("facedrop.api.concurrency", 1, 4096),
        duration("facedrop.api.connect-timeout", 1),
        duration("facedrop.api.response-timeout", 1),
        parsed("facedrop.api.proxy", Addresses::proxy));
  }

  private Outputs outputs() {
    Outputs outputs =
        new Outputs(
            parsed("facedrop.success.uri", Addresses::output),
            parsed("facedrop.dead-letter.uri", Addresses::output),
            parsed("facedrop.report.uri", Addresses::output),
            parsed("facedrop.rejected.uri", Addresses::output),
            parsed("facedrop.archive.uri", Addresses::output));
    faults.addAll(Addresses.outputsInside(resolved.get("facedrop.inbox"), resolved, mask));
    faults.addAll(Addresses.unusable(resolved));
    return outputs;
  }

  /** The routes put their paths behind it, so they must see it without a slash at its end. */
  private URI baseUrl() {
    URI url = parsed("facedrop.api.base-url", Addresses::baseUrl);
    if (url != null) {
      resolved.put("facedrop.api.base-url", url.toString());
    }
    return url;
  }

  private String key() {
    String key = text("facedrop.api.key");
    if (key.isEmpty()) {
      if (keyNeeded) {
        faults.add(
            "facedrop.api.key is missing: set the environment variable CRUN_API_KEY to your"
                + " API key, or facedrop.api.key in application.properties");
      }
    } else if (!key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      faults.add(
          "facedrop.api.key holds a blank or a character outside ASCII; check for a stray line"
              + " break or quote");
    }
    return key;
  }

  private static void warnOfLatePublishing(Settings settings) {
    if (settings.faces().await()
        && settings.publishInterval().compareTo(DETECT_ID_VALIDITY.dividedBy(2)) > 0) {
      LOG.warn(
          "a detect_id is valid for one hour, but facedrop.publish.interval lets it wait for up to"
              + " {} before it is published",
          Durations.text(settings.publishInterval()));
    }
  }

  private void consoleOfALaterVersion() {
    boolean host = source.value("facedrop.console.host").isPresent();
    boolean port = source.value("facedrop.console.port").isPresent();
    if (host) {
      parsed("facedrop.console.host", Forms::host);
    }
    if (port) {
      number("facedrop.console.port", 0, 65_535);
    }
    if (host || port) {
      LOG.warn(
          "this version has no console: facedrop.console.host and facedrop.console.port have no"
              + " effect");
    }
  }

  private Faces faces(Api api) {
    boolean await = choice("facedrop.faces.await", "true", "false");
    List<Duration> ages = parsed("facedrop.faces.poll-ages", Forms::ages);
    Duration interval = duration("facedrop.faces.poll-interval", 10);
    boolean later = ages != null && ages.get(0).compareTo(interval) > 0;
    Duration pause = later ? ages.get(0) : interval;
    Long most = parsed("facedrop.faces.open-tasks", OpenTasks::parse);
    long openTasks =
        await && most != null ? OpenTasks.bound(most, api.rate(), api.concurrency(), pause) : 0;
    resolved.put("facedrop.faces.open-tasks", Long.toString(openTasks));
    return new Faces(await, duration("facedrop.faces.deadline", 1000), ages, interval, openTasks);
  }

  private int number(String key, int least, int most) {
    Long number = parsed(key, Forms::wholeNumber);
    if (number != null && number < least) {
      faults.add(key + " cannot be less than " + least + " but is " + number);
    } else if (number != null && number > most) {
      faults.add(key + " cannot be more than " + most + " but is " + number);
    }
    return number == null ? least : (int) Math.max(least, Math.min(most, number));
  }

  private Duration duration(String key, long leastMillis) {
    Duration duration = parsed(key, Durations::parse);
    Duration least = Duration.ofMillis(leastMillis);
    if (duration != null && duration.compareTo(least) < 0) {
      faults.add(
          key
              + " cannot be less than "
              + Durations.text(least)
              + " but is "
              + Durations.text(duration));
    } else if (duration != null && duration.compareTo(LONGEST) > 0) {
      faults.add(key + " cannot be more than 365d but is " + Durations.text(duration));
    }
    return duration == null ? least : duration;
  }

  private boolean choice(String key, String first, String second) {
    String text = text(key);
    if (!text.equals(first) && !text.equals(second)) {
      faults.add(key + " must be " + first + " or " + second + " but is " + mask.quoted(text));
    }
    return text.equals(first);
  }

  private <T> T parsed(String key, Function<String, T> parser) {
    String text = text(key);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      faults.add(key + " " + e.getMessage() + " but is " + mask.quoted(text));
      return null;
    }
  }

  private String text(String key) {
    String text = source.value(key).orElse("");
    resolved.put(key, text);
    return text;
  }
}
