package io.facedrop.clock;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Decides when the operator reads of a trouble: when it is new, when it has other words, and again
 * after an interval. The caller logs, and says when the trouble has ended.
 *
 * <p>It keeps {@value #MOST} troubles. While it is full, no further one is due: a partner who drops
 * a million bad files must not fill the log.
 *
 * @param <K> what a trouble belongs to
 */
public final class Reminders<K> {
  private static final int MOST = 1_000;

  /** A trouble that nobody has asked about for so long counts as new when it comes again. */
  private static final Duration MEMORY = Duration.ofHours(1);

  private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

  private final long intervalNanos;
  private final long patienceNanos;
  private final int leastTimes;
  private final LongSupplier nanos;
  private final Map<K, Trouble> troubles = new ConcurrentHashMap<>();

  /**
   * @param words what the operator has read; null for nothing yet
   */
  private record Trouble(
      long sinceNanos, int times, long askedNanos, String words, long saidNanos) {
    static Trouble first(long now) {
      return new Trouble(now, 1, now, null, now);
    }

    Trouble askedAgain(long now) {
      return new Trouble(sinceNanos, times + 1, now, words, saidNanos);
    }

    Trouble said(String newWords) {
      return new Trouble(sinceNanos, times, askedNanos, newWords, askedNanos);
    }
  }

  private Reminders(Duration interval, Duration patience, int leastTimes, LongSupplier nanos) {
    this.intervalNanos = interval.toNanos();
    this.patienceNanos = patience.toNanos();
    this.leastTimes = leastTimes;
    this.nanos = nanos;
  }

  /**
   * A trouble is due at once, and again after each interval that it lasts.
   *
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  public static <K> Reminders<K> every(Duration interval, LongSupplier nanos) {
    return new Reminders<>(interval, Duration.ZERO, 1, nanos);
  }

  /** A trouble is due at once, and never again while it lasts. */
  public static <K> Reminders<K> once(LongSupplier nanos) {
    return every(NEVER, nanos);
  }

  /** A trouble is due once, and only when it lasts for long. */
  public static <K> Reminders<K> onceAfter(Duration patience, LongSupplier nanos) {
    return new Reminders<>(NEVER, patience, 1, nanos);
  }

  /** A trouble is due when it lasts for long, and again after each interval that it lasts. */
  public static <K> Reminders<K> everyAfter(
      Duration patience, Duration interval, LongSupplier nanos) {
    return new Reminders<>(interval, patience, 1, nanos);
  }

  /** A trouble is due once, and only when the caller asks for so many times. */
  public static <K> Reminders<K> onceAfter(int times, LongSupplier nanos) {
    return new Reminders<>(NEVER, Duration.ZERO, times, nanos);
  }

  /** Whether the operator reads this now, whatever the words are. */
  public boolean isDue(K key) {
    return isDue(key, "");
  }

  /** Whether the operator reads these words now; if so, they count as said. */
  public synchronized boolean isDue(K key, String words) {
    Trouble trouble = asked(key, nanos.getAsLong());
    boolean due = trouble != null && isDue(trouble, words);
    if (due) {
      troubles.put(key, trouble.said(words));
    }
    return due;
  }

  private boolean isDue(Trouble trouble, String words) {
    return words.equals(trouble.words())
        ? trouble.askedNanos() - trouble.saidNanos() >= intervalNanos
        : trouble.times() >= leastTimes
            && trouble.askedNanos() - trouble.sinceNanos() >= patienceNanos;
  }

  /** The trouble with this question noted; null when there is no room for it. */
  private Trouble asked(K key, long now) {
    Trouble known = troubles.get(key);
    if (known == null && !hasRoom(now)) {
      return null;
    }
    Trouble asked = known == null || isOld(known, now) ? Trouble.first(now) : known.askedAgain(now);
    troubles.put(key, asked);
    return asked;
  }

  private boolean hasRoom(long now) {
    if (troubles.size() >= MOST) {
      troubles.values().removeIf(known -> isOld(known, now));
    }
    return troubles.size() < MOST;
  }

  /** One whose interval has passed is due anyway, so it may make room. */
  private boolean isOld(Trouble trouble, long now) {
    return now - trouble.askedNanos() > Math.min(intervalNanos, MEMORY.toNanos());
  }

  /**
   * The trouble is over; the next one is new.
   *
   * @return whether the operator has read of it
   */
  public boolean end(K key) {
    return endAll(key::equals);
  }

  /** The same of all troubles that belong to such keys; cheap while there are none. */
  public boolean endAll(Predicate<K> keys) {
    return !troubles.isEmpty() && endKnown(keys);
  }

  private synchronized boolean endKnown(Predicate<K> keys) {
    boolean said =
        troubles.entrySet().stream()
            .anyMatch(known -> keys.test(known.getKey()) && known.getValue().words() != null);
    troubles.keySet().removeIf(keys);
    return said;
  }
}
