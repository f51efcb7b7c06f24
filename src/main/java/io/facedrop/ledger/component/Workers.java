package io.facedrop.ledger.component;

import io.facedrop.api.Gate;
import io.facedrop.api.Permit;
import io.facedrop.api.RequestTrail;
import io.facedrop.api.Signal;
import io.facedrop.ledger.Image;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerException;
import io.facedrop.ledger.Outcome;
import io.facedrop.ledger.Settlement;
import io.facedrop.ledger.SettlementRules;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/**
 * The threads that carry images through the routes, shared by the consumers of every stage, so that
 * at the moment of the claim the most urgent image goes first.
 *
 * <p>A free worker, then a permit of the gate, then the claim, then the exchange. A worker carries
 * its image all the way and meets the writer once: its settlement and the next claim are one
 * commit.
 */
final class Workers {
  private static final long IDLE_MILLIS = 10_000;
  private static final long LEDGER_RETRY_MILLIS = 1_000;
  private static final long OUTAGE_LOOK_MILLIS = 500;

  private final CamelContext camel;
  private final Ledger ledger;
  private final Gate gate;
  private final Entrance entrance;
  private final SettlementRules rules;
  private final Breakdown breakdown;
  private final HeldImages held;
  private final LedgerWatch watch;
  private final Meetings<Meeting> meetings = new Meetings<>();
  private final List<ImageConsumer> consumers = new CopyOnWriteArrayList<>();
  private ExecutorService pool;
  private int size;
  private volatile boolean submitting = true;

  /** What one exchange came to; both times are epoch milliseconds. */
  private record Result(
      ImageConsumer consumer,
      Image image,
      Permit permit,
      Outcome outcome,
      long sentAt,
      long endedAt) {}

  /** What a worker has brought to the ledger and would take from it; whoever is free goes on. */
  private record Meeting(Result last, Settlement settlement, Permit permit, Offer offer) {}

  Workers(
      CamelContext camel, Ledger ledger, Gate gate, SettlementRules rules, Breakdown breakdown) {
    this.camel = camel;
    this.ledger = ledger;
    this.gate = gate;
    this.rules = rules;
    this.breakdown = breakdown;
    this.entrance = new Entrance(gate);
    this.held = new HeldImages(ledger, gate);
    this.watch = new LedgerWatch(ledger);
  }

  /** Works for a consumer too, with at least so many threads as it asks for. */
  synchronized void join(ImageConsumer consumer) {
    consumers.add(consumer);
    if (pool == null) {
      pool = camel.getExecutorServiceManager().newCachedThreadPool(this, "ledger-worker");
      size = 0;
    }
    for (; size < consumer.concurrency(); size++) {
      pool.execute(this::work);
    }
    lookAgain();
  }

  /** Works for a consumer no longer; what is in hand is settled before this returns. */
  synchronized void leave(ImageConsumer consumer) {
    consumers.remove(consumer);
    callAway();
    lookAgain();
    if (consumers.isEmpty() && pool != null) {
      camel.getExecutorServiceManager().shutdownGraceful(pool);
      pool = null;
    }
  }

  /**
   * What is paid for now must be out within the hour: while there is no room for it, only tasks
   * that are open go on.
   */
  void submitting(boolean possible) {
    if (submitting != possible) {
      submitting = possible;
      callAway();
      lookAgain();
    }
  }

  boolean isSubmitting() {
    return submitting;
  }

  /** Calls everybody away who waits for the gate, to look again what is wanted. */
  void callAway() {
    entrance.callAway();
  }

  /** Something is wanted that was not before. */
  void lookAgain() {
    ledger.lookAgain(0);
  }

