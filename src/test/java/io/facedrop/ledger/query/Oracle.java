package io.facedrop.ledger.query;

import java.util.OptionalLong;

/** Knows when each task ends. */
final class Oracle implements QueryTimes {
  private final long deadline;
  private long end;

  Oracle(long deadline) {
    this.deadline = deadline;
  }

  /** The task about to be submitted ends at this age. */
  void prophesy(long age) {
    end = Math.max(0, Math.min(age, deadline));
  }

  @Override
  public long likely(long now) {
    return 0;
  }

  @Override
  public long early(long now) {
    return 0;
  }

  @Override
  public OptionalLong first(boolean small, long now) {
    return OptionalLong.of(end);
  }

  @Override
  public void handedOut(long age) {}

  @Override
  public void failed(long age) {}

  @Override
  public long after(long age, boolean small, long now) {
    return age + 1;
  }

  @Override
  public void found(long unfinishedAt, long age, boolean ended, long runMillis, long now) {}

  @Override
  public long longest() {
    return LaterQueries.LONGEST_PAUSE;
  }

  @Override
  public long giveUpAge() {
    return deadline;
  }
}
