package io.facedrop.ledger.view;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.RowState;
import java.time.Instant;
import java.util.List;

/**
 * A row, its state, and its requests that did not succeed.
 *
 * @param origin {@code batch:line} of its first drop; null when this is the first
 * @param state {@code pending}, {@code claimed}, or the word of a {@link RowState}
 * @param dueAt when it is sent or queried next; null if that is not known, or never
 * @param attempts creates that count
 * @param requests that left for it
 * @param detectTaskId null when there is none
 * @param submittedAt when its task was created; null when there is none
 * @param settledAt when it ended; null while it is open
 * @param reason of a dead letter; otherwise null
 * @param answered last answer of the API; null when there is none
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
   * @param number how many requests had left for the row by then
   * @param code the API's; null when there was none
   * @param httpStatus null when there was no answer
   * @param millis from the departure to the last answer; null when unknown
   * @param node that sent it, for people to read; null if only one process can work
   * @param message of the API, or of facedrop if there was none
   * @param state of the row after it
   * @param reason of a dead letter; otherwise null
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
