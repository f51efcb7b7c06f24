package io.facedrop.ledger;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A claimed row. As JSON it is the body of the request: {@code {"image_url": …}}.
 *
 * @param id batch number and position in one
 * @param attempts made before this one
 * @param requests made before this one
 * @param possibleDuplicate an earlier request for it may have been charged
 * @param task that runs for it; null when it is still to be submitted
 */
@JsonIncludeProperties("image_url")
public record Image(
    long id,
    @JsonProperty("image_url") String imageUrl,
    long line,
    int attempts,
    int requests,
    boolean possibleDuplicate,
    Task task) {

  private static final int POSITION_BITS = 32;

  static long id(long batch, long position) {
    return (batch << POSITION_BITS) + position;
  }

  static long batch(long id) {
    return id >> POSITION_BITS;
  }

  static long position(long id) {
    return id & 0xffff_ffffL;
  }

  /** The number of its batch. */
  public long batch() {
    return batch(id);
  }

  /** What is to be done with it. */
  public Stage stage() {
    return task == null ? Stage.PENDING : Stage.SUBMITTED;
  }
}
