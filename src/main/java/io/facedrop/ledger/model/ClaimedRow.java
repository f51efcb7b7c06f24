package io.facedrop.ledger.model;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Stage;

/**
 * A claimed row. As JSON it is the body of the request: {@code {"image_url": …}}.
 *
 * @param id batch number and position in one
 * @param attempts made before this one
 * @param requests made before this one
 * @param possibleDuplicate an earlier request for it may have been charged
 * @param small whether its batch is small and few other rows wait, so that each result is wanted
 *     soon
 * @param stage current one
 * @param task its open task; null before a task is created
 */
@JsonIncludeProperties("image_url")
public record ClaimedRow(
    long id,
    @JsonProperty("image_url") String imageUrl,
    long line,
    int attempts,
    int requests,
    boolean possibleDuplicate,
    boolean small,
    Stage stage,
    Task task) {

  /** The number of its batch. */
  public long batch() {
    return RowId.batch(id);
  }

  /** The request that is due for it. */
  public RequestKind kind() {
    return task == null ? RequestKind.CREATE : RequestKind.QUERY;
  }

  /** As Camel names it in a message when a step fails. */
  @Override
  public String toString() {
    return "the row of line " + line;
  }
}
