package io.facedrop.ledger.query;

import io.facedrop.ledger.model.TaskTimes;
import java.time.Duration;
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

  /** Shares of the tasks that end at all. */
  private static final double LIKELY = 0.985;

  private static final double EARLY = 0.97;

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
  private static final double UNEXPECTED = 0.2;

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
  private long searchingSince;
  private boolean isSmall;
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

  /** What was learnt before a search began is what the search is about. */
  @Override
  public synchronized void heard(List<Evidence> evidence, long keptAt, long now) {
    if (search != null && keptAt > searchingSince) {
      durations.learn(evidence, Math.min(keptAt, now));
      search = null;
      refresh(now);
    }
  }

  @Override
  public synchronized TaskTimes known() {
    Duration likely = Duration.ofMillis(search == null ? thresholds.likely() : 0);
    return new TaskTimes(durations.queriesPerTask(), likely);
  }

  /** Whether too little is known, so that the ages below are steps of a search. */
  public boolean isSearching() {
    return search != null;
  }

  @Override
  public synchronized long likely(long now) {
    refreshIfDue(now);
    return search != null && isSmall ? search.eagerAge() : threshold();
  }

  @Override
  public synchronized long early(long now) {
    long likely = likely(now);
    if (search != null) {
      return likely;
    }
    return isSmall ? firstOfSmall() : thresholds.early();
  }

  @Override
  public synchronized OptionalLong first(boolean small, long now) {
    refreshIfDue(now);
    isSmall = small;
    if (search != null) {
      return OptionalLong.empty();
    }
    return small ? OptionalLong.of(firstOfSmall()) : firstOfLarge();
  }

  private long firstOfSmall() {
    long early = thresholds.early();
    return Math.min(Ladder.above(share.ageBeforeMost(early)), early);
  }

  private OptionalLong firstOfLarge() {
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
  public synchronized void failed(long age) {
    durations.queried(false);
    if (search != null) {
      search.failed(age);
    }
  }

  @Override
  public synchronized long after(long age, boolean small, long now) {
    refreshIfDue(now);
    if (small) {
      return LaterQueries.soonAfter(age);
    }
    return unfinishedInARow > 1
        ? LaterQueries.sparselyAfter(age, threshold())
        : LaterQueries.after(age, threshold(), durations.stragglers());
  }

  @Override
  public long longest() {
    return Math.max(latest, LaterQueries.LONGEST_PAUSE);
  }

  @Override
  public long giveUpAge() {
    return deadline;
  }

  private long threshold() {
    return search == null ? thresholds.likely() : search.age();
  }

  @Override
  public synchronized void found(
      long unfinishedAt, long age, boolean ended, long runMillis, long now) {
    durations.queried(ended);
    if (ended && runMillis >= 0) {
      pioneers.ran(runMillis, thresholds.likely());
    }
    if (unfinishedAt > 0) {
      foundLater(unfinishedAt, age, ended);
    } else {
      foundFirst(age, ended);
    }
    pending++;
  }

  private void foundLater(long unfinishedAt, long age, boolean ended) {
    durations.addLater(unfinishedAt, age, ended);
    if (ended && search != null) {
      search.foundLater(age);
    }
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
    } else if (share.atLeast(age) < UNEXPECTED) {
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
      searchingSince = now;
    }
    if (search == null) {
      OptionalLong early = known(EARLY, thresholds.early(), shareThatEnds);
      thresholds.set(likely.getAsLong(), early.orElse(likely.getAsLong()), now);
    }
  }

  private Ladder newSearch() {
    return thresholds.areUnknown() || share.weight() < FADED
        ? new Ladder(Ladder.above(share.ageBeforeMost()), 0, latest)
        : new Ladder(Ladder.above(thresholds.likely()), CONTRADICTED, latest);
  }

  /** By which so large a share of those that end at all has ended. */
  private OptionalLong known(double wanted, long before, double shareThatEnds) {
    double needed = 1 - (1 - wanted) / Math.max(shareThatEnds, 0.01);
    return share.age(Math.max(needed, 0.5), before);
  }
}
