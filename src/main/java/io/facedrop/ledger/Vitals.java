package io.facedrop.ledger;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.read.FigureQueries;
import io.facedrop.ledger.settle.EndingCounts;
import io.facedrop.ledger.view.Figures;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** How the ledger and the work on it do, for who watches; asking costs the work almost nothing. */
public final class Vitals {
  private static final String TOUCH =
      """
      update identity
         set id = id
      """;

  private final Workshop shop;
  private final EndingCounts ended;
  private final Suspension suspension = new Suspension();
  private volatile LongConsumer commits = nanos -> {};

  Vitals(Workshop shop) {
    this.shop = shop;
    this.ended = shop.transitions().ended();
  }

  /** Why nothing is submitted, as far as this process knows. */
  public Suspension suspension() {
    return suspension;
  }

  /** The sums of open batches and rows of all nodes, read at each call. */
  public Figures figures() {
    Instant now = shop.clock().instant();
    boolean shared = shop.membership().isShared();
    return shop.reader().reads().read(connection -> FigureQueries.of(connection, now, shared));
  }

  /**
   * How many rows this process has ended since it opened the ledger.
   *
   * @param reason of dead letters; null for successes
   */
  public long endedRows(Reason reason) {
    return ended.count(reason);
  }

  /** How many rows this process has ended, with any outcome. */
  public long endedRows() {
    return ended.all();
  }

  /**
   * Registers what to call after each commit with its duration in nanoseconds, on the thread that
   * writes.
   *
   * @param told must be quick and must not fail
   */
  public void whenCommitted(LongConsumer told) {
    commits = told;
  }

  /**
   * Finds out whether the ledger can be written, by a write that changes nothing.
   *
   * @return complete once that is committed, or with what kept it
   */
  public CompletableFuture<Void> tryWriting() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    try {
      shop.writer().submit(this::touch, (rows, failure) -> end(written, failure));
    } catch (LedgerException closed) {
      written.completeExceptionally(closed);
    }
    return written;
  }

  private int touch() throws SQLException {
    try (PreparedStatement statement = shop.writing().prepareStatement(TOUCH)) {
      return statement.executeUpdate();
    }
  }

  private static void end(CompletableFuture<Void> written, LedgerException failure) {
    if (failure == null) {
      written.complete(null);
    } else {
      written.completeExceptionally(failure);
    }
  }

  void committed(long nanos) {
    ended.commit();
    commits.accept(nanos);
  }

  void rolledBack() {
    ended.forget();
  }
}
