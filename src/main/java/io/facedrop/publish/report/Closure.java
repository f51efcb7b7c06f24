package io.facedrop.publish.report;

import io.facedrop.ledger.view.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A span in which the gate was closed, so that no request could be made. */
public record Closure(Event.Kind kind, Instant from, Instant to, String detail) {

  /** What closed the gate until what came next, within a span of time. */
  static List<Closure> of(List<Event> events, Instant from, Instant end) {
    List<Event> turns = events.stream().filter(event -> event.kind() != Event.Kind.NOTE).toList();
    List<Closure> closures = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      Event event = turns.get(i);
      Instant next = i + 1 < turns.size() ? turns.get(i + 1).at() : end;
      Instant to = earlier(event.until() == null ? next : earlier(event.until(), next), end);
      if (event.kind() != Event.Kind.OPEN && to.isAfter(from)) {
        Instant at = event.at().isBefore(from) ? from : event.at();
        closures.add(new Closure(event.kind(), at, to, event.detail()));
      }
    }
    return closures;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
