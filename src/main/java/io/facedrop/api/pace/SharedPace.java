package io.facedrop.api.pace;

import io.facedrop.api.Background;
import io.facedrop.api.RequestKind;
import io.facedrop.words.Cause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pace that several processes share. Each request takes a slot that this process has reserved a
 * little ahead.
 *
 * <p>A slot is used at its time or shortly after, or it is lost. The slots of one second take
 * slightly longer than a second, to allow for late requests and for differences between the
 * processes' clocks. So no second, wherever it starts, has more requests than the rate.
 *
 * <p>Slots are reserved in the background. While the store cannot be reached, there are no slots,
 * and no request leaves.
 */
public final class SharedPace implements Pace {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPace.class);

  /** So late a slot may be spent. */
  static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** In a second what a slot may be late, and 5 ms for what the clocks are taken wrong by. */
  private static final long PER_MILLE_LONGER = 15;

  /** So much is reserved at once. */
  private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** More is reserved while less than this is left. */
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  /** Smaller orders wait, unless somebody waits for them. */
  private static final int SMALL_SHARE = 4;

  private static final long NEXT_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SHORTEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int TRIES_IN_SILENCE = 60;

  private final RequestKind kind;
  private final long intervalNanos;
  private final int block;
  private final Slots slots;
  private final Background background;
  private final Lock lock;
  private final LongSupplier nanos;
  private final Runnable reserved;
  private final HeldSlots held;
  private final ServerClock server = new ServerClock();
  private final Crowd crowd = new Crowd(BLOCK_NANOS);
  private int waiting;
  private boolean reserving;
  private long roundTripNanos;
  private int failures;

  /**
   * @param intervalNanos between two requests, above 0
   * @param lock the gate's, under which all but the constructor is called
   * @param nanos monotonic
   * @param reserved called under the lock when there are new slots
   */
  public SharedPace(
      RequestKind kind,
      long intervalNanos,
      Slots slots,
      Background background,
      Lock lock,
      LongSupplier nanos,
      Runnable reserved) {
    this.kind = kind;
    this.intervalNanos = intervalNanos + intervalNanos * PER_MILLE_LONGER / 1_000;
    this.block = (int) Math.max(1, BLOCK_NANOS / this.intervalNanos);
    this.slots = slots;
    this.background = background;
    this.lock = lock;
    this.nanos = nanos;
    this.reserved = reserved;
    this.held = new HeldSlots(this.intervalNanos, LATE_NANOS);
  }

  @Override
  public boolean isLimited() {
    return true;
  }

  @Override
  public long waitNanos(long now) {
    held.dropLate(now);
    reserveIfWanted(now);
    return held.count() > 0 ? held.next() - now : NEXT_LOOK_NANOS;
  }

  /** Of slots that are not reserved yet it is only known that they come later. */
  @Override
  public long waitNanos(long now, int before) {
    held.dropLate(now);
    if (before < held.count()) {
      return held.at(before) - now;
    }
    long last = held.count() > 0 ? Math.max(0, held.last() - now) : 0;
    return last + (before - held.count() + 1) * Math.max(intervalNanos, SHORTEST_RETRY_NANOS);
  }

  @Override
  public int placesIn(long time) {
    return (int) Math.min(time / intervalNanos, Integer.MAX_VALUE);
  }

  @Override
  public void take(long now) {
    held.spend();
    if (waiting > 1) {
      crowd.left(now);
    }
  }

  @Override
  public void waiting(int requests) {
    waiting = requests;
  }

  // --- Reserving ---

  private void reserveIfWanted(long now) {
    if (!reserving && isWanted(now)) {
      reserving = true;
      background.run(this::reserve);
    }
  }

  private boolean isWanted(long now) {
    boolean ends = held.count() == 0 || held.last() - now < LEAD_NANOS;
    return ends && (waiting > held.count() || wanted(now) > block / SMALL_SHARE);
  }

  /** For those who wait, and for as many as have lately gone while others waited. */
  private int wanted(long now) {
    return Math.min(block, waiting + crowd.lately(now) - held.count());
  }

  private void reserve() {
    Slots.Order order = order();
    if (order == null) {
      return;
    }
    long asked = nanos.getAsLong();
    try {
      Slots.Block given = slots.reserve(order);
      take(given, asked, nanos.getAsLong());
    } catch (RuntimeException | Error e) {
      if (failures++ % TRIES_IN_SILENCE == 0) {
        LOG.error(
            "nothing is sent: the rate that all nodes share cannot be reserved in the database; it is"
                + " tried again: {}",
            Cause.of(e));
      }
      background.later(Duration.ofNanos(LONGEST_RETRY_NANOS), this::reserve);
    }
  }

  /** What is wanted now, at first only the time; null when nothing is any more. */
  private Slots.Order order() {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      held.dropLate(now);
      reserving = isWanted(now);
      long ahead = TimeUnit.NANOSECONDS.toMicros(Math.min(roundTripNanos, LEAD_NANOS));
      int most = server.isKnown() ? Math.max(1, wanted(now)) : 0;
      return reserving ? new Slots.Order(kind, most, intervalNanos, ahead) : null;
    } finally {
      lock.unlock();
    }
  }

  private void take(Slots.Block given, long asked, long answered) {
    lock.lock();
    try {
      failures = 0;
      roundTripNanos = answered - asked;
      server.heard(given.nowMicros(), asked, answered);
      if (given.slots() > 0) {
        held.add(server.nanosAt(given.firstMicros()), given.slots());
        reserving = false;
        reserved.run();
      } else {
        background.later(Duration.ofNanos(untilRoom(given)), this::reserve);
      }
    } finally {
      lock.unlock();
    }
  }

  private static long untilRoom(Slots.Block given) {
    long micros = given.firstMicros() - Slots.HORIZON_MICROS - given.nowMicros();
    long room = TimeUnit.MICROSECONDS.toNanos(micros);
    return Math.min(Math.max(room, SHORTEST_RETRY_NANOS), LONGEST_RETRY_NANOS);
  }
}
