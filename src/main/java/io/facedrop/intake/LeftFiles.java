package io.facedrop.intake;

import io.facedrop.clock.Reminders;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, and not at every poll, which files stay in the inbox and why. */
final class LeftFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);

  private static final Duration REMINDER = Duration.ofHours(1);

  private final Reminders<String> left;
  private final Reminders<String> waiting;

  /**
   * @param nanos monotonic
   */
  LeftFiles(LongSupplier nanos) {
    this.left = Reminders.once(nanos);
    this.waiting = Reminders.everyAfter(Awaited.PATIENCE, REMINDER, nanos);
  }

  /** Says why a file is left alone. */
  void tell(String name, String why) {
    if (left.isDue(name)) {
      LOG.warn("{} stays in the inbox: it {}", SafeName.shown(name), why);
    }
  }

  /**
   * Says that a manifest still waits, if it does so for long.
   *
   * @param awaited the name of the file that it waits for
   * @param key of the setting that asks for that
   */
  void remind(String name, String awaited, String key) {
    if (waiting.isDue(name)) {
      LOG.warn(
          "{} stays in the inbox: for {} minutes and more it has waited for {} beside it ({})",
          SafeName.shown(name),
          Awaited.PATIENCE.toMinutes(),
          SafeName.shown(awaited),
          key);
    }
  }
}
