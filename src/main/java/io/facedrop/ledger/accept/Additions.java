package io.facedrop.ledger.accept;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.jdbc.Writer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is added to manifests that are being read, written while their next rows are read; of each
 * manifest one addition at a time.
 */
public final class Additions {
  private final Writer writer;
  private final Map<Long, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

  public Additions(Writer writer) {
    this.writer = writer;
  }

  /**
   * Begins to write once the last addition is committed.
   *
   * @throws LedgerException when the last one failed
   */
  public void add(long batch, Writer.Change addition) {
    end(batch);
    CompletableFuture<Void> written = new CompletableFuture<>();
    underWay.put(batch, written);
    try {
      writer.submit(addition.work(), (nothing, failure) -> end(written, failure));
    } catch (LedgerException closed) {
      underWay.remove(batch);
      throw closed;
    }
  }

  private static void end(CompletableFuture<Void> written, LedgerException failure) {
    if (failure == null) {
      written.complete(null);
    } else {
      written.completeExceptionally(failure);
    }
  }

  /**
   * Returns when everything is committed.
   *
   * @throws LedgerException when it is not
   */
  public void end(long batch) {
    CompletableFuture<Void> last = underWay.remove(batch);
    try {
      if (last != null) {
        last.join();
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof LedgerException failure ? failure : e;
    }
  }

  /** Waits until no addition is running, whether it succeeded or failed. */
  public void forget(long batch) {
    CompletableFuture<Void> last = underWay.remove(batch);
    if (last != null) {
      last.handle((written, failure) -> null).join();
    }
  }
}
