package io.facedrop.ledger.query;

import java.util.OptionalLong;

/** Never asks early. */
record Patient(QueryTimes times) implements QueryTimes {
  @Override
  public long likely(long now) {
    return times.likely(now);
  }

  @Override
  public long early(long now) {
    return times.likely(now);
  }

  @Override
  public OptionalLong first(boolean small, long now) {
    return times.first(small, now);
  }

  @Override
  public void handedOut(long age) {
    times.handedOut(age);
  }

  @Override
  public void failed(long age) {
    times.failed(age);
  }

  @Override
  public long after(long age, boolean small, long now) {
    return times.after(age, small, now);
  }

  @Override
  public void found(long unfinishedAt, long age, boolean ended, long runMillis, long now) {
    times.found(unfinishedAt, age, ended, runMillis, now);
  }

  @Override
  public long longest() {
    return times.longest();
  }

  @Override
  public long giveUpAge() {
    return times.giveUpAge();
  }
}
