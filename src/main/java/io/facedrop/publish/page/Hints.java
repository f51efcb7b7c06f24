package io.facedrop.publish.page;

import io.facedrop.publish.report.Quantiles;
import io.facedrop.publish.report.Slot;
import io.facedrop.publish.report.Timeline;
import io.facedrop.words.Count;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to read where a pointer rests on a slot; null where there is nothing. */
final class Hints {
  private final Timeline timeline;

  Hints(Timeline timeline) {
    this.timeline = timeline;
  }

  String requests(int index) {
    Slot slot = timeline.slots().get(index);
    return slot.requests() == 0
        ? null
        : span(index)
            + Count.number(slot.posts())
            + " POST, "
            + Count.number(slot.gets())
            + " GET, after which "
            + Count.of(slot.again(), "row")
            + " to be tried again";
  }

  /**
   * Rows that were settled.
   *
   * @param sofar by the end of the slot
   */
  String rows(int index, long sofar) {
    Slot slot = timeline.slots().get(index);
    return slot.settled() == 0
        ? null
        : span(index)
            + Count.number(slot.succeeded())
            + " succeeded, "
            + Count.of(slot.dead(), "dead letter")
            + "; "
            + Count.number(sofar)
            + " settled so far";
  }

  String latencies(int index) {
    Slot slot = timeline.slots().get(index);
    return quantiles(index, took("POST", slot.post()), took("GET", slot.get()));
  }

  String faces(int index) {
    return quantiles(index, took("faces", timeline.slots().get(index).faces()));
  }

  private String quantiles(int index, String... words) {
    String known = Stream.of(words).filter(one -> one != null).collect(Collectors.joining("; "));
    return known.isEmpty() ? null : span(index) + known;
  }

  private static String took(String what, Quantiles took) {
    return took == null
        ? null
        : what
            + " median "
            + Words.millis(took.p50())
            + ", 95 of 100 within "
            + Words.millis(took.p95());
  }

  private String span(int slot) {
    Instant start = timeline.startOf(slot);
    return Words.clock(start) + "–" + Words.clock(start.plus(timeline.slotLength())) + ": ";
  }
}
