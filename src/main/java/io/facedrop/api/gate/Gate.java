package io.facedrop.api.gate;

import io.facedrop.api.Background;
import io.facedrop.api.RequestKind;
import io.facedrop.api.pace.Pace;
import io.facedrop.api.pace.Pacer;
import io.facedrop.api.pace.SharedPace;
import io.facedrop.words.Cause;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request passes here twice: for its permit, before a row is claimed, and at its departure,
 * at the last moment before it is on the wire. Each time it is evenly paced, and none passes while
 * the gate is paused or halted for it. At most {@code concurrency} are in flight.
 *
 * <ul>
 *   <li>A <em>pause</em> (429, 455) ends by itself.
 *   <li>An <em>outage</em> ends when one row, or the free balance query, gets an answer. When only
 *       one kind of request is out, the other goes on meanwhile.
 *   <li>A <em>halt</em> (401, 402, 403, 505, and 404 from an address that never answered anything
 *       else) ends when a canary, one row every probe interval, gets through, or by {@code resume}.
 *   <li>Until an address is proven, one row at a time goes out.
 * </ul>
 *
 * <p>Here are the lock and the waiting; {@link Barrier} decides what each answer does to the gate,
 * and {@link Closings} what it lets pass. Its state is kept in a {@link GateStore}, so a restart
 * forgets neither a pause nor a halt.
 */
