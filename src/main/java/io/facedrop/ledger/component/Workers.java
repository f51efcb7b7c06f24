package io.facedrop.ledger.component;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.RequestTrail;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/**
 * The threads that carry rows through the routes, shared by the consumers of every stage, so that
 * at the moment of the claim the most urgent row goes first.
 *
 * <p>A free worker, then a permit of the gate, then the claim, then the exchange. A worker carries
 * its row all the way and meets the writer once: its transition and the next claim are one commit.
 */
final class Workers {
  private static final long CALLED_AWAY_MILLIS = 50;
  private static final long IDLE_MILLIS = 10_000;
  private static final long LEDGER_RETRY_MILLIS = 1_000;
  private static final long OUTAGE_LOOK_MILLIS = 500;

  private final CamelContext camel;
  private final Ledger ledger;
  private final Gate gate;
  private final Entrance entrance;
  private final TransitionRules rules;
  private final Breakdown breakdown;
  private final UnprovenRows unproven;
  private final LedgerWatch watch;
  private final Meetings<Meeting> meetings = new Meetings<>();
  private final List<RowConsumer> consumers = new CopyOnWriteArrayList<>();
  private ExecutorService pool;
  private int size;
  private volatile boolean submitting = true;

  /** What one exchange came to; both times are epoch milliseconds. */
  private record Result(
      RowConsumer consumer,
      ClaimedRow claimed,
      Permit permit,
      Outcome outcome,
      long sentAt,
      long endedAt) {}

  /** What a worker has brought to the ledger and would take from it; whoever is free goes on. */
  private record Meeting(Result last, Transition transition, Permit permit, Offer offer) {}

  Workers(
      CamelContext camel, Ledger ledger, Gate gate, TransitionRules rules, Breakdown breakdown) {
    this.camel = camel;
    this.ledger = ledger;
    this.gate = gate;
    this.rules = rules;
    this.breakdown = breakdown;
    this.entrance = new Entrance(gate);
    this.unproven = new UnprovenRows(ledger, gate);
    this.watch = new LedgerWatch(ledger, System::nanoTime);
  }

  /** Works for a consumer too, with at least so many threads as it asks for. */
  synchronized void join(RowConsumer consumer) {
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
  synchronized void leave(RowConsumer consumer) {
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
    ledger.work().lookAgain(0);
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
   * Has the last result settled if there is one, and the next row claimed if there may be one.
   *
   * @return false when there was neither
   */
  private boolean meet(Result last) throws InterruptedException {
    Transition transition = last == null ? null : finish(last);
    Permit permit = permit(transition);
    if (permit == null && transition == null) {
      unproven.look(null);
      watch.look();
      return false;
    }
    Offer offer = permit == null ? Offer.NONE : new Offer(consumers);
    Meeting meeting = new Meeting(last, transition, permit, offer);
    try {
      ledger
          .work()
          .settleAndClaim(
              transition, () -> offer.wanted(permit), claimed -> meetings.end(meeting, claimed));
    } catch (LedgerException e) {
      meetings.end(
          meeting,
          () -> {
            throw e;
          });
    }
    return true;
  }

  /** Works on the row that was claimed, if one was. */
  private Result goOn(Meetings.Ended<Meeting> ended) throws InterruptedException {
    Meeting meeting = ended.meeting();
    Transition transition = meeting.transition();
    ClaimedRow claimed;
    try {
      claimed = ended.claimed().get();
    } catch (LedgerException e) {
      meeting.offer().end(null);
      giveBack(meeting.permit());
      if (watch.waitFor(transition, e)) {
        unproven.look(transition);
      }
      done(meeting.last());
      return null;
    }
    if (transition != null || claimed != null) {
      watch.works();
    }
    meeting.offer().end(claimed);
    done(meeting.last());
    unproven.look(transition);
    if (claimed == null) {
      giveBack(meeting.permit());
      waitForOther(transition, meeting.permit());
      return null;
    }
    gate.claimed(meeting.permit(), claimed.kind());
    return carry(meeting.offer().consumer(claimed), claimed, meeting.permit());
  }

  private static void done(Result settled) {
    if (settled != null) {
      settled.consumer().done();
    }
  }

  private Permit permit(Transition transition) throws InterruptedException {
    // Read before anything else is looked at, or a change in between would go unnoticed.
    long seen = ledger.work().signal().count();
    if (transition != null) {
      // Whether or not there is more to do, this transition must not wait for it.
      return isAnythingWanted() ? gate.tryAcquire() : null;
    }
    long idle =
        isAnythingWanted() ? ledger.work().nothingBefore() - ledger.clock().millis() : IDLE_MILLIS;
    if (idle > 0 && !consumers.isEmpty()) {
      boolean looksSoon = watch.isSuspended() || !unproven.areNone();
      long longest = looksSoon ? LEDGER_RETRY_MILLIS : IDLE_MILLIS;
      ledger.work().signal().await(seen, Math.min(idle, longest));
      return null;
    }
    return consumers.isEmpty() ? null : acquire(seen);
  }

  private Permit acquire(long seen) throws InterruptedException {
    Permit permit = entrance.acquire();
    if (permit == null) {
      // Called away, which comes with a signal, or the gate gives no more.
      ledger.work().signal().await(seen, CALLED_AWAY_MILLIS);
      return null;
    }
    if (isAnythingWanted()) {
      return permit;
    }
    giveBack(permit);
    return null;
  }

  private boolean isAnythingWanted() {
    return consumers.stream().anyMatch(RowConsumer::isGoing);
  }

  private Result carry(RowConsumer consumer, ClaimedRow claimed, Permit permit) {
    long claimedAt = ledger.clock().millis();
    long start = System.nanoTime();
    RowConsumer.Handled handled = consumer.handle(claimed, permit);
    RequestTrail trail = handled.trail();
    boolean left = trail.requests() > 0;
    long sentAt = left ? claimedAt + millis(trail.leftNanos() - start) : claimedAt;
    long end = left && trail.endedNanos() != 0 ? trail.endedNanos() : System.nanoTime();
    return new Result(
        consumer, claimed, permit, handled.outcome(), sentAt, claimedAt + millis(end - start));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** Tells the gate at once, so that it can close before another worker asks it. */
  private Transition finish(Result result) {
    Outcome outcome = result.outcome();
    boolean proven = outcome.kind() != Outcome.Kind.NOT_FOUND || gate.state().proven();
    rules.learn(result.claimed(), outcome, result.sentAt(), result.endedAt());
    Transition transition =
        rules.transition(result.claimed(), outcome, proven, result.sentAt(), result.endedAt());
    gate.report(
        result.permit(), result.claimed().id(), TransitionRules.signal(result.claimed(), outcome));
    return transition;
  }

  /** The kind that the permit was not for may leave soon, and nothing else would say so. */
  private void waitForOther(Transition transition, Permit permit) throws InterruptedException {
    if (permit != null && permit.isPartial()) {
      RequestKind other = permit.creates() ? RequestKind.QUERY : RequestKind.CREATE;
      long wait = Math.min(millis(gate.permitNanos(other)) + 1, OUTAGE_LOOK_MILLIS);
      ledger.work().lookAgain(ledger.clock().millis() + wait);
      if (transition == null && wait > 0) {
        ledger.work().signal().await(ledger.work().signal().count(), wait);
      }
    }
  }

  private void giveBack(Permit permit) {
    if (permit != null) {
      gate.report(permit, 0, Signal.UNUSED);
    }
  }
}
