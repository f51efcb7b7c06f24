package io.facedrop.publish.report;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Event;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Traffic;
import io.facedrop.ledger.read.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What became of a batch; every form of the report says what stands here.
 *
 * @param completedAt when everything else of the batch was published
 * @param took how long requests and faces took in all
 * @param contactSheet empty unless asked for
 */
public record BatchReport(
    Batch batch,
    Instant completedAt,
    Totals totals,
    Requests requests,
    Took took,
    Timeline timeline,
    List<Part> parts,
    List<Event> events,
    List<Face> contactSheet) {

  /**
   * Puts together what was read.
   *
   * @param traffic by slots of the length that {@link Timeline#slotLength} tells
   */
  public static BatchReport of(
      Batch batch,
      Instant now,
      Totals totals,
      List<Traffic> traffic,
      List<Part> parts,
      List<Event> events,
      List<Face> contactSheet) {
    SlotCounts counts = new SlotCounts();
    traffic.forEach(counts::add);
    Slot all = counts.slot();
    Instant from = batch.acceptedAt();
    return new BatchReport(
        batch,
        now,
        totals,
        Requests.of(batch.requests(), all.posts(), all.gets()),
        new Took(all.post(), all.get(), all.faces()),
        Timeline.of(from, now, traffic, Closure.of(events, from, now)),
        parts,
        events,
        contactSheet);
  }

  /** Requests by kind; {@code unrecorded} are those of which only the number is known. */
  public record Requests(long posts, long gets, long unrecorded) {
    public static Requests of(long all, long posts, long gets) {
      return new Requests(posts, gets, all - posts - gets);
    }

    public long all() {
      return posts + gets + unrecorded;
    }
  }

  /** Each null when none is known. */
  public record Took(Quantiles post, Quantiles get, Quantiles faces) {}

  public Duration elapsed() {
    Duration elapsed = Duration.between(batch.acceptedAt(), completedAt);
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }

  double seconds() {
    return elapsed().toMillis() / 1000.0;
  }

  public double rowsPerSecond() {
    return seconds() == 0 ? 0 : batch.rows() / seconds();
  }

  public double requestsPerRow() {
    return batch.rows() == 0 ? 0 : (double) batch.requests() / batch.rows();
  }

  public long inDoubt() {
    return totals.deadLetters(Reason.IN_DOUBT);
  }

  public String manifest() {
    return batch.folder() + batch.manifest();
  }
}
