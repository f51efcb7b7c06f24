package io.facedrop.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * How a sandbox behaves, as copies of {@link #defaults()}.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param latency how late every answer is
 * @param requestsPerSecond how many requests a second are served, in bursts of as many, before code
 *     429; 0 for no limit
 * @param credits how many POSTs can succeed before code 402, empty for no limit
 * @param failureShare the share of otherwise successful POSTs that answer code 500, 0 to 1
 * @param seed decides which POSTs, by their number, the failure share strikes
 * @param httpStatus how the HTTP status relates to the code
 * @param acceptedKeys the keys that are accepted, empty for any non-empty key
 * @param taskDuration how long a detection task runs
 * @param sslContext serves HTTPS, or plain HTTP where null
 * @param record whether a journal of every arrival is kept, which grows with each
 * @param journal the file that every arrival is appended to, none where null
 * @param clock the wall clock by which tasks age
 */
public record SandboxOptions(
    String host,
    int port,
    Duration latency,
    int requestsPerSecond,
    OptionalLong credits,
    double failureShare,
    long seed,
    HttpStatusStyle httpStatus,
    Set<String> acceptedKeys,
    Duration taskDuration,
    SSLContext sslContext,
    boolean record,
    Path journal,
    Clock clock) {

  /**
   * Checks every option.
   *
   * @throws IllegalArgumentException naming the option and its bound
   */
  public SandboxOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(httpStatus, "httpStatus");
    Objects.requireNonNull(clock, "clock");
    acceptedKeys = Set.copyOf(acceptedKeys);
    require(port >= 0 && port <= 65_535, "port must be 0 to 65535", port);
    require(!latency.isNegative(), "latency cannot be negative", latency);
    require(requestsPerSecond >= 0, "requestsPerSecond cannot be negative", requestsPerSecond);
    require(credits.orElse(0) >= 0, "credits cannot be negative", credits);
    require(failureShare >= 0 && failureShare <= 1, "failureShare must be 0 to 1", failureShare);
    require(!taskDuration.isNegative(), "taskDuration cannot be negative", taskDuration);
  }

  /** Any key, no limits, no failures, no latency, plain HTTP on a free port of 127.0.0.1. */
  public static SandboxOptions defaults() {
    return new Draft().finished();
  }

  public SandboxOptions withHost(String value) {
    return with(draft -> draft.host = value);
  }

  public SandboxOptions withPort(int value) {
    return with(draft -> draft.port = value);
  }

  public SandboxOptions withLatency(Duration value) {
    return with(draft -> draft.latency = value);
  }

  public SandboxOptions withRequestsPerSecond(int value) {
    return with(draft -> draft.requestsPerSecond = value);
  }

  public SandboxOptions withCredits(long value) {
    return with(draft -> draft.credits = OptionalLong.of(value));
  }

  public SandboxOptions withFailureShare(double value) {
    return with(draft -> draft.failureShare = value);
  }

  public SandboxOptions withSeed(long value) {
    return with(draft -> draft.seed = value);
  }

  public SandboxOptions withHttpStatus(HttpStatusStyle value) {
    return with(draft -> draft.httpStatus = value);
  }

  public SandboxOptions withAcceptedKeys(Set<String> value) {
    return with(draft -> draft.acceptedKeys = value);
  }

  public SandboxOptions withTaskDuration(Duration value) {
    return with(draft -> draft.taskDuration = value);
  }

  public SandboxOptions withSslContext(SSLContext value) {
    return with(draft -> draft.sslContext = value);
  }

  public SandboxOptions withRecord(boolean value) {
    return with(draft -> draft.record = value);
  }

  public SandboxOptions withJournal(Path value) {
    return with(draft -> draft.journal = value);
  }

  public SandboxOptions withClock(Clock value) {
    return with(draft -> draft.clock = value);
  }

  /** Leaves the keys out: options end up in logs. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "SandboxOptions[%s:%d, %d accepted keys]", host, port, acceptedKeys.size());
  }

  private SandboxOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  private static void require(boolean met, String bound, Object value) {
    if (!met) {
      throw new IllegalArgumentException(bound + " but is " + value);
    }
  }

  private static final class Draft {
    String host = "127.0.0.1";
    int port;
    Duration latency = Duration.ZERO;
    int requestsPerSecond;
    OptionalLong credits = OptionalLong.empty();
    double failureShare;
    long seed;
    HttpStatusStyle httpStatus = HttpStatusStyle.ALWAYS_200;
    Set<String> acceptedKeys = Set.of();
    Duration taskDuration = Duration.ofSeconds(1);
    SSLContext sslContext;
    boolean record;
    Path journal;
    Clock clock = Clock.systemUTC();

    Draft() {}

    Draft(SandboxOptions options) {
      host = options.host;
      port = options.port;
      latency = options.latency;
      requestsPerSecond = options.requestsPerSecond;
      credits = options.credits;
      failureShare = options.failureShare;
      seed = options.seed;
      httpStatus = options.httpStatus;
      acceptedKeys = options.acceptedKeys;
      taskDuration = options.taskDuration;
      sslContext = options.sslContext;
      record = options.record;
      journal = options.journal;
      clock = options.clock;
    }

    SandboxOptions finished() {
      return new SandboxOptions(
          host,
          port,
          latency,
          requestsPerSecond,
          credits,
          failureShare,
          seed,
          httpStatus,
          acceptedKeys,
          taskDuration,
          sslContext,
          record,
          journal,
          clock);
    }
  }
}
