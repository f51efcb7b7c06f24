package io.facedrop.config;

import io.facedrop.config.Settings.Api;
import io.facedrop.config.Settings.Batch;
import io.facedrop.config.Settings.Duplicates;
import io.facedrop.config.Settings.Faces;
import io.facedrop.config.Settings.Gate;
import io.facedrop.config.Settings.Images;
import io.facedrop.config.Settings.InDoubt;
import io.facedrop.config.Settings.Inbox;
import io.facedrop.config.Settings.Outputs;
import io.facedrop.config.Settings.Report;
import io.facedrop.config.Settings.Retry;
import io.facedrop.config.Settings.Sftp;
import io.facedrop.manifest.ManifestLimits;
import io.facedrop.manifest.ManifestRules;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and validates the configuration, collecting every fault before it gives up. */
public final class SettingsReader {
  /** The ledger numbers the rows of a batch in 32 bits. */
  private static final long MOST_ROWS = (1L << 32) - 1;

  private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);
  private static final Duration DETECT_ID_VALIDITY = Duration.ofHours(1);

  /** A task is queried by then, so that its faces have most of their hour left. */
  private static final Duration LATEST_QUERY = DETECT_ID_VALIDITY.dividedBy(4);

  /** A dead letter that is dropped again soon is to find its task. */
  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

  private final PropertySource source;
  private final boolean works;
  private final Readings in;

  private SettingsReader(PropertySource source, boolean works) {
    this.source = source;
    this.works = works;
    in = new Readings(source);
  }

  /**
   * Reads the configuration of a command that looks at the ledger, or gives an order. It needs no
   * API key, and is needed most when a place cannot be written.
   */
  public static Settings read(Map<String, String> overrides) throws InvalidSettingsException {
    return read(overrides, false);
  }

  /** The environment variable that stands for a key: {@code FACEDROP_API_RATE}. */
  public static String variableOf(String key) {
    return PropertySource.variableOf(key);
  }

  /** What every setting is unless somebody says otherwise, for whoever wants nothing but that. */
  public static Map<String, String> defaults() {
    return PropertySource.defaults();
  }

  /** Reads the configuration of a command that works rows, or looks whether it could. */
  public static Settings readWithKey(Map<String, String> overrides)
      throws InvalidSettingsException {
    return read(overrides, true);
  }

  private static Settings read(Map<String, String> overrides, boolean works)
      throws InvalidSettingsException {
    try (PropertySource source = new PropertySource(overrides)) {
      return new SettingsReader(source, works).settings();
    }
  }

  private Settings settings() throws InvalidSettingsException {
    List<String> unreadable = SettingsFile.faults();
    in.faults().addAll(unreadable);
    if (unreadable.isEmpty()) {
      in.faults().addAll(Keys.unknown(source));
    }
    Api api = ApiSettings.read(in, works);
    Outputs outputs = outputs();
    Sftp sftp = SftpSettings.read(in, usesSftp(outputs));
    Settings settings =
        new Settings(
            api,
            retry(),
            new Gate(
                in.number("facedrop.gate.trip-after", 1, 10_000),
                in.duration("facedrop.gate.probe-interval", 10),
                in.duration("facedrop.gate.max-pause", 1)),
            in.choice("facedrop.in-doubt", "dead-letter", "resubmit")
                ? InDoubt.DEAD_LETTER
                : InDoubt.RESUBMIT,
            new Batch(in.number("facedrop.batch.hold-after", 0, 10_000)),
            faces(api),
            inbox(),
            manifests(),
            new Images(
                in.number("facedrop.image.max-url", 100, 1 << 20),
                in.parsed("facedrop.image.allow-hosts", Forms::hosts),
                in.parsed("facedrop.image.deny-hosts", Forms::hosts),
                !in.choice("facedrop.image.private-addresses", "allow", "refuse")),
            new Duplicates(
                !in.choice("facedrop.duplicate-manifest", "reject", "accept"),
                in.duration("facedrop.duplicate-window", 0),
                !in.choice("facedrop.duplicate-urls", "each", "share")),
            outputs,
            in.duration("facedrop.publish.interval", 100),
            new Report(in.number("facedrop.report.contact-sheet", 0, 500)),
            sftp,
            LedgerSettings.read(in, api.responseTimeout()),
            retention(),
            EventsSettings.read(in),
            ExpectSettings.read(in, ExpectSettings.names(source.names())),
            ConsoleSettings.read(in),
            in.resolved());
    in.choice("facedrop.log.format", "text", "json");
    in.resolved().putAll(source.others());
    warnOfLatePublishing(settings);
    if (!in.faults().isEmpty()) {
      throw new InvalidSettingsException(in.faults());
    }
    return settings;
  }

  private Duration retention() {
    String key = "facedrop.ledger.retention";
    Duration retention = in.parsed(key, Forms::retention);
    if (retention != null && !retention.isZero() && retention.compareTo(SHORTEST_RETENTION) < 0) {
      in.fault(
          key
              + " cannot be less than "
              + Durations.text(SHORTEST_RETENTION)
              + " but is "
              + Durations.text(retention));
    }
    return retention;
  }

  private static boolean usesSftp(Outputs outputs) {
    return Stream.of(
            outputs.success(),
            outputs.deadLetter(),
            outputs.report(),
            outputs.rejected(),
            outputs.archive())
        .anyMatch(Addresses::isSftp);
  }

  private Inbox inbox() {
    return new Inbox(
        in.parsed("facedrop.inbox", Forms::directory),
        in.parsed("facedrop.inbox.done-file", Forms::doneFile),
        !in.choice("facedrop.manifest.checksum", "optional", "required"));
  }

  /** Null when some of it cannot be used. */
  private ManifestRules manifests() {
    in.text("facedrop.inbox.ignore");
    List<String> columns = in.parsed("facedrop.manifest.column", Forms::names);
    Charset charset = in.parsed("facedrop.manifest.charset", Forms::charset);
    ManifestLimits limits =
        new ManifestLimits(
            in.number("facedrop.manifest.max-record", 1_000, 1 << 28),
            in.number("facedrop.manifest.max-columns", 1, 100_000),
            in.longNumber("facedrop.manifest.max-rows", 1, MOST_ROWS),
            in.longNumber("facedrop.manifest.max-bytes", 1, 1L << 50));
    return columns == null ? null : new ManifestRules(columns, charset, limits);
  }

  private Retry retry() {
    Retry retry =
        new Retry(
            in.number("facedrop.retry.max-attempts", 1, 100),
            in.duration("facedrop.retry.initial-delay", 1),
            in.duration("facedrop.retry.max-delay", 1));
    Duration first = retry.initialDelay();
    Duration longest = retry.maxDelay();
    if (first != null && longest != null && longest.compareTo(first) < 0) {
      in.faults()
          .add(
              "facedrop.retry.max-delay must be at least facedrop.retry.initial-delay, "
                  + Durations.text(first)
                  + ", but is "
                  + Durations.text(longest));
    }
    return retry;
  }

  private Outputs outputs() {
    Outputs outputs =
        new Outputs(
            in.parsed("facedrop.success.uri", Addresses::output),
            in.parsed("facedrop.dead-letter.uri", Addresses::output),
            in.parsed("facedrop.report.uri", Addresses::output),
            in.parsed("facedrop.rejected.uri", Addresses::output),
            in.parsed("facedrop.archive.uri", Addresses::output),
            in.choice("facedrop.acknowledge", "true", "false"),
            !in.choice("facedrop.csv.formulas", "exact", "neutralise"));
    in.text("facedrop.inbox");
    in.faults()
        .addAll(
            Addresses.outputsInside(in.resolved().get("facedrop.inbox"), in.resolved(), in.mask()));
    if (works) {
      in.faults().addAll(Addresses.unusable(in.resolved()));
    }
    return outputs;
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

  private Faces faces(Api api) {
    boolean await = in.choice("facedrop.faces.await", "true", "false");
    List<Duration> ages = in.parsed("facedrop.faces.poll-ages", Forms::ages);
    Duration interval = in.duration("facedrop.faces.poll-interval", 10);
    Duration deadline = in.duration("facedrop.faces.deadline", 1000);
    Long most = in.parsed("facedrop.faces.open-tasks", OpenTasksBound::parse);
    long openTasks =
        await && most != null
            ? OpenTasksBound.bound(
                most, api.collectingRate(), api.concurrency(), pause(ages, interval, deadline))
            : 0;
    in.resolved().put("facedrop.faces.open-tasks", Long.toString(openTasks));
    return new Faces(await, deadline, ages == null ? List.of() : ages, interval, openTasks);
  }

  /** Between two queries of a task, or before the first. */
  private static Duration pause(List<Duration> ages, Duration interval, Duration deadline) {
    if (ages == null || ages.isEmpty()) {
      return deadline.compareTo(LATEST_QUERY) < 0 ? deadline : LATEST_QUERY;
    }
    return ages.get(0).compareTo(interval) > 0 ? ages.get(0) : interval;
  }
}
