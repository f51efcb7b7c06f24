package io.facedrop.api.gate;

import io.facedrop.api.gate.GateState.Halt;
import io.facedrop.api.gate.GateState.Outage;
import io.facedrop.api.gate.GateState.Pause;
import io.facedrop.api.gate.GateState.Reach;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * A change of a gate's state, made anew on top of what another process has made of the state
 * meanwhile. Each part is merged by itself: the proof, the pause, each outage, the halt.
 *
 * <p>Where both have changed a part, what closes stands, and of two the later. Only news of a
 * closing stands against an opening, such as a {@code resume}: it did not know of them.
 *
 * @param before the state that was changed
 * @param after what it was changed to
 * @param closes whether it was news that closed it
 */
record StateMerge(GateState before, GateState after, boolean closes) {
  private static final Comparator<Pause> LATER_PAUSE = Comparator.comparingLong(Pause::until);
  private static final Comparator<Outage> LATER_PROBE =
      Comparator.comparingLong(Outage::probeAt).thenComparingLong(Outage::rowWait);

  /** One that stops everything goes before one that stops creates. */
  private static final Comparator<Halt> LATER_CANARY =
      Comparator.comparing(Halt::creates).reversed().thenComparingLong(Halt::probeAt);

  /** The same change of another state. */
  GateState onto(GateState others) {
    GateState merged =
        others
            .with(
                part(
                    before.pause(),
                    after.pause(),
                    others.pause(),
                    pause -> pause.until() == 0,
                    LATER_PAUSE))
            .with(
                part(
                    before.halt(),
                    after.halt(),
                    others.halt(),
                    halt -> halt.code() == 0,
                    LATER_CANARY));
    for (Reach reach : Reach.values()) {
      Outage outage =
          part(
              before.outages().get(reach),
              after.outages().get(reach),
              others.outages().get(reach),
              none -> none == null,
              LATER_PROBE);
      merged = outage == null ? merged.without(reach) : merged.with(reach, outage);
    }
    return after.proven() ? merged.withProof() : merged;
  }

  private <T> T part(T old, T mine, T others, Predicate<T> open, Comparator<T> later) {
    if (same(old, mine) || same(mine, others)) {
      return others;
    }
    if (same(old, others)) {
      return mine;
    }
    if (open.test(others)) {
      return closes ? mine : others;
    }
    return open.test(mine) || later.compare(mine, others) < 0 ? others : mine;
  }

  private static boolean same(Object left, Object right) {
    return left == null ? right == null : left.equals(right);
  }
}
