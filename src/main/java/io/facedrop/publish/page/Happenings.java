package io.facedrop.publish.page;

import io.facedrop.ledger.view.Event;
import io.facedrop.words.Count;
import java.util.ArrayList;
import java.util.List;

/** What happened while a batch was worked, counted by what it was. */
final class Happenings {
  private Happenings() {}

  static String words(List<Event> events) {
    List<String> turns = new ArrayList<>();
    add(turns, events, Event.Kind.PAUSE, "pause");
    add(turns, events, Event.Kind.HALT, "halt");
    add(turns, events, Event.Kind.OPEN, "opening");
    List<String> words = new ArrayList<>();
    if (!turns.isEmpty()) {
      words.add(
          listed(turns) + " of the gate through which every request goes, whatever its batch");
    }
    List<String> processes = new ArrayList<>();
    add(processes, events, Event.Kind.STOP, "stop");
    add(processes, events, Event.Kind.START, "start");
    if (!processes.isEmpty()) {
      words.add(listed(processes) + " of facedrop itself");
    }
    List<String> notes = new ArrayList<>();
    add(notes, events, Event.Kind.NOTE, "note");
    notes.forEach(note -> words.add(note + " of orders and of the batch itself"));
    return String.join("; ", words);
  }

  private static void add(List<String> counts, List<Event> events, Event.Kind kind, String one) {
    long count = events.stream().filter(event -> event.kind() == kind).count();
    if (count > 0) {
      counts.add(Count.of(count, one));
    }
  }

  /** The last with {@code and} before it. */
  private static String listed(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
