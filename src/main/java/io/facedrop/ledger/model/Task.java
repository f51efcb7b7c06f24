package io.facedrop.ledger.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The API's task for a row. Times are epoch milliseconds.
 *
 * @param id the API's
 * @param submittedAt when the API answered its id
 * @param unfinishedAt the last moment at which it was known not to have ended
 * @param failures number of failed queries in a row
 * @param missingSince since when the API has answered 404; 0 when it has not
 */
public record Task(
    String id, long submittedAt, long unfinishedAt, int failures, long missingSince) {

  /** By the API's documentation a detect_id is valid for one hour. */
  public static final long VALID_MILLIS = Duration.ofHours(1).toMillis();

  /** A task that has just been created by a request that left at this time. */
  public static Task created(String id, long sentAt, long now) {
    return new Task(id, now, sentAt, 0, 0);
  }

  /**
   * The id encoded for the query of a URL. A plus is encoded too, because some servers read it as a
   * blank.
   */
  public String encodedId() {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * When a task was last known not to have ended, by a recorded time. If that time is in the
   * future, the clock has been set back since. Then the real time is unknown, and the faces may
   * have expired.
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
