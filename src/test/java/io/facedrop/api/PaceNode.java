package io.facedrop.api;

import io.facedrop.api.pace.SharedPace;
import io.facedrop.api.pace.Slots;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/** A node with its workers and a clock of its own, in made-up time. */
final class PaceNode {
  private static final long MILLI = 1_000_000;

  private final Random random;
  private final MadeUpTime time;
  private final List<Long> departures;
  private final SharedPace pace;
  private final long skewNanos;
  private final double drift;
  private final double lateMillis;
  private final Slots slots;
  private int reserved;
  private int waiting;
  private int sent;
  private int workers;
  private long looksAt = Long.MAX_VALUE;
  private boolean dead;

  /**
   * @param roundTripMillis at most, to the rate
   * @param lateMillis at most, of nearly all wake-ups
   */
  PaceNode(
      Random random,
      MadeUpTime time,
      double perSecond,
      SharedRate rate,
      double roundTripMillis,
      double lateMillis,
      List<Long> departures) {
    this.random = random;
    this.time = time;
    this.departures = departures;
    this.lateMillis = lateMillis;
    this.skewNanos = random.nextLong() / 4;
    this.drift = (random.nextDouble() - 0.5) / 10_000;
    this.slots =
        order -> {
          time.pass((long) (random.nextDouble() * roundTripMillis / 2 * MILLI));
          Slots.Block block = rate.reserve(order);
          reserved += block.slots();
          time.pass((long) (random.nextDouble() * roundTripMillis / 2 * MILLI));
          return block;
        };
    this.pace =
        new SharedPace(
            RequestKind.CREATE,
            (long) Math.ceil(MadeUpTime.SECOND / perSecond),
            order -> slots.reserve(order),
            background(),
            new ReentrantLock(),
            this::nanos,
            () -> lookIn(late()));
  }

  private Background background() {
    Background all = time.background();
    return new Background() {
      @Override
      public void run(Runnable task) {
        all.run(() -> unlessDead(task));
      }

      @Override
      public void later(Duration delay, Runnable task) {
        all.later(delay, () -> unlessDead(task));
      }

      @Override
      public void stop() {}
    };
  }

  private void unlessDead(Runnable task) {
    if (!dead) {
      task.run();
    }
  }

  /** Its monotonic clock. */
  private long nanos() {
    return skewNanos + time.now() + (long) (time.now() * drift);
  }

  private long late() {
    double most = random.nextInt(1_000) == 0 ? 40 : lateMillis;
    return (long) (random.nextDouble() * random.nextDouble() * most * MILLI);
  }

  /** It has so many workers from now on, which always have something to send. */
  void works(int concurrency) {
    int more = concurrency - workers;
    workers = concurrency;
    for (int worker = 0; worker < more; worker++) {
      comes();
    }
  }

  /** Its workers end when they are free. */
  void rests() {
    workers = 0;
  }

  /** Nothing happens in it any more. */
  void dies() {
    dead = true;
  }

  int reserved() {
    return reserved;
  }

  int sent() {
    return sent;
  }

  /** One who would send comes to its departure. */
  private void comes() {
    waiting++;
    pace.waiting(waiting);
    look();
  }

  private void lookIn(long wait) {
    long at = time.now() + wait;
    if (at < looksAt) {
      looksAt = at;
      time.at(
          at,
          () -> {
            if (looksAt == at) {
              looksAt = Long.MAX_VALUE;
              look();
            }
          });
    }
  }

  private void look() {
    while (!dead && waiting > 0) {
      long wait = pace.waitNanos(nanos());
      if (wait > 0) {
        lookIn(wait + late());
        return;
      }
      pace.take(nanos());
      waiting--;
      sent++;
      pace.waiting(waiting);
      departures.add(time.now());
      time.at(time.now() + (20 + random.nextInt(200)) * MILLI, this::isBack);
    }
  }

  private void isBack() {
    if (workers > 0) {
      comes();
    }
  }
}
