package io.facedrop.ledger;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.DroppedAgain;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.ledger.read.Followers;
import io.facedrop.ledger.read.FoundFaces;
import io.facedrop.ledger.read.LastSign;
import io.facedrop.ledger.read.Parts;
import io.facedrop.ledger.read.RowHistories;
import io.facedrop.ledger.read.Standstill;
import io.facedrop.ledger.read.Throughputs;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.settle.TrafficCounts;
import io.facedrop.ledger.upkeep.Retention;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.RowHistory;
import io.facedrop.ledger.view.Tally;
import io.facedrop.ledger.view.Throughput;
import io.facedrop.ledger.view.Traffic;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be asked about one batch; every method throws {@link LedgerException} when it cannot be
 * read.
 */
public final class BatchReader {
  private final Reads reads;
  private final Batch batch;

  BatchReader(Reads reads, Batch batch) {
    this.reads = reads;
    this.batch = batch;
  }

  /** Its dead letters for these reasons that were not dropped again. */
  public EndedRows toDropAgain(Set<Reason> reasons) {
    try {
      return EndedRows.toDropAgain(reads.open(), batch, reasons);
    } catch (SQLException e) {
      throw reads.unread(e);
    }
  }

  /** How many of its rows have ended and are in no output yet. */
  public long unpublished() {
    return parts().stream().filter(part -> part.publishedAt() == null).mapToLong(Part::rows).sum();
  }

  /** Whether a dead letter for this reason was not dropped again. */
  public boolean isLeftToDrop(String reason) {
    return reads.readAside(connection -> new DroppedAgain(connection).isAnyLeft(batch, reason));
  }

  /** {@code batch:line} of its first row's first drop; empty when that is this one. */
  public Optional<String> firstOrigin() {
    return reads.read(connection -> new DroppedAgain(connection).firstOrigin(batch.number()));
  }

  /**
   * Later batches that may have been dropped again from this one, the newest first.
   *
   * @param mark in the place of a manifest that was
   */
  public List<Batch> maybeDroppedAgain(String mark, int most) {
    return reads.readAside(
        connection -> {
          List<Batch> found = new ArrayList<>();
          for (long number : new DroppedAgain(connection).later(batch, mark, most)) {
            new Batches(connection).byNumber(number).ifPresent(found::add);
          }
          return found;
        });
  }

  /** Whether its rows are there still; some time after the batch is complete they are removed. */
  public boolean hasRows() {
    return reads.read(connection -> !new Retention(connection).isBegun(batch.number()));
  }

  /** The row that starts on a line of a manifest; empty when none does, or its rows are gone. */
  public Optional<RowHistory> row(long line) {
    return reads.readAside(connection -> new RowHistories(connection).of(batch, line));
  }

  /** Its lines with this URL, byte for byte. */
  public List<Long> linesOf(String url, int most) {
    return reads.read(
        connection -> new RowHistories(connection).linesOf(batch.number(), url, most));
  }

  /** Its first dead letters for a reason. */
  public List<DeadLetter> firstDeadLetters(String reason, int most) {
    return reads.readAside(
        connection -> new RowHistories(connection).firstDead(batch.number(), reason, most));
  }

  /** Whether it is held, nothing of it is on its way and all of it so far is published. */
  public boolean isAtRest() {
    return reads.read(connection -> new Standstill(connection).isAtRest(batch.number()));
  }

  public List<Part> parts() {
    return reads.read(connection -> new Parts(connection).of(batch.number()));
  }

  /** Its tasks whose result is awaited. */
  public long openTasks() {
    return reads.read(connection -> new Batches(connection).openTasks(batch.number()));
  }

  /** How fast it goes, and what it has cost. */
  public Throughput throughput(Instant now) {
    return reads.read(connection -> Throughputs.of(connection, batch, now));
  }

  /** Its rows that will share a result which is not there yet. */
  public long openFollowers() {
    return reads.readAside(connection -> new Followers(connection).open(batch.number()));
  }

  /** Sums over its rows, for its report. */
  public Totals totals() {
    return reads.readAside(connection -> Totals.of(connection, batch.number()));
  }

  /** Its dead letters by reason and code, the most frequent first; however old it is. */
  public List<Tally> deadLetters() {
    return reads.readAside(
        connection -> {
          Retention retention = new Retention(connection);
          List<Tally> byRows =
              retention.isBegun(batch.number())
                  ? List.of()
                  : Totals.deadLetters(connection, batch.number());
          // Their removal may have begun since.
          return retention.isBegun(batch.number()) ? retention.deadLetters(batch.number()) : byRows;
        });
  }

  /** What its requests came to, by slots of whole seconds from an instant on. */
  public List<Traffic> traffic(Instant from, Duration slot) {
    return reads.readAside(connection -> TrafficCounts.of(connection, batch.number(), from, slot));
  }

  /** Its first successes that have faces. */
  public List<FoundFaces> firstFaces(int most) {
    return reads.readAside(connection -> FoundFaces.first(connection, batch.number(), most));
  }

  /** The last moment at which it is known to have been worked. */
  public Instant lastSign() {
    return reads.read(connection -> new LastSign(connection).of(batch));
  }

  /**
   * Its own events, such as orders, also those after its end; and those of gates and processes in a
   * time span.
   */
  public List<Event> events(Instant from, Instant to) {
    return reads.read(connection -> new Events(connection).in(batch.number(), from, to));
  }
}
