package io.facedrop.ledger.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What queries have found of when tasks end. Old evidence loses half of its weight within 400 first
 * queries, and within ten minutes: after an hour little is left.
 */
public final class TaskDurations {
  private static final double HALF_LIFE_QUERIES = 400;
  private static final double HALF_LIFE_MILLIS = TimeUnit.MINUTES.toMillis(10);
  private static final double WORTH_KEEPING = 0.0005;

  private final double[] asked = new double[AgeBins.COUNT];
  private final double[] ended = new double[AgeBins.COUNT];
  private final double[] age = new double[AgeBins.COUNT];
  private final Stragglers stragglers = new Stragglers();
  private int queries;
  private double allQueries;
  private double allEnded;
  private long fadedAt;

  public TaskDurations(long now) {
    fadedAt = now;
  }

  /** What was kept at a time; it fades from then on. */
  public TaskDurations(List<Evidence> kept, long keptAt) {
    this(keptAt);
    learn(kept, keptAt);
  }

  /** From now on this is what is known, as of a time. */
  void learn(List<Evidence> kept, long keptAt) {
    for (double[] weights : List.of(asked, ended, age, stragglers.followed, stragglers.ended)) {
      Arrays.fill(weights, 0);
    }
    fadedAt = keptAt;
    for (Evidence evidence : kept) {
      int bin = evidence.bin();
      asked[bin] = evidence.asked();
      ended[bin] = evidence.ended();
      age[bin] = evidence.age();
      stragglers.followed[bin] = evidence.followed();
      stragglers.ended[bin] = evidence.endedLate();
    }
  }

  /** What is worth keeping, at most one for each bin. */
  public List<Evidence> evidence() {
    List<Evidence> all = new ArrayList<>();
    for (int bin = 0; bin < AgeBins.COUNT; bin++) {
      if (asked[bin] + stragglers.followed[bin] > WORTH_KEEPING) {
        all.add(evidence(bin));
      }
    }
    return all;
  }

  private Evidence evidence(int bin) {
    return new Evidence(
        bin, asked[bin], ended[bin], age[bin], stragglers.followed[bin], stragglers.ended[bin]);
  }

  /** A query of any kind, which found that its task has ended, or did not. */
  void queried(boolean hasEnded) {
    allQueries++;
    allEnded += hasEnded ? 1 : 0;
  }

  /** How many queries a task takes, as far as is known. */
  double queriesPerTask() {
    return allEnded < 1 ? 1 : Math.max(1, allQueries / allEnded);
  }

  /** A task's first query. */
  void add(long at, boolean hasEnded) {
    int bin = AgeBins.of(at);
    asked[bin]++;
    ended[bin] += hasEnded ? 1 : 0;
    age[bin] += (at - age[bin]) / Math.max(1, asked[bin]);
    queries++;
  }

  /** A later query of a task that was unfinished at an age. */
  void addLater(long unfinishedAt, long at, boolean hasEnded) {
    stragglers.add(unfinishedAt, at, hasEnded);
  }

  /** Tasks take longer now: what had ended by an age counts half. */
  void doubtEndedUpTo(long at) {
    for (int bin = AgeBins.of(at); bin >= 0; bin--) {
      asked[bin] -= ended[bin] / 2;
      ended[bin] /= 2;
    }
  }

  /** Tasks are faster now: of what was unfinished from an age on, only a share counts. */
  void doubtUnfinishedFrom(long at, double left) {
    for (int bin = AgeBins.of(at); bin < AgeBins.COUNT; bin++) {
      asked[bin] = ended[bin] + (asked[bin] - ended[bin]) * left;
    }
  }

  /** Forgets what is old. */
  void fade(long now) {
    double halves = queries / HALF_LIFE_QUERIES + Math.max(0, now - fadedAt) / HALF_LIFE_MILLIS;
    double left = Math.pow(2, -halves);
    for (double[] weights : List.of(asked, ended, stragglers.followed, stragglers.ended)) {
      for (int bin = 0; bin < AgeBins.COUNT; bin++) {
        weights[bin] *= left;
      }
    }
    allQueries *= left;
    allEnded *= left;
    queries = 0;
    fadedAt = now;
  }

  EndedShare share() {
    return new EndedShare(asked.clone(), ended.clone(), age.clone());
  }

  Stragglers stragglers() {
    return stragglers;
  }
}
