package io.facedrop.command;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.read.Totals;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.words.Count;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What the ledger says of the demo's batch beside what arrived at the sandbox.
 *
 * @param accepted POSTs that were answered with a task, each of which the API would charge
 * @param images how many different images these were for
 * @param gatewayErrors POSTs that a gateway answered instead
 */
record DemoProof(
    Batch batch,
    Totals totals,
    long posts,
    long gets,
    long accepted,
    long images,
    long gatewayErrors) {
  /** Requests that can be on their way at once, and so be cut off by one kill. */
  static final int CONCURRENCY = 4;

  private static final int BAD_GATEWAY = 502;

  static DemoProof of(Ledger ledger, Batch batch, Sandbox sandbox) {
    List<Arrival> accepted =
        sandbox.journal().stream()
            .filter(arrival -> arrival.imageUrl() != null && arrival.code() == 200)
            .toList();
    return new DemoProof(
        batch,
        ledger.of(batch).totals(),
        sandbox.posts(),
        sandbox.results(),
        accepted.size(),
        accepted.stream().map(Arrival::imageUrl).distinct().count(),
        sandbox.journal().stream().filter(arrival -> arrival.code() == BAD_GATEWAY).count());
  }

  /** Whether everything adds up; anything else would be a bug. */
  boolean holds() {
    long cutOff = batch.requests() - posts - gets;
    return batch.rows() == batch.succeeded() + batch.dead()
        && accepted == images
        && cutOff >= 0
        && cutOff <= CONCURRENCY;
  }

  void print(PrintStream out) {
    out.printf(Locale.ROOT, "Nothing is missing:     %s%n", batch.sum());
    out.printf(
        Locale.ROOT,
        "Nothing is paid twice:  %d POSTs were answered with a task, for %d different images%n",
        accepted,
        images);
    out.printf(
        Locale.ROOT,
        "Nothing is unknown:     %d POSTs + %d GETs arrived, %s in the ledger%n",
        posts,
        gets,
        Count.of(batch.requests(), "request", "stands", "stand"));
  }

  /** How many rows the kill, or an answer that nobody can read, has left in doubt. */
  long inDoubt() {
    return totals.deadLetters(Reason.IN_DOUBT);
  }
}
