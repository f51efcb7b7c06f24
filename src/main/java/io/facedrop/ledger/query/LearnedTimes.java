package io.facedrop.ledger.query;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Learns from what queries find when tasks end, and queries each when it has very likely ended.
 *
 * <p>While nothing is known, and when what was known holds no longer, a {@link Ladder} searches. A
 * few {@link Pioneers} look for an age that is lower. What is decided from is kept in {@link
 * TaskDurations}; all else is found again within a few queries.
 */
public final class LearnedTimes implements QueryTimes {
  /** A quarter of the hour in which a detect_id lives. */
  private static final long LATEST_FIRST = TimeUnit.MINUTES.toMillis(15);

  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toMillis(5);

  /** Shares of the tasks that end at all. */
  private static final double LIKELY = 0.985;

  private static final double EARLY = 0.97;
  private static final double UNLIKELY = 0.05;

  /** Of the tasks that were unfinished, so many have ended at the next query. */
  private static final double NEXT = 0.4;

  private static final double LOWEST_FACTOR = 1.2;
  private static final double SEARCH_FACTOR = 1.7;
  private static final double HIGHEST_FACTOR = 2;

  /** From here on, relative to the likely age, the end is so uncertain that queries are sparse. */
  private static final int FAR = 8;

  /** Slack of a comparison with the age that was decided on. */
  private static final double ABOUT = 0.97;

  /** So many ended tasks in a row end a search. */
  private static final int SURE = 10;

  /** So many unfinished tasks in a row are no chance. */
  private static final int CONTRADICTED = 4;

  /** With less, what was known has faded and must be searched from the lowest age. */
  private static final double FADED = 10;

  private static final double HALF = 0.5;
  private static final double LITTLE = 0.1;

  private static final int REFRESH_QUERIES = 16;
  private static final long REFRESH_MILLIS = 100;
  private static final long REFRESH_IDLE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final TaskDurations durations;
  private final Pioneers pioneers;
  private final Thresholds thresholds;
  private final long latest;
  private final long deadline;
  private EndedShare share;
  private Ladder search;
  private int unfinishedInARow;
  private int surprises;
  private int pending;
  private long refreshedAt;

  /**
   * @param durations what is known, perhaps nothing
   * @param deadline age at which a task that still runs is given up, in milliseconds
   */
  public LearnedTimes(TaskDurations durations, RandomGenerator random, long deadline, long now) {
    this.durations = durations;
    pioneers = new Pioneers(random);
    this.deadline = deadline;
    latest = Math.min(LATEST_FIRST, deadline);
    thresholds = new Thresholds(latest);
    refresh(now);
  }

  /** What must be kept over a restart, together with the time. */
  @Override
  public synchronized List<Evidence> evidence() {
    return durations.evidence();
  }

  /** Whether too little is known, so that the ages below are steps of a search. */
  public boolean isSearching() {
    return search != null;
  }

  @Override
  public synchronized long likely(long now) {
    refreshIfDue(now);
    return threshold();
  }

  @Override
  public synchronized long early(long now) {
    refreshIfDue(now);
    return search == null ? thresholds.early() : search.age();
  }

  @Override
  public synchronized OptionalLong first(boolean small, long now) {
    refreshIfDue(now);
    if (search != null) {
      return OptionalLong.empty();
    }
    if (small) {
      long lowest = Ladder.above(share.highestBelow(UNLIKELY));
      return OptionalLong.of(Math.min(lowest, thresholds.early()));
    }
    OptionalLong faster = thresholds.faster();
    return faster.isPresent() ? faster : pioneers.age(share.highestBelow(0.5), thresholds.likely());
  }

  @Override
  public synchronized void handedOut(long age) {
    if (search != null) {
      search.handedOut();
    }
  }

  @Override
  public synchronized long after(long age, boolean small, long now) {
    refreshIfDue(now);
    long next = small ? Ladder.above(age) : afterOfLarge(age);
    return Math.max(age + 1, Math.min(next, age + LONGEST_PAUSE));
  }

  @Override
  public long longest() {
    return Math.max(latest, LONGEST_PAUSE);
  }