public final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration KEEPING = Duration.ofSeconds(2);
  private static final int THREADS = 2;
  private static final int SHARED_THREADS = 5;

  /**
   * So much time's worth of requests may wait to depart before permits wait for them: what the ways
   * to the wire differ by, such as handshakes.
   */
  private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Account account;
  private final LongSupplier nanos;
  private final Background background;
  private final Paces permits;
  private final DepartureQueue departures;
  private final KeptState kept;
  private final Barrier barrier;

  /** Only the first in the queue waits for the gate itself, or every slot would wake them all. */
  private final ReentrantLock queue = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inFlight;
  private boolean asking;
  private boolean closed;

  /** A gate that starts where the store says the last one ended. */
  public Gate(GateLimits limits, GateStore store, Account account, Clock clock) {
    this(limits, store, account, clock, System::nanoTime, threads(store));
  }

  /**
   * @param nanos monotonic time
   */
  public Gate(
      GateLimits limits,
      GateStore store,
      Account account,
      Clock clock,
      LongSupplier nanos,
      Background background) {
    this.account = account;
    this.nanos = nanos;
    this.background = background;
    this.permits = new Paces(limits, nanos.getAsLong());
    this.departures =
        new DepartureQueue(limits, (kind, interval) -> departures(store, kind, interval));
    this.kept = new KeptState(store, background, lock);
    this.barrier = new Barrier(limits, kept, clock, store::isKeeper, nanos.getAsLong());
    lock.lock();
    try {
      kept.watch(this::adopt);
    } finally {
      lock.unlock();
    }
  }

  /** For the state, looks at others' changes, the account and, if it is shared, each rate. */
  private static Background threads(GateStore store) {
    return Background.threads(store.isShared() ? SHARED_THREADS : THREADS);
  }

  private Pace departures(GateStore store, RequestKind kind, long interval) {
    return store.isShared() && interval > 0
        ? new SharedPace(kind, interval, store.slots(), background, lock, nanos, changed::signalAll)
        : new Pacer(interval, nanos.getAsLong());
  }

  private void adopt(GateState before) {
    barrier.adopt(before, nanos.getAsLong());
    changed.signalAll();
  }

  // --- Permits ---

  /**
   * Leave to send one request, at once or not at all.
   *
   * @return null when it would have to be waited for
   */
  public Permit tryAcquire() {
    lock.lock();
    try {
      return closed ? null : permit(nanos.getAsLong());
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
      lock.lockInterruptibly();
      try {
        return await();
      } finally {
        lock.unlock();
      }
    } finally {
      queue.unlock();
    }
  }

  private Permit await() throws InterruptedException {
    while (!closed) {
      Permit permit = permit(nanos.getAsLong());
      if (permit != null) {
        return permit;
      }
      changed.awaitNanos(Math.min(permitNanos(nanos.getAsLong()), LONGEST_WAIT_NANOS));
    }
    return null;
  }

  private Permit permit(long now) {
    askAccountIfWanted(now);
    Set<RequestKind> paced = EnumSet.noneOf(RequestKind.class);
    for (RequestKind kind : RequestKind.values()) {
      if (paceNanos(kind, now) <= 0) {
        paced.add(kind);
      }
    }
    Permit permit = paced.isEmpty() ? null : barrier.permit(paced, now, inFlight);
    if (permit == null) {
      return null;
    }
    permits.take(permit, now);
    inFlight++;
    return permits.rarerFirst(permit);
  }

  /** A row was claimed by the permit, and a request of this kind is due for it. */
  public void claimed(Permit permit, RequestKind kind) {
    lock.lock();
    try {
      permits.use(permit, kind);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds until there may be a permit for this kind; not above 0 for now. */
  public long permitNanos(RequestKind kind) {
    lock.lock();
    try {
      return permitNanos(kind, nanos.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds until there may be a permit. */
  public long permitNanos(long now) {
    return Math.min(permitNanos(RequestKind.CREATE, now), permitNanos(RequestKind.QUERY, now));
  }

  private long permitNanos(RequestKind kind, long now) {
    return Math.max(paceNanos(kind, now), barrier.waitNanos(kind, now, inFlight));
  }

  /** By the rate alone. While many wait to depart already, more permits would pile up claims. */
  private long paceNanos(RequestKind kind, long now) {
    return Math.max(permits.of(kind).waitNanos(now), departures.pileNanos(kind, AHEAD_NANOS, now));
  }

  // --- Departures ---

  /**
   * Waits until a request may leave, at its last moment before it does.
   *
   * @param permit null for a request that belongs to no row; only the rate delays it
   * @throws GateClosedException when the gate has closed for it since its permit was issued; it
   *     must not leave then
   */
  public void depart(Permit permit, RequestKind kind)
      throws GateClosedException, InterruptedException {
    lock.lockInterruptibly();
    try {
      departing(kind, 1);
      try {
        long wait = tryDepart(permit, kind);
        while (wait > 0) {
          changed.awaitNanos(wait);
          wait = tryDepart(permit, kind);
        }
      } finally {
        departing(kind, -1);
      }
    } finally {
      lock.unlock();
    }
  }

  /** So many more, or fewer, wait to depart. */
  public void departing(RequestKind kind, int more) {
    departures.add(kind, more);
  }

  /** Departs if it may now; else nanoseconds until it may. */
  public long tryDepart(Permit permit, RequestKind kind) throws GateClosedException {
    long now = nanos.getAsLong();
    if (closed || permit != null && !barrier.mayLeave(permit, kind, now)) {
      throw new GateClosedException();
    }
    Pace departs = departures.of(kind);
    long wait = departs.waitNanos(now);
    if (wait <= 0) {
      departs.take(now);
    }
    return wait;
  }

  // --- News ---

  /**
   * Takes the news that a request brought back; every permit comes back exactly once.
   *
   * @param row the row that it was for; 0 when none was claimed
   */
  public void report(Permit permit, long row, Signal signal) {
    lock.lock();
    try {
      inFlight--;
      if (signal.kind() == Signal.Kind.UNUSED) {
        giveBack(permit, row, signal);
      }
      barrier.take(permit, row, signal, nanos.getAsLong());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Permit permit, long row, Signal signal) {
    if (row != 0) {
      // The other pace has its place back since the row was claimed.
      permits.of(signal.request()).giveBack();
    } else {
      permits.giveBack(permit);
    }
  }

  /**
   * Asks in the background, for the answer comes over the network: whoever waits must hear news.
   */
  private void askAccountIfWanted(long now) {
    if (!asking && barrier.wantsAccount(now)) {
      asking = true;
      background.run(this::askAccount);
    }
  }

  private void askAccount() {
    OptionalDouble balance = OptionalDouble.empty();
    try {
      balance = account.balance();
    } catch (RuntimeException | Error e) {
      LOG.warn("the account's balance could not be read: {}", Cause.of(e));
    }
    lock.lock();
    try {
      asking = false;
      barrier.account(balance, nanos.getAsLong());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets a canary go at once if the gate is halted: who started us hopes that it can. */
  public void probeNow() {
    lock.lock();
    try {
      barrier.canaryAt(nanos.getAsLong());
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

  /** Ends: what has changed is kept, if the store takes it in time. */
  public void end() {
    close();
    try {
      if (!awaitKept(KEEPING)) {
        LOG.error("the gate's last change could not be kept: the next start may find it open");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    background.stop();
  }

  /** Waits until the store has all that has changed; false when it has not in time. */
  public boolean awaitKept(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (!kept.isKept() && end - System.nanoTime() > 0) {
        changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      return kept.isKept();
    } finally {
      lock.unlock();
    }
  }

  /** Gives no more permits, and lets no more requests leave. */
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
