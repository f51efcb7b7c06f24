package io.facedrop.intake;

import io.facedrop.clock.Reminders;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, and not at every poll, which files stay in the inbox and why. */
final class LeftFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Reminders<String> left;
  private final Reminders<String> waiting;

  /**
   * @param nanos monotonic
   */
  LeftFiles(LongSupplier nanos) {
    this.left = Reminders.once(nanos);
    this.waiting = Reminders.onceAfter(PATIENCE, nanos);
  }

  /** Says why a file is left alone. */
  void tell(String name, String why) {
    if (left.isDue(name)) {
      LOG.warn("{} stays in the inbox: it {}", SafeName.shown(name), why);
    }
  }

  /** Says that a manifest still waits for its checksum, if it does so for long. */
  void remind(String name) {
    if (waiting.isDue(name)) {
      LOG.warn(
          "{} stays in the inbox: it has waited for {}.sha256 for {} minutes, and"
              + " facedrop.manifest.checksum=required",
          SafeName.shown(name),
          SafeName.shown(name),
          PATIENCE.toMinutes());
    }
  }
}
