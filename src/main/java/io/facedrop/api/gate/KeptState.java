package io.facedrop.api.gate;

import io.facedrop.api.Background;
import io.facedrop.words.Cause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a gate and its copy in the store.
 *
 * <p>A change holds at once and is kept in the background, in turn, until it is kept: a store that
 * is slow or fails stops no request. It is looked whether another process has changed the copy: all
 * the time where several work at once, else while anything is closed, as {@code resume} does.
 */
public final class KeptState {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration SHARED_LOOK = Duration.ofMillis(200);
  private static final int TRIES_IN_SILENCE = 60;

  /**
   * @param closes whether it is news that closes, not that something closed still is
   */
  private record Change(GateState state, String event, boolean closes) {}

  private final GateStore store;
  private final Background background;
  private final Lock lock;
  private final Deque<Change> waiting = new ArrayDeque<>();
  private Consumer<GateState> adopted = before -> {};

  /** With all that waits to be kept. */
  private GateState state;

  /** As it is kept, as far as this process knows. */
  private GateState copy;

  private boolean keeping;
  private boolean watching;
  private int failures;

  /**
   * @param lock of the gate; the caller of {@link #get} and {@link #change} must hold it
   */
  public KeptState(GateStore store, Background background, Lock lock) {
    this.store = store;
    this.background = background;
    this.lock = lock;
    copy = store.load();
    state = copy.at(0);
  }

  /**
   * Begins to look for changes of others.
   *
   * @param whenAdopted called under the lock, with the state before, after one was found
   */
  public void watch(Consumer<GateState> whenAdopted) {
    adopted = whenAdopted;
    watchIfNeeded();
  }

  /** Its revision says nothing. */
  public GateState get() {
    return state;
  }

  /** Whether other processes go by it all the time. */
  public boolean isShared() {
    return store.isShared();
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
    watchIfNeeded();
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
        settled(change, newer);
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
          : new Change(first.state().at(copy.revision()), first.event(), first.closes());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The first is kept, or not.
   *
   * @param newer what another process has made of it; null when it is kept
   */
  private void settled(Change first, GateState newer) {
    lock.lock();
    try {
      if (newer == null) {
        waiting.remove();
        copy = first.state().at(first.state().revision() + 1);
      } else {
        takeOver(newer);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Another process has changed it meanwhile: each change that waits is made anew on top. */
  private void takeOver(GateState newer) {
    GateState before = state;
    List<Change> changes = List.copyOf(waiting);
    waiting.clear();
    GateState old = copy.at(0);
    state = newer.at(0);
    for (Change change : changes) {
      GateState merged = new StateMerge(old, change.state(), change.closes()).onto(state);
      old = change.state();
      if (!merged.equals(state)) {
        waiting.add(new Change(merged, change.event(), change.closes()));
        state = merged;
      }
    }
    copy = newer;
    if (!state.equals(before)) {
      if (!words(state).equals(words(before))) {
        LOG.warn("an operator or another process changed the gate; it is now {}", words(state));
      }
      adopted.accept(before);
    }
  }

  private static String words(GateState state) {
    if (state.halted()) {
      return "halted by code " + state.halt().code() + " (" + state.halt().message() + ")";
    }
    String cause = state.pauseCause();
    return state.isClosed() ? "paused" + (cause.isEmpty() ? "" : ": " + cause) : "open";
  }

  private void watchIfNeeded() {
    if ((isShared() || state.isClosed()) && !watching) {
      watching = true;
      lookLater();
    }
  }

  private void lookLater() {
    background.later(isShared() ? SHARED_LOOK : LOOK, this::look);
  }

  private void look() {
    try {
      long known = known();
      GateState newer = store.revision() == known ? null : store.load();
      lock.lock();
      try {
        // What this process has kept meanwhile is newer still.
        if (newer != null && waiting.isEmpty() && copy.revision() == known) {
          takeOver(newer);
        }
        watching = false;
        watchIfNeeded();
      } finally {
        lock.unlock();
      }
    } catch (RuntimeException | Error e) {
      tell("the gate's kept state could not be read", e);
      lookLater();
    }
  }

  private long known() {
    lock.lock();
    try {
      return copy.revision();
    } finally {
      lock.unlock();
    }
  }

  /** The first time, and then now and then. */
  private void tell(String what, Throwable failure) {
    if (failures++ % TRIES_IN_SILENCE == 0) {
      LOG.error("{}, which is tried again: {}", what, Cause.of(failure));
    }
  }
}
