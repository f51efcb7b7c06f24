package io.facedrop.publish.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Event.Kind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HappeningsTest {
  @Test
  void ordersAreNoEventsOfTheGate() {
    assertThat(words(Kind.NOTE, Kind.NOTE, Kind.NOTE))
        .isEqualTo("3 notes of orders and of the batch itself");
  }

  @Test
  void whatTheGateDidIsCountedByKind() {
    String gate = " of the gate through which every request goes, whatever its batch";
    assertThat(words(Kind.PAUSE, Kind.OPEN)).isEqualTo("1 pause and 1 opening" + gate);
    assertThat(words(Kind.PAUSE, Kind.OPEN, Kind.NOTE, Kind.HALT, Kind.OPEN))
        .isEqualTo(
            "1 pause, 1 halt and 2 openings" + gate + "; 1 note of orders and of the batch itself");
  }

  @Test
  void stopsAndStartsAreOfFacedropItself() {
    assertThat(words(Kind.STOP, Kind.START, Kind.NOTE))
        .isEqualTo(
            "1 stop and 1 start of facedrop itself; 1 note of orders and of the batch itself");
  }

  private static String words(Kind... kinds) {
    List<Event> events =
        Stream.of(kinds).map(kind -> new Event(Instant.EPOCH, kind, null, "any")).toList();
    return Happenings.words(events);
  }
}
