package io.facedrop.api;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request passes here: evenly paced, at most {@code concurrency} in flight, none while the
 * gate is paused or halted.
 *
 * <ul>
 *   <li>A <em>pause</em> (429, 455, an outage) ends by itself.
 *   <li>A <em>halt</em> (401, 402, 505, and 404 from an address that never answered anything else)
 *       ends when a canary, one row every probe interval, gets through, or when somebody resumes.
 *   <li>After an outage, and until an address is proven, one row at a time goes out. When only one
 *       kind of request is out, the other goes on meanwhile.
 * </ul>
 *
 * <p>Here are the lock and the waiting; what news do to the gate is told by {@link Barrier}. Its
 * state is kept in a {@link GateStore}, so a restart forgets neither a pause nor a halt.
 */
public final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int NO_CREDITS = 402;

  /** Whether the account can pay, asked before a canary goes to a gate halted by code 402. */
  @FunctionalInterface
  public interface Credits {
    boolean available();
  }

  private final Credits credits;
  private final Pacer pacer;
  private final Barrier barrier;

  /** Only the first in the queue waits for the gate itself, or every slot would wake them all. */
  private final ReentrantLock queue = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inFlight;
  private boolean closed;

  /** A gate that starts where the store says the last one ended. */
  public Gate(GateLimits limits, GateStore store, Credits credits, Clock clock) {
    this.credits = credits;
    this.pacer = new Pacer(limits.intervalNanos());
    this.barrier = new Barrier(limits, store, clock, System.nanoTime());
  }

  /**
   * Leave to send one request, at once or not at all.
   *
   * @return null when it would have to be waited for
   */
  public Permit tryAcquire() {
    lock.lock();
    try {
      long now = System.nanoTime();
      return !closed && !barrier.state().halted() && waitNanos(now) <= 0 ? issue(now) : null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for leave to send one request.
   *
   * @return null when the gate is closed
   */
  public Permit acquire() throws InterruptedException {
    queue.lockInterruptibly();
    try {
      return first();
    } finally {
      queue.unlock();
    }
  }

  private Permit first() throws InterruptedException {
    boolean creditsSeen = false;
    while (true) {
      lock.lockInterruptibly();
      try {
        if (!awaitLeave()) {
          return null;
        }
        if (creditsSeen || barrier.state().haltedCode() != NO_CREDITS) {
          return issue(System.nanoTime());
        }
      } finally {
        lock.unlock();
      }
      creditsSeen = askForCredits();
    }
  }

  /** Returns when a request may leave; false when the gate is closed. */
  private boolean awaitLeave() throws InterruptedException {
    while (!closed) {
      long wait = waitNanos(System.nanoTime());
      if (wait <= 0) {
        return true;
      }
      changed.awaitNanos(Math.min(wait, LOOK_NANOS));
      barrier.lookAtStore(System.nanoTime());
    }
    return false;
  }

  private long waitNanos(long now) {
    return inFlight >= barrier.concurrency()
        ? LOOK_NANOS
        : Math.max(barrier.waitNanos(now), pacer.waitNanos(now));
  }

  private Permit issue(long now) {
    pacer.take(now);
    inFlight++;
    return barrier.permit(now);
  }

  /** A request leaves: only now does it count for the second in which it arrives. */
  public void leave() {
    if (pacer.isLimited()) {
      lock.lock();
      try {
        pacer.leave(System.nanoTime());
      } finally {
        lock.unlock();
      }
    }
  }

  /** Asks without the lock, for the answer comes over the network. */
  private boolean askForCredits() {
    boolean available = false;
    lock.lock();
    try {
      // The question is a request too; what follows waits for the next slot.
      pacer.take(System.nanoTime());
    } finally {
      lock.unlock();
    }
    try {
      available = credits.available();
    } catch (RuntimeException e) {
      LOG.warn("the account's credits could not be read: {}", e.getMessage());
    }
    if (!available) {
      lock.lock();
      try {
        barrier.withoutCredits(System.nanoTime());
      } finally {
        lock.unlock();
      }
    }
    return available;
  }

  /**
   * Takes the news that a request brought back; every permit comes back exactly once.
   *
   * @param row the row that it was for
   */
  public void report(Permit permit, long row, Signal signal) {
    lock.lock();
    try {
      inFlight--;
      if (signal.kind() == Signal.Kind.UNUSED) {
        pacer.giveBack(permit.issuedNanos());
      }
      barrier.take(permit, row, signal, System.nanoTime());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets a canary go at once if the gate is halted: somebody started us hoping that it can. */
  public void probeNow() {
    lock.lock();
    try {
      barrier.probeAt(System.nanoTime());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public GateState state() {
    lock.lock();
    try {
      return barrier.state();
    } finally {
      lock.unlock();
    }
  }

  /** The last failure since an answer, in words; empty when there was none. */
  public String lastFailure() {
    lock.lock();
    try {
      return barrier.lastFailure();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the gate is halted and this process has itself been refused. */
  public boolean refused() {
    lock.lock();
    try {
      return barrier.refusedHere();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
