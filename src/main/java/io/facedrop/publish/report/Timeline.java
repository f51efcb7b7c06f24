package io.facedrop.publish.report;

import io.facedrop.ledger.view.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A batch's time from acceptance to completion, cut into slots of whole seconds.
 *
 * @param from the whole second in which the batch was accepted
 * @param end when it was complete
 */
public record Timeline(
    Instant from, Instant end, Duration slotLength, List<Slot> slots, List<Closure> closures) {
  private static final int MOST_SLOTS = 120;
  private static final long DAY = 86_400;
  private static final long[] LENGTHS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY
  };

  /** The shortest length of a slot with which there are not too many of them. */
  public static Duration slotLength(Instant from, Instant end) {
    long seconds = Math.max(0, end.getEpochSecond() - from.getEpochSecond());
    for (long length : LENGTHS) {
      if (seconds / length < MOST_SLOTS) {
        return Duration.ofSeconds(length);
      }
    }
    return Duration.ofDays(seconds / DAY / MOST_SLOTS + 1);
  }

  /**
   * Sorts traffic into slots.
   *
   * @param traffic by slots of the length that {@link #slotLength} tells
   */
  static Timeline of(Instant from, Instant end, List<Traffic> traffic, List<Closure> closures) {
    Duration length = slotLength(from, end);
    long seconds = Math.max(0, end.getEpochSecond() - from.getEpochSecond());
    int last = (int) (seconds / length.toSeconds());
    List<SlotCounts> counts = new ArrayList<>();
    IntStream.rangeClosed(0, last).forEach(slot -> counts.add(new SlotCounts()));
    // A clock that was set back must not lose what it counted.
    traffic.forEach(one -> counts.get(Math.max(0, Math.min(last, one.slot()))).add(one));
    return new Timeline(
        Instant.ofEpochSecond(from.getEpochSecond()),
        end,
        length,
        counts.stream().map(SlotCounts::slot).toList(),
        closures);
  }

  public Instant startOf(int slot) {
    return from.plus(slotLength.multipliedBy(slot));
  }

  /** How long all slots are together. */
  public Duration length() {
    return slotLength.multipliedBy(slots.size());
  }
}
