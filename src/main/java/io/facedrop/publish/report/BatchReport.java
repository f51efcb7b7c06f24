package io.facedrop.publish.report;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Idle;
import io.facedrop.ledger.view.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of a batch; every form of the report says what stands here.
 *
 * @param completedAt when the last of its parts was published
 * @param took how long requests and faces took in all
 * @param samples of dead letters, by reason
 * @param settings with which it was worked at last, by their keys; nothing secret among them
 * @param links relative URLs of the parts, in their order; empty for one that has none
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
    List<ReasonSamples> samples,
    Map<String, String> settings,
    List<String> links,
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
      List<ReasonSamples> samples,
      Map<String, String> settings,
      List<String> links,
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
        samples,
        settings,
        links,
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

  /** For how long no process worked meanwhile. */
  public Duration idle() {
    return Idle.sum(Idle.of(events, batch.acceptedAt(), completedAt));
  }

  double seconds() {
    return elapsed().toMillis() / 1000.0;
  }

  /** Rows that had their turn: all but those that were cancelled before it. */
  public long worked() {
    return batch.rows() - cancelled();
  }

  public long cancelled() {
    return totals.deadLetters(Reason.CANCELLED);
  }

  double idleSeconds() {
    return idle().toMillis() / 1000.0;
  }

  /** Of the rows that had their turn, over the time in which a process worked. */
  public double rowsPerSecond() {
    double working = seconds() - idleSeconds();
    return working <= 0 ? 0 : worked() / working;
  }

  /** Of the rows that had their turn. */
  public double requestsPerRow() {
    return worked() == 0 ? 0 : (double) batch.requests() / worked();
  }

  public long inDoubt() {
    return totals.deadLetters(Reason.IN_DOUBT);
  }

  public String manifest() {
    return batch.folder() + batch.manifest();
  }
}
