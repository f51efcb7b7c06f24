package io.facedrop.ledger.model;

import io.facedrop.api.RequestKind;
import java.time.Instant;
import java.util.List;

/**
 * A row, what has become of it, and the requests of it that did not simply succeed.
 *
 * @param origin {@code batch:line} of its first drop; null when this is the first
 * @param state {@code pending}, {@code claimed}, or the word of a {@link RowState}
 * @param dueAt when it is tried or asked for next; null where that is not known, or never
 * @param attempts creates that count
 * @param requests that left for it
 * @param detectTaskId null when there is none
 * @param submittedAt when its task was created; null when there is none
 * @param settledAt when it ended; null while it is open
 * @param reason of a dead letter; else null
 * @param answered what the API said last; null when nothing has
 * @param faceCount null unless the faces are there
 * @param output {@code success} or {@code dead-letter}; null while it is open
 * @param file of its part; null until that is published
 * @param laterDrops batches in which it was dropped again, the newest last
 * @param kept the requests
 */
public record RowHistory(
    long line,
    String imageUrl,
    String origin,
    String state,
    Instant dueAt,
    int attempts,
    int requests,
    String detectTaskId,
    Instant submittedAt,
    Instant settledAt,
    String reason,
    Answered answered,
    Integer faceCount,
    String output,
    String file,
    List<String> laterDrops,
    List<Sent> kept) {

  /**
   * One request.
   *
   * @param number how many had left for the row by then
   * @param code the API's; null when there was none
   * @param httpStatus null when there was no answer
   * @param millis from the departure to the last answer; null when nobody knows
   * @param node that sent it, for people to read; null where only one process can work
   * @param message the API's words, or ours where it had none
   * @param state of the row after it
   * @param reason of a dead letter; else null
   */
  public record Sent(
      int number,
      Instant sentAt,
      RequestKind kind,
      Integer code,
      Integer httpStatus,
      Long millis,
      String node,
      String message,
      String state,
      String reason) {}
}
