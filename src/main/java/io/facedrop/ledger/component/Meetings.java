package io.facedrop.ledger.component;

import io.facedrop.ledger.model.ClaimedRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Where workers wait for what the ledger has committed: whoever is free takes the next, whoever
 * brought it.
 *
 * <p>To put a thread to sleep and to wake it costs more than the commit of its row. So one at a
 * time is woken, who wakes the next if there is more; meanwhile those that are awake take what they
 * find.
 *
 * @param <M> what is known of a meeting since it began
 */
final class Meetings<M> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Deque<Ended<M>> ready = new ArrayDeque<>();
  private int waiting;
  private boolean waking;

  /**
   * A meeting that is over.
   *
   * @param claimed tells what was claimed, if anything; to be called once
   */
  record Ended<M>(M meeting, Supplier<ClaimedRow> claimed) {}

  void end(M meeting, Supplier<ClaimedRow> claimed) {
    lock.lock();
    try {
      ready.add(new Ended<>(meeting, claimed));
      wakeOne();
    } finally {
      lock.unlock();
    }
  }

  /** The next, which comes for each that was begun: who began one takes one, interrupted or not. */
  Ended<M> take() {
    lock.lock();
    try {
      while (ready.isEmpty()) {
        waiting++;
        ended.awaitUninterruptibly();
        waiting--;
        waking = false;
      }
      Ended<M> next = ready.remove();
      if (!ready.isEmpty()) {
        wakeOne();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void wakeOne() {
    if (waiting > 0 && !waking) {
      waking = true;
      ended.signal();
    }
  }
}
