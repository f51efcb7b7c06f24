package io.facedrop.ledger.model;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The health of a place that is polled or written repeatedly.
 *
 * @param trouble in words; empty when there is none
 */
public record Link(String place, Instant since, String trouble) {
  private static final String OUTPUT = "output ";

  /** The place of events, which are an output too. */
  public static final String EVENTS = OUTPUT + "events";

  private static final String SUBMISSION = "submission";

  /**
   * The place of what is submitted, which stops while rows cannot be published.
   *
   * @param node that submits; 0 where only one process can work
   */
  public static String submission(long node) {
    return SUBMISSION + of(node);
  }

  /** Whether it is the submission, on whichever node. */
  public boolean isSubmission() {
    return isAt(SUBMISSION);
  }

  private static String of(long node) {
    return node == 0 ? "" : " (node " + node + ")";
  }

  /**
   * The place of the outputs of a kind.
   *
   * @param node that writes them; 0 where only one process can work
   */
  public static String output(Publication.Kind kind, long node) {
    return OUTPUT + kind.noun() + of(node);
  }

  /**
   * The place of an inbox.
   *
   * @param node that watches it; 0 where only one process can work
   */
  public static String inbox(Path inbox, long node) {
    return "inbox " + inbox + of(node);
  }

  /** Whether it is this place, on whichever node. */
  public boolean isAt(String other) {
    return place.equals(other) || place.startsWith(other + " (node ");
  }

  public boolean isOutput() {
    return place.startsWith(OUTPUT);
  }

  /** Whether it is an output that cannot be written. */
  public boolean isFailingOutput() {
    return isOutput() && !trouble.isEmpty();
  }
}
