package io.facedrop.api.pace;

/** How many have lately gone while others waited, counted by spans of time. */
final class Crowd {
  private final long spanNanos;
  private boolean begun;
  private long sinceNanos;
  private int now;
  private int before;

  Crowd(long spanNanos) {
    this.spanNanos = spanNanos;
  }

  /** One went, and others wait. */
  void left(long nanos) {
    turn(nanos);
    now++;
  }

  /** In the last span, or in this one if there are more already. */
  int lately(long nanos) {
    turn(nanos);
    return Math.max(now, before);
  }

  private void turn(long nanos) {
    long spans = begun ? (nanos - sinceNanos) / spanNanos : 2;
    if (spans > 0) {
      before = spans == 1 ? now : 0;
      now = 0;
      sinceNanos = begun ? sinceNanos + spans * spanNanos : nanos;
      begun = true;
    }
  }
}
