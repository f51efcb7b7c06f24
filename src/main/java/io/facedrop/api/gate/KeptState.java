package io.facedrop.api.gate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a gate and its copy in the store.
 *
 * <p>A change holds at once and is kept in the background, in turn, until it is kept: a store that
 * is slow or fails stops no request. While anything is closed it is looked whether another process
 * has changed the copy, as {@code resume} does.
 */
public final class KeptState {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int TRIES_IN_SILENCE = 60;

  /**
   * @param closes whether it is news that closes, not that something closed still is
   */
  private record Change(GateState state, String event, boolean closes) {}

  private final GateStore store;
  private final Background background;
  private final Lock lock;
  private final Deque<Change> waiting = new ArrayDeque<>();
  private Runnable adopted = () -> {};
  private GateState state;
  private boolean keeping;
  private boolean watching;
  private int failures;

  /**
   * @param lock of the gate, held by whoever calls {@link #get} and {@link #change}
   */
  public KeptState(GateStore store, Background background, Lock lock) {
    this.store = store;
    this.background = background;
    this.lock = lock;
    state = store.load();
  }

  /** Begins to look for changes of others; this is called, under the lock, after one was found. */
  public void watch(Runnable whenAdopted) {
    adopted = whenAdopted;
    watchWhileClosed();
  }

  public GateState get() {
    return state;
  }

  /**
   * Goes on with this state.
   *
   * @param event what happened, for the operator; empty where it is not worth a line
   * @param closes whether it is news that closes, which a {@code resume} did not know of
   */
  private void change(GateState next, String event, boolean closes) {
    state = next;
    if (!event.isEmpty()) {
      LOG.warn("{}", event);
    }
    waiting.add(new Change(next, event, closes));
    if (!keeping) {
      keeping = true;
      background.run(this::keep);
    }
    watchWhileClosed();
  }

  /** Goes on with this state if it is another. */
  public void note(GateState next, String event) {
    note(next, event, false);
  }

  /**
   * Goes on with this state if it is another, or there is something to say.
   *
   * @param closes whether it is news that closes, not that something closed still is
   */
  public void note(GateState next, String event, boolean closes) {
    if (!event.isEmpty() || !next.equals(state)) {
      change(next, event, closes);
    }
  }

  /** Whether all that has changed is kept. */
  public boolean isKept() {
    return waiting.isEmpty();
  }

  private void keep() {
    for (Change change = first(); change != null; change = first()) {
      try {
        GateState newer = store.save(change.state(), change.event()) ? null : store.load();
        failures = 0;
        settled(newer);
      } catch (RuntimeException | Error e) {
        tell("the gate's state could not be kept", e);
        background.later(RETRY, this::keep);
        return;
      }
    }
  }

  /** What is to be kept next, over the copy that is known; null when all is kept. */
  private Change first() {
    lock.lock();
    try {
      Change first = waiting.peek();
      keeping = first != null;
      return first == null
          ? null
          : new Change(first.state().at(state.revision()), first.event(), first.closes());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The first is kept, or not.
   *
   * @param newer what another process has made of it; null when it is kept
   */
  private void settled(GateState newer) {
    lock.lock();
    try {
      if (newer == null) {
        waiting.remove();
      } else {
        takeOver(newer);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The operator resumed meanwhile: that stands, unless something has closed it since. */
  private void takeOver(GateState newer) {
    while (!waiting.isEmpty() && !waiting.peek().closes()) {
      waiting.remove();
    }
    if (waiting.isEmpty()) {
      state = newer;
      LOG.info("another process changed the gate; it is now {}", word());
      adopted.run();
    } else {
      state = state.at(newer.revision());
    }
  }

  private String word() {
    return state.halted() ? "halted" : state.isClosed() ? "paused" : "open";
  }

  private void watchWhileClosed() {
    if (state.isClosed() && !watching) {
      watching = true;
      background.later(LOOK, this::look);
    }
  }

  private void look() {
    try {
      long kept = store.revision();
      GateState newer = isKnown(kept) ? null : store.load();
      lock.lock();
      try {
        if (newer != null && waiting.isEmpty()) {
          takeOver(newer);
        }
        watching = false;
        watchWhileClosed();
      } finally {
        lock.unlock();
      }
    } catch (RuntimeException | Error e) {
      tell("the gate's kept state could not be read", e);
      background.later(LOOK, this::look);
    }
  }

  private boolean isKnown(long revision) {
    lock.lock();
    try {
      return revision == state.revision();
    } finally {
      lock.unlock();
    }
  }

  /** The first time, and then now and then. */
  private void tell(String what, Throwable failure) {
    if (failures++ % TRIES_IN_SILENCE == 0) {
      LOG.error("{}, which is tried again: {}", what, failure.getMessage());
    }
  }
}
