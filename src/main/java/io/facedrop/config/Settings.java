package io.facedrop.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration, validated.
 *
 * @param properties every property as resolved, for Camel and the placeholders in the routes; it
 *     holds the key, so it is never printed
 */
public record Settings(
    Api api,
    Retry retry,
    Gate gate,
    InDoubt inDoubt,
    Batch batch,
    Faces faces,
    Inbox inbox,
    Duplicates duplicates,
    Outputs outputs,
    Duration publishInterval,
    Report report,
    String ledgerUrl,
    Map<String, String> properties) {

  /**
   * The API and how it may be used.
   *
   * @param key the secret; empty where a command needs none
   * @param proxy null for none
   */
  public record Api(
      URI baseUrl,
      String key,
      Rate rate,
      int concurrency,
      Duration connectTimeout,
      Duration responseTimeout,
      URI proxy) {
    @Override
    public String toString() {
      return "Api[" + baseUrl + ", " + rate + ", concurrency " + concurrency + "]";
    }
  }

  /** Backoff after code 500. */
  public record Retry(int maxAttempts, Duration initialDelay, Duration maxDelay) {}

  /** When the gate closes and how it opens again. */
  public record Gate(int tripAfter, Duration probeInterval, Duration maxPause) {}

  /** When a batch is held: {@code holdAfter} first answers are looked at, 0 for none. */
  public record Batch(int holdAfter) {}

  /** What becomes of a row whose request may have been charged although no answer came. */
  public enum InDoubt {
    DEAD_LETTER,
    RESUBMIT
  }

  /**
   * Whether and how the faces of a task are awaited.
   *
   * @param deadline age at which a task that still runs is given up
   * @param pollAges ages at which its result is asked for, ascending
   * @param pollInterval after the last of them
   * @param openTasks so many at most; 0 for no bound
   */
  public record Faces(
      boolean await,
      Duration deadline,
      List<Duration> pollAges,
      Duration pollInterval,
      long openTasks) {}

  /** The watched directory; {@code doneFile} is empty for none. */
  public record Inbox(Path directory, String doneFile, String column) {}

  /**
   * What becomes of what was here before.
   *
   * @param accepted whether a manifest of the same content is worked again
   * @param window within which it is not
   * @param sharedUrls whether rows of a manifest that repeat a URL share the result of the first
   */
  public record Duplicates(boolean accepted, Duration window, boolean sharedUrls) {}

  /** Camel endpoint URIs of the outputs. */
  public record Outputs(
      String success, String deadLetter, String report, String rejected, String archive) {}

  /** The completion report; {@code contactSheet} is how many faces it shows, 0 for none. */
  public record Report(int contactSheet) {}

  /** How long so many rows take, in words: each takes a request and, for its faces, one more. */
  public String timeFor(long rows) {
    return faces.await()
        ? api.rate().timeFor("at least", 2 * rows)
        : api.rate().timeFor("about", rows);
  }

  @Override
  public String toString() {
    return "Settings[" + api + ", " + ledgerUrl + "]";
  }
}
