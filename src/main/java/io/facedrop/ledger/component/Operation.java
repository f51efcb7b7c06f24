package io.facedrop.ledger.component;

import io.facedrop.ledger.model.Outcome;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a {@code ledger:} endpoint does. */
public enum Operation {
  /** Consumer: claims rows that wait for a create request, one an exchange. */
  CLAIM_PENDING("claim-pending", null),
  /** Consumer: claims rows whose task is due for a query, one an exchange. */
  CLAIM_SUBMITTED("claim-submitted", null),
  /** Consumer: parts, manifests and reports that are to be published. */
  PUBLISH("publish", null),
  /** Consumer: notices for the operator, one per exchange. */
  EVENTS("events", null),
  /** Producer: adds the rows in the body to the batch that is being read. */
  ADD("add", null),
  /** Producer: makes the manifest that was read a batch. */
  ACCEPT("accept", null),
  /** Producer: removes the manifest that was being read. */
  DISCARD("discard", null),
  /** Producer: the task is created, its result is to be asked for. */
  SUBMITTED("submitted", Outcome.Kind.SUBMITTED),
  /** Producer: the task is not finished yet. */
  RUNNING("running", Outcome.Kind.RUNNING),
  /** Producer: the row is a success. */
  SUCCEEDED("succeeded", Outcome.Kind.SUCCEEDED),
  /** Producer: the row is a dead letter for a {@code reason}. */
  DEAD_LETTER("dead-letter", Outcome.Kind.DEAD_LETTER),
  /** Producer: code 404. */
  NOT_FOUND("not-found", Outcome.Kind.NOT_FOUND),
  /** Producer: try again later, at most so often; then a dead letter for a {@code reason}. */
  RETRY("retry", Outcome.Kind.RETRY),
  /** Producer: the gate pauses, for long after code 455; the row stays open. */
  PAUSE("pause", Outcome.Kind.REFUSED),
  /** Producer: the gate halts, the row stays open. */
  HALT("halt", Outcome.Kind.HALT),
  /** Producer: the result of the request is unknown; a query is repeated. */
  IN_DOUBT("in-doubt", Outcome.Kind.IN_DOUBT),
  /** Producer: the request certainly never left, the row stays open. */
  UNREACHABLE("unreachable", Outcome.Kind.UNREACHABLE);

  private final String word;
  private final Outcome.Kind outcome;

  Operation(String word, Outcome.Kind outcome) {
    this.word = word;
    this.outcome = outcome;
  }

  /** The outcome that it notes; null for another kind of operation. */
  Outcome.Kind outcome() {
    return outcome;
  }

  static Operation of(String word) {
    return Arrays.stream(values())
        .filter(operation -> operation.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "ledger:"
                        + word
                        + " is not known; known are "
                        + Arrays.stream(values())
                            .map(operation -> operation.word)
                            .collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return word;
  }
}
