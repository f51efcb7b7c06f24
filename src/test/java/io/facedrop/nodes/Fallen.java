package io.facedrop.nodes;

import java.util.HashSet;
import java.util.Set;

/** A node that was killed or frozen, and what it had in hand then. */
final class Fallen {
  final Node node;
  final long epoch;
  private final Set<Books.Held> held = new HashSet<>();
  private boolean isOver;

  /** When it was woken, monotonic; 0 of a node that was not. */
  long wokenNanos;

  Fallen(Node node, long epoch) {
    this.node = node;
    this.epoch = epoch;
  }

  /**
   * A commit that was on its way may yet have happened, so this is asked until its lease is over.
   */
  void look(Books books) {
    if (!isOver) {
      isOver = books.isLeaseOver(epoch);
      held.addAll(books.held(epoch));
    }
  }

  boolean wasWoken() {
    return wokenNanos != 0;
  }

  Set<Books.Held> held() {
    return held;
  }

  /** How many rows of it the API may have been asked to create a task for. */
  long doubtful() {
    return held.stream().filter(row -> !row.hasTask()).count();
  }
}
