package io.facedrop.ledger.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The detection task that a row was submitted as. Times are epoch milliseconds.
 *
 * @param id the API's
 * @param submittedAt when its id was answered
 * @param unfinishedAt the last moment at which it was known not to be finished
 * @param failures queries in a row that came to nothing
 * @param missingSince since when the API says that it does not know it; 0 when it does not say so
 */
public record Task(
    String id, long submittedAt, long unfinishedAt, int failures, long missingSince) {

  /** By the API's documentation a detect_id is valid for one hour. */
  public static final long VALID_MILLIS = Duration.ofHours(1).toMillis();

  /** A task that has just been created by a request that left at this time. */
  public static Task created(String id, long sentAt, long now) {
    return new Task(id, now, sentAt, 0, 0);
  }

  /** The id as it stands in a query; a plus would be a blank to a form's reader alone. */
  public String encodedId() {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * When a task was last known not to be finished, by a time that was kept. A time to come was kept
   * by a clock that has been set back since: nobody knows when it was, so its faces may have
   * expired.
   */
  public static long unfinished(long kept, long now) {
    return kept > now ? now - VALID_MILLIS : kept;
  }

  /** It still ran when it was asked for at this time. */
  public Task running(long askedAt) {
    return new Task(id, submittedAt, askedAt, 0, 0);
  }

  public Task failed() {
    return new Task(id, submittedAt, unfinishedAt, failures + 1, missingSince);
  }

  public Task missing(long askedAt) {
    return missingSince == 0 ? new Task(id, submittedAt, unfinishedAt, failures, askedAt) : this;
  }
}
