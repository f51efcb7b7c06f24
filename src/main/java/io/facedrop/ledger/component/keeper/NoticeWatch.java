package io.facedrop.ledger.component.keeper;

import io.facedrop.expect.Expectation;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.view.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what nobody reports because nothing happens: a manifest that does not come, a pause that
 * does not end, results that expire.
 *
 * <p>For one thread.
 */
public final class NoticeWatch {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeWatch.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What was dropped while nothing ran is to be accepted before anything is judged. */
  private static final Duration SETTLING = Duration.ofSeconds(30);

  /** To count results takes a while where there are many. */
  private static final long RESULTS_LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Ledger ledger;
  private final List<Expectation> expectations;
  private final LongSupplier nanos;
  private final Map<String, Instant> due = new HashMap<>();
  private Instant begun;
  private long dueNanos;
  private long resultsDueNanos;

  /**
   * @param expectations what is expected
   * @param nanos monotonic
   */
  NoticeWatch(Ledger ledger, List<Expectation> expectations, LongSupplier nanos) {
    this.ledger = ledger;
    this.expectations = expectations;
    this.nanos = nanos;
    this.dueNanos = nanos.getAsLong();
    this.resultsDueNanos = dueNanos;
  }

  /** Looks, unless it has just looked. */
  void look() {
    long now = nanos.getAsLong();
    if (now - dueNanos >= 0) {
      dueNanos = now + LOOK_NANOS;
      lookForExpected(ledger.clock().instant());
      if (ledger.notices().isWanted()) {
        ledger.notices().lookAtGates();
        ledger.notices().lookAtOutputs();
        lookAtResults(now);
      }
    }
  }

  private void lookAtResults(long now) {
    if (now - resultsDueNanos >= 0) {
      resultsDueNanos = now + RESULTS_LOOK_NANOS;
      ledger.notices().lookAtResults();
    }
  }

  private void lookForExpected(Instant now) {
    if (begun == null) {
      begun = now;
      if (!expectations.isEmpty()) {
        ledger.notices().expectOnly(expectations);
      }
    }
    for (Expectation expectation : expectations) {
      if (!now.isBefore(due.getOrDefault(expectation.name(), begun.plus(SETTLING)))) {
        ledger.notices().lookAt(expectation).ifPresent(NoticeWatch::tell);
        due.put(expectation.name(), next(expectation, now));
      }
    }
  }

  /** When something may be new: it is late to warn, or too late. */
  private static Instant next(Expectation expectation, Instant now) {
    Instant deadline = expectation.schedule().next(now).orElse(Instant.MAX);
    boolean warns = expectation.warns() && deadline.isBefore(Instant.MAX);
    Instant warning = warns ? expectation.warning(deadline) : deadline;
    return warning.isAfter(now) ? warning : deadline;
  }

  private static void tell(Expected expected) {
    boolean late = expected.state() == Expected.State.LATE;
    LOG.warn(
        "{} {}: expected ({}) by {}",
        expected.files(),
        late ? "has not come" : "has not come yet",
        expected.name(),
        expected.deadline());
  }
}
