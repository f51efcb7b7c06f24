package io.facedrop.ledger.query;

import java.util.OptionalLong;

/**
 * The ages that are in force. Where tasks have become much faster, only new tasks go by that: those
 * that are open were created under the old conditions, and to query them sooner would be in vain.
 */
final class Thresholds {
  private static final double MUCH_FASTER = 0.7;

  private final long latest;
  private long likely;
  private long early;
  private long faster;
  private long fasterForAllAt;

  Thresholds(long latest) {
    this.latest = latest;
    likely = latest;
    early = latest;
  }

  /** Whether they were never set. */
  boolean areUnknown() {
    return likely == latest;
  }

  long likely() {
    return likely;
  }

  long early() {
    return early;
  }

  /** The age for the tasks that are submitted now, if it is another. */
  OptionalLong faster() {
    return faster > 0 ? OptionalLong.of(faster) : OptionalLong.empty();
  }

  void set(long likelyNow, long earlyNow, long now) {
    long wanted = Math.min(likelyNow, latest);
    if (areUnknown() || wanted >= MUCH_FASTER * likely || isFasterForAll(now)) {
      likely = wanted;
      early = Math.min(earlyNow, wanted);
      faster = 0;
    } else {
      fasterForAllAt = faster > 0 ? fasterForAllAt : now + likely;
      faster = wanted;
    }
  }

  private boolean isFasterForAll(long now) {
    return faster > 0 && now >= fasterForAllAt;
  }
}
