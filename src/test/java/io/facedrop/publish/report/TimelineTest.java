package io.facedrop.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  private static final Instant FROM = Instant.parse("2026-11-22T09:58:41.900Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1, 1",
    "PT0.2S, 1, 2",
    "PT2S, 1, 3",
    "PT119S, 1, 120",
    "PT120S, 2, 61",
    "PT40M12S, 30, 81",
    "PT75H, 3600, 76",
    "P90D, 86400, 91",
    "P400D, 345600, 101"
  })
  void hasSlotsOfWholeSecondsAndNotTooMany(Duration took, long seconds, int slots) {
    Timeline timeline = Timeline.of(FROM, FROM.plus(took), List.of(), List.of());
    assertThat(timeline.slotLength()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(timeline.slots()).hasSize(slots);
    assertThat(timeline.from().plus(timeline.length())).isAfter(FROM.plus(took));
  }

  @Test
  void holdsEveryRequestOnceAndNoFaceAsARequest() {
    Timeline timeline =
        Timeline.of(
            FROM,
            FROM.plusSeconds(3),
            List.of(
                traffic(0, Traffic.Kind.CREATE, 7, 2, 3, 1),
                traffic(0, Traffic.Kind.QUERY, 4, 1, 2, 0),
                traffic(0, Traffic.Kind.FACES, 5, 0, 5, 0),
                traffic(2, Traffic.Kind.CREATE, 1, 0, 1, 0)),
            List.of());
    Slot first = timeline.slots().get(0);
    assertThat(first.posts()).isEqualTo(7);
    assertThat(first.gets()).isEqualTo(4);
    assertThat(first.requests()).isEqualTo(11);
    assertThat(first.again()).isEqualTo(3);
    assertThat(first.succeeded()).isEqualTo(5);
    assertThat(first.dead()).isEqualTo(1);
    assertThat(first.faces().count()).isEqualTo(5);
    assertThat(timeline.slots()).extracting(Slot::requests).containsExactly(11L, 0L, 1L, 0L);
  }

  @Test
  void losesNothingWhenTheClockWasSet() {
    Timeline timeline =
        Timeline.of(
            FROM,
            FROM.minusSeconds(60),
            List.of(
                traffic(-60, Traffic.Kind.CREATE, 1, 0, 0, 0),
                traffic(7, Traffic.Kind.CREATE, 2, 0, 0, 0)),
            List.of());
    assertThat(timeline.slots()).extracting(Slot::posts).containsExactly(3L);
  }

  @Test
  void endsAPauseAsMeantOrWhenTheGateOpensBefore() {
    List<Event> events =
        List.of(
            event(1, Event.Kind.PAUSE, 4),
            event(10, Event.Kind.PAUSE, 100),
            event(12, Event.Kind.NOTE, null),
            event(15, Event.Kind.OPEN, null));
    assertThat(Closure.of(events, FROM, FROM.plusSeconds(200)))
        .containsExactly(closure(Event.Kind.PAUSE, 1, 5), closure(Event.Kind.PAUSE, 10, 15));
  }

  @Test
  void endsAHaltWhenTheGateOpensOrTheBatchEnds() {
    List<Event> events =
        List.of(
            event(1, Event.Kind.HALT, null),
            event(4, Event.Kind.OPEN, null),
            event(6, Event.Kind.HALT, null));
    assertThat(Closure.of(events, FROM, FROM.plusSeconds(9)))
        .containsExactly(closure(Event.Kind.HALT, 1, 4), closure(Event.Kind.HALT, 6, 9));
  }

  @Test
  void aStopLastsUntilTheNextStartWhateverTheGateDoes() {
    List<Event> events =
        List.of(
            event(1, Event.Kind.PAUSE, 4),
            event(2, Event.Kind.STOP, null),
            event(6, Event.Kind.START, null),
            event(7, Event.Kind.START, null),
            event(8, Event.Kind.STOP, null));
    assertThat(Closure.of(events, FROM, FROM.plusSeconds(9)))
        .containsExactly(
            closure(Event.Kind.PAUSE, 1, 5),
            closure(Event.Kind.STOP, 2, 6),
            closure(Event.Kind.STOP, 8, 9));
  }

  @Test
  void keepsClosuresWithinTheBatch() {
    List<Event> events = List.of(event(-5, Event.Kind.PAUSE, 7), event(8, Event.Kind.PAUSE, 100));
    assertThat(Closure.of(events, FROM, FROM.plusSeconds(9)))
        .containsExactly(closure(Event.Kind.PAUSE, 0, 2), closure(Event.Kind.PAUSE, 8, 9));
  }

  private static Traffic traffic(
      int slot, Traffic.Kind kind, long requests, long again, long ok, long dead) {
    return new Traffic(slot, kind, 10, requests, again, ok, dead);
  }

  private static Event event(long second, Event.Kind kind, Integer lasting) {
    Instant at = FROM.plusSeconds(second);
    return new Event(at, kind, lasting == null ? null : at.plusSeconds(lasting), "words");
  }

  private static Closure closure(Event.Kind kind, long from, long to) {
    return new Closure(kind, FROM.plusSeconds(from), FROM.plusSeconds(to), "words");
  }
}
