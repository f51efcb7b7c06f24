package io.facedrop.ledger.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A span in which no process worked. */
public record Idle(Instant from, Instant to, String detail) {

  /** From each stop to the next start, within a span of time. */
  public static List<Idle> of(List<Event> events, Instant from, Instant end) {
    List<Idle> idle = new ArrayList<>();
    Event stop = null;
    for (Event event : events) {
      if (event.kind() == Event.Kind.STOP) {
        stop = event;
      } else if (event.kind() == Event.Kind.START) {
        add(idle, stop, event.at(), from, end);
        stop = null;
      }
    }
    add(idle, stop, end, from, end);
    return idle;
  }

  private static void add(List<Idle> idle, Event stop, Instant to, Instant from, Instant end) {
    if (stop != null) {
      Instant begin = stop.at().isBefore(from) ? from : stop.at();
      Instant last = to.isAfter(end) ? end : to;
      if (last.isAfter(begin)) {
        idle.add(new Idle(begin, last, stop.detail()));
      }
    }
  }

  /** How long nobody worked in all. */
  public static Duration sum(List<Idle> idle) {
    return idle.stream()
        .map(one -> Duration.between(one.from(), one.to()))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
