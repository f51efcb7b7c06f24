package io.facedrop.command.live;

import io.facedrop.operator.Speed;
import io.facedrop.words.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the work is at one moment.
 *
 * @param full whether no further task may be created until one of them ends
 * @param failure the last one since an answer, in words; empty when there was none
 * @param forecast how long the rest takes at a speed; empty where nothing says that
 */
public record Moment(
    Instant at,
    Tallied tally,
    boolean full,
    Hindrance hindrance,
    String failure,
    Function<Speed, Optional<Duration>> forecast) {

  /** What else there is to know, for a log; the same words as long as nothing changes. */
  String note() {
    return Stream.of(awaiting(), held(), hindered())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", "));
  }

  String awaiting() {
    return tally.awaiting() == 0
        ? ""
        : Count.number(tally.awaiting())
            + " awaiting faces"
            + (full ? ", as many as may be: nothing more is submitted until one of them ends" : "");
  }

  private String held() {
    return tally.held() == 0 ? "" : "held batches: " + tally.held() + ", status tells why";
  }

  private String hindered() {
    if (hindrance.isThere()) {
      return hindrance.dated() + ": " + hindrance.cause();
    }
    return failure.isEmpty() ? "" : "last failure: " + failure;
  }
}
