package io.facedrop.ledger.read;

import io.facedrop.ledger.view.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When the gate was closed lately. One pause or outage is an accident, whose time is no part of the
 * speed. If the gate closes again and again, that is how it goes: then its time counts.
 */
final class Closures {
  static final Duration LATELY = Duration.ofMinutes(2);

  private final List<Span> spans = new ArrayList<>();
  private final Instant from;
  private final Instant now;

  private record Span(Instant from, Instant to) {
    long millisSince(Instant moment) {
      Instant begin = from.isBefore(moment) ? moment : from;
      return Math.max(0, Duration.between(begin, to).toMillis());
    }
  }

  /**
   * @param from since when it counts
   * @param events of the gate in their order: those since then, and the one before if the gate was
   *     closed by it
   */
  Closures(Instant from, Instant now, List<Event> events) {
    this.from = from;
    this.now = now;
    Event last = null;
    for (Event event : events) {
      if (event.kind().isOfGate()) {
        add(event, last);
        last = event;
      }
    }
    spans.removeIf(span -> !span.to().isAfter(from));
  }

  /** Something is told of a gate that something was told of before. */
  private void add(Event event, Event last) {
    boolean closes = event.kind() != Event.Kind.OPEN;
    Span before = spans.isEmpty() ? null : spans.get(spans.size() - 1);
    boolean wasClosed = before != null && before.to().isAfter(event.at());
    boolean goesOn = last != null && last.isOfOutage() && event.isOfOutage();
    if (before != null && (wasClosed || goesOn)) {
      spans.remove(before);
      spans.add(new Span(before.from(), closes ? end(event) : event.at()));
    } else if (closes) {
      spans.add(new Span(event.at(), end(event)));
    }
  }

  private Instant end(Event event) {
    return event.isClosedAt(now) || event.until() == null ? now : event.until();
  }

  /** Whether it closed twice or more. */
  boolean recur() {
    return spans.size() > 1;
  }

  /** How much of the time it was open. */
  double openShare() {
    long closed = spans.stream().mapToLong(span -> span.millisSince(from)).sum();
    double all = Math.max(1, Duration.between(from, now).toMillis());
    return (all - closed) / all;
  }
}
