package io.facedrop.publish.report;

import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Idle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A span in which no request could be made: the gate was closed, or no process worked. */
public record Closure(Event.Kind kind, Instant from, Instant to, String detail) {

  /** What closed the gate until what came next, and stops until the next start, within a span. */
  static List<Closure> of(List<Event> events, Instant from, Instant end) {
    List<Event> turns = events.stream().filter(event -> event.kind().isOfGate()).toList();
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
    Idle.of(events, from, end).stream()
        .map(idle -> new Closure(Event.Kind.STOP, idle.from(), idle.to(), idle.detail()))
        .forEach(closures::add);
    return closures;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
