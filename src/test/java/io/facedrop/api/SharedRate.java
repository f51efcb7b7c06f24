package io.facedrop.api;

import io.facedrop.api.pace.Slots;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What the table {@code pace} does, by a clock in microseconds. */
final class SharedRate implements Slots {
  private final LongSupplier micros;
  private final Map<RequestKind, Long> next = new EnumMap<>(RequestKind.class);
  private boolean away;

  SharedRate(LongSupplier micros) {
    this.micros = micros;
  }

  /** From now on it fails, or does not. */
  void away(boolean gone) {
    away = gone;
  }

  @Override
  public synchronized Block reserve(Order order) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    long now = micros.getAsLong();
    long kept = next.getOrDefault(order.kind(), 0L);
    long latest = now + 2 * HORIZON_MICROS + order.intervalNanos() / 1_000;
    long first = Math.max(now + order.aheadMicros(), Math.min(kept, latest));
    long room = now + HORIZON_MICROS - first;
    long slots =
        room < 0 ? 0 : Math.min(order.most(), Math.max(1, room * 250 / order.intervalNanos()));
    next.put(order.kind(), first + (slots * order.intervalNanos() + 999) / 1_000);
    return new Block((int) slots, first, now);
  }
}
