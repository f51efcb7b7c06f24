package io.facedrop.ledger.query;

/**
 * The search while nothing is known. Each query that is handed out raises the age for the next, so
 * that a step costs one query, however many workers ask at once. An answer that a task has ended
 * takes the raise back and permits two more.
 */
final class Ladder {
  static final long FIRST = 250;
  private static final long STEP_MILLIS = 800;
  private static final double STEP_SHARE = 0.18;
  private static final int CALM = 5;

  private final long highest;
  private long age;

  /** The highest age at which a task was unfinished. */
  private long unfinishedAt;

  /** Nothing is asked below this. */
  private long lowest;

  private long lowestEnded = Long.MAX_VALUE;
  private int permitted;
  private int endedInARow;

  Ladder(long start, int permitted, long highest) {
    this.age = Math.min(start, highest);
    this.lowest = age;
    this.permitted = permitted;
    this.highest = highest;
  }

  /** A fifth of an age or a second later, with something left for the way. */
  static long above(long age) {
    return age + (long) Math.max(Math.min(Math.max(age, FIRST), STEP_MILLIS), STEP_SHARE * age);
  }

  long age() {
    return age;
  }

  /** The lowest age at which a task had ended, if one had; every task that is as old may have. */
  long eagerAge() {
    return Math.min(age, lowestEnded);
  }

  int endedInARow() {
    return endedInARow;
  }

  void handedOut() {
    if (permitted > 0) {
      permitted--;
    } else {
      age = Math.min(above(age), highest);
    }
  }

  /** A query that was handed out found nothing; its step is to be asked again. */
  void failed(long at) {
    permitted++;
    comeBackTo(at);
  }

  /** What a first query found. */
  void found(long at, boolean ended) {
    if (!ended) {
      unfinished(at);
      return;
    }
    foundLater(at);
    if (at > unfinishedAt) {
      ended(at);
    }
  }

  /** A later query of a task found that it has ended. */
  void foundLater(long at) {
    lowestEnded = Math.min(lowestEnded, at);
  }

  private void ended(long at) {
    endedInARow++;
    permitted += 2;
    comeBackTo(at);
  }

  private void comeBackTo(long at) {
    age = Math.min(age, Math.max(at, lowest));
  }

  /** The more have ended in a row before, the less is to be added. */
  private void unfinished(long at) {
    long added = Math.max(1, (above(at) - at) * CALM / (CALM + endedInARow));
    unfinishedAt = Math.max(unfinishedAt, at);
    lowest = Math.min(Math.max(lowest, at + added), highest);
    age = Math.max(age, lowest);
    permitted = 0;
    endedInARow = 0;
  }
}
