package io.facedrop.console.page;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.TimeSlot;
import io.facedrop.words.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/**
 * Draws what happened in the last hours: requests, and rows that ended, by slots of minutes. That
 * is summed up beside whoever looks, and they see it as it was a moment ago.
 */
final class LastHours {
  private static final Duration SPAN = Duration.ofHours(3);
  private static final Duration SLOT = Duration.ofMinutes(2);
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 100;

  /** Between two bars. */
  private static final double GAP = 1.5;

  private static final Duration FRESH = Duration.ofSeconds(15);

  private final LedgerReader ledger;
  private final AtomicBoolean drawing = new AtomicBoolean();
  private volatile Drawn drawn = new Drawn(Instant.MIN, List.of());

  private record Drawn(Instant at, List<Map<String, Object>> plots) {}

  LastHours(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** The plots as they were lately; none where nothing happened, or nobody has looked before. */
  List<Map<String, Object>> plots(Instant now) {
    if (drawn.at().isBefore(now.minus(FRESH)) && drawing.compareAndSet(false, true)) {
      CompletableFuture.runAsync(() -> drawn = new Drawn(now, drawn(now)))
          .whenComplete((done, failure) -> drawing.set(false));
    }
    return drawn.plots();
  }

  private List<Map<String, Object>> drawn(Instant now) {
    long slot = SLOT.toSeconds();
    Instant from = Instant.ofEpochSecond((now.minus(SPAN).getEpochSecond() / slot + 1) * slot);
    List<TimeSlot> slots = ledger.slots(from, slot);
    if (slots.isEmpty()) {
      return List.of();
    }
    return List.of(
        plot("Requests", "a minute", from, slots, TimeSlot::requests, it -> 0),
        plot("Rows that ended", "a minute", from, slots, TimeSlot::succeeded, TimeSlot::dead));
  }

  private static Map<String, Object> plot(
      String title,
      String unit,
      Instant from,
      List<TimeSlot> slots,
      ToLongFunction<TimeSlot> good,
      ToLongFunction<TimeSlot> dead) {
    long most =
        Math.max(
            1,
            slots.stream()
                .mapToLong(slot -> good.applyAsLong(slot) + dead.applyAsLong(slot))
                .max()
                .orElse(1));
    List<Map<String, Object>> bars = new ArrayList<>();
    for (TimeSlot slot : slots) {
      bars.add(bar(slot, from, good.applyAsLong(slot), dead.applyAsLong(slot), most));
    }
    return Map.of(
        "title",
        title,
        "unit",
        unit,
        "most",
        Text.number((most + SLOT.toMinutes() - 1) / SLOT.toMinutes()),
        "begin",
        Text.clock(from),
        "end",
        Text.clock(from.plus(SPAN)),
        "bars",
        bars);
  }

  private static Map<String, Object> bar(
      TimeSlot slot, Instant from, long good, long dead, long most) {
    double width = WIDTH * SLOT.toSeconds() / SPAN.toSeconds();
    double left =
        WIDTH * Duration.between(from, slot.from()).toSeconds() / SPAN.toSeconds() + GAP / 2;
    double goodHeight = HEIGHT * good / most;
    double deadHeight = HEIGHT * dead / most;
    return Map.of(
        "x",
        number(left),
        "width",
        number(width - GAP),
        "goodY",
        number(HEIGHT - goodHeight),
        "goodHeight",
        number(goodHeight),
        "deadY",
        number(HEIGHT - goodHeight - deadHeight),
        "deadHeight",
        number(deadHeight),
        "words",
        Text.clock(slot.from())
            + ": "
            + Text.number(good)
            + (dead == 0 ? "" : " and " + Count.of(dead, "dead letter"))
            + " in "
            + SLOT.toMinutes()
            + " minutes");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