  @Override
  public long giveUpAge() {
    return deadline;
  }

  private long afterOfLarge(long age) {
    long threshold = threshold();
    if (unfinishedInARow > 1) {
      return Math.max((long) (SEARCH_FACTOR * age), threshold);
    }
    if (age < ABOUT * threshold) {
      return Math.max((long) (LOWEST_FACTOR * age), threshold);
    }
    double factor =
        age < FAR * threshold ? durations.stragglers().factor(age, NEXT) : HIGHEST_FACTOR;
    return (long) (age * Math.max(LOWEST_FACTOR, Math.min(factor, HIGHEST_FACTOR)));
  }

  private long threshold() {
    return search == null ? thresholds.likely() : search.age();
  }

  @Override
  public synchronized void found(
      long unfinishedAt, long age, boolean ended, long runMillis, long now) {
    if (ended && runMillis >= 0) {
      pioneers.ran(runMillis, thresholds.likely());
    }
    if (unfinishedAt > 0) {
      durations.addLater(unfinishedAt, age, ended);
    } else {
      foundFirst(age, ended);
    }
    pending++;
  }

  private void foundFirst(long age, boolean ended) {
    if (search != null) {
      search.found(age, ended);
    }
    if (isBeforeItsTime(age)) {
      foundBeforeItsTime(age, ended);
    } else {
      foundInTime(age, ended);
    }
    if (pioneers.found(age, ended)) {
      durations.doubtUnfinishedFrom(age, LITTLE);
    }
    durations.add(age, ended);
  }

  private boolean isBeforeItsTime(long age) {
    return search == null && age < ABOUT * thresholds.likely();
  }

  private void foundBeforeItsTime(long age, boolean ended) {
    if (!ended) {
      surprises = 0;
    } else if (share.atLeast(age) < 0.2) {
      pioneers.surprise(age);
      surprises++;
      if (surprises > 1) {
        durations.doubtUnfinishedFrom(age, HALF);
      }
    }
  }

  private void foundInTime(long age, boolean ended) {
    unfinishedInARow = ended ? 0 : unfinishedInARow + 1;
    if (unfinishedInARow >= CONTRADICTED) {
      durations.doubtEndedUpTo(age);
    }
  }

  private void refreshIfDue(long now) {
    boolean urgent = pending >= REFRESH_QUERIES || pending > 0 && unfinishedInARow > 2;
    long patience = pending > 0 ? REFRESH_MILLIS : REFRESH_IDLE_MILLIS;
    if (urgent || now - refreshedAt >= patience) {
      refresh(now);
    }
  }

  private void refresh(long now) {
    durations.fade(now);
    share = durations.share();
    pending = 0;
    refreshedAt = now;
    decide(now);
  }

  private void decide(long now) {
    double shareThatEnds = durations.stragglers().shareThatEnds(threshold(), share.hasPlateau());
    OptionalLong likely = known(LIKELY, thresholds.likely(), shareThatEnds);
    if (search != null && search.endedInARow() >= SURE && likely.isPresent()) {
      search = null;
    }
    if (search == null && likely.isEmpty()) {
      search = newSearch();
    }
    if (search == null) {
      OptionalLong early = known(EARLY, thresholds.early(), shareThatEnds);
      thresholds.set(likely.getAsLong(), early.orElse(likely.getAsLong()), now);
    }
  }

  private Ladder newSearch() {
    return thresholds.areUnknown() || share.weight() < FADED
        ? new Ladder(Ladder.above(share.highestBelow(UNLIKELY)), 0, latest)
        : new Ladder(Ladder.above(thresholds.likely()), CONTRADICTED, latest);
  }

  /**
   * The lowest age that is known to do; that of before stays unless something speaks against it.
   */
  private OptionalLong known(double wanted, long before, double shareThatEnds) {
    double needed = Math.max(0.5, 1 - (1 - wanted) / Math.max(shareThatEnds, 0.01));
    OptionalLong lowest = share.age(needed);
    boolean stays = lowest.isPresent() && share.reaches(before, needed);
    return stays ? OptionalLong.of(Math.min(before, lowest.getAsLong())) : lowest;
  }
}