  private void work() {
    Result result = null;
    try {
      while (result != null || !consumers.isEmpty()) {
        result = meet(result) ? goOn(meetings.take()) : null;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      breakdown.of("worker", e);
    }
  }

  /**
   * Has the last result settled if there is one, and the next image claimed if there may be one.
   *
   * @return false when there was neither
   */
  private boolean meet(Result last) throws InterruptedException {
    Settlement settlement = last == null ? null : finish(last);
    Permit permit = permit(settlement);
    if (permit == null && settlement == null) {
      held.look(null);
      return false;
    }
    Offer offer = permit == null ? Offer.NONE : new Offer(consumers);
    Meeting meeting = new Meeting(last, settlement, permit, offer);
    try {
      ledger.settleAndClaim(
          settlement, () -> offer.wanted(permit), image -> meetings.end(meeting, image));
    } catch (LedgerException e) {
      meetings.end(
          meeting,
          () -> {
            throw e;
          });
    }
    return true;
  }

  /** Works on the image that was claimed, if one was. */
  private Result goOn(Meetings.Ended<Meeting> ended) throws InterruptedException {
    Meeting meeting = ended.meeting();
    Settlement settlement = meeting.settlement();
    Image image;
    try {
      image = ended.image().get();
    } catch (LedgerException e) {
      meeting.offer().end(null);
      giveBack(meeting.permit());
      if (watch.waitFor(settlement, e)) {
        held.look(settlement);
      }
      done(meeting.last());
      return null;
    }
    if (settlement != null || image != null) {
      watch.works();
    }
    meeting.offer().end(image);
    done(meeting.last());
    held.look(settlement);
    if (image == null) {
      giveBack(meeting.permit());
      waitForOutage(settlement, meeting.permit());
      return null;
    }
    return carry(meeting.offer().consumer(image), image, meeting.permit());
  }

  private static void done(Result settled) {
    if (settled != null) {
      settled.consumer().done();
    }
  }

  private Permit permit(Settlement settlement) throws InterruptedException {
    // Read before anything else is looked at, or a change in between would go unnoticed.
    long seen = ledger.work().count();
    if (settlement != null) {
      // Whether or not there is more to do, this settlement must not wait for it.
      return isAnythingWanted() ? gate.tryAcquire() : null;
    }
    long idle = isAnythingWanted() ? ledger.nothingBefore() - ledger.clock().millis() : IDLE_MILLIS;
    if (idle > 0 && !consumers.isEmpty()) {
      long longest = held.areNone() ? IDLE_MILLIS : LEDGER_RETRY_MILLIS;
      ledger.work().await(seen, Math.min(idle, longest));
      return null;
    }
    return consumers.isEmpty() ? null : acquire();
  }

  private Permit acquire() {
    Permit permit = entrance.acquire();
    if (isAnythingWanted()) {
      return permit;
    }
    giveBack(permit);
    return null;
  }

  private boolean isAnythingWanted() {
    return consumers.stream().anyMatch(ImageConsumer::isGoing);
  }

  private Result carry(ImageConsumer consumer, Image image, Permit permit) {
    long claimedAt = ledger.clock().millis();
    long start = System.nanoTime();
    ImageConsumer.Handled handled = consumer.handle(image, permit);
    RequestTrail trail = handled.trail();
    boolean left = trail.requests() > 0;
    long sentAt = left ? claimedAt + millis(trail.leftNanos() - start) : claimedAt;
    long end = left && trail.endedNanos() != 0 ? trail.endedNanos() : System.nanoTime();
    return new Result(
        consumer, image, permit, handled.outcome(), sentAt, claimedAt + millis(end - start));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** Tells the gate at once, so that it can close before another worker asks it. */
  private Settlement finish(Result result) {
    Outcome outcome = result.outcome();
    boolean proven = outcome.kind() != Outcome.Kind.NOT_FOUND || gate.state().proven();
    Settlement settlement =
        rules.settlement(result.image(), outcome, proven, result.sentAt(), result.endedAt());
    gate.report(
        result.permit(), result.image().id(), SettlementRules.signal(result.image(), outcome));
    return settlement;
  }

  /** What is out now may be wanted again soon, and nobody else would tell. */
  private void waitForOutage(Settlement settlement, Permit permit) throws InterruptedException {
    if (permit != null && permit.isPartial()) {
      ledger.lookAgain(ledger.clock().millis() + OUTAGE_LOOK_MILLIS);
      if (settlement == null) {
        ledger.work().await(ledger.work().count(), OUTAGE_LOOK_MILLIS);
      }
    }
  }

  private void giveBack(Permit permit) {
    if (permit != null) {
      gate.report(permit, 0, Signal.UNUSED);
    }
  }
}
