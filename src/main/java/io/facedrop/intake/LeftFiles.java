package io.facedrop.intake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator once, and not at every poll, of files that stay in the inbox. */
final class LeftFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration MEMORY = Duration.ofHours(1);

  /** Somebody who drops a million bad names shall not fill the log. */
  private static final int MOST = 1000;

  private final Map<String, Sight> sights = new ConcurrentHashMap<>();

  /** Since when it is seen, when it was last, and whether it was told of. */
  private record Sight(long sinceNanos, long lastNanos, boolean told) {
    boolean forgotten(long now) {
      return now - lastNanos > MEMORY.toNanos();
    }

    boolean tooLong() {
      return lastNanos - sinceNanos > PATIENCE.toNanos();
    }
  }

  /** Says why a file is left alone. */
  void tell(String name, String why) {
    if (!seen(name).told() && told(name)) {
      LOG.warn("{} stays in the inbox: it {}", Intake.shown(name), why);
    }
  }

  /** Says that a manifest still waits for its checksum, if it does so for long. */
  void remind(String name) {
    Sight sight = seen(name);
    if (sight.tooLong() && !sight.told() && told(name)) {
      LOG.warn(
          "{} stays in the inbox: it has waited for {}.sha256 for {} minutes, and"
              + " facedrop.manifest.checksum=required",
          Intake.shown(name),
          Intake.shown(name),
          PATIENCE.toMinutes());
    }
  }

  private Sight seen(String name) {
    long now = System.nanoTime();
    sights.values().removeIf(sight -> sight.forgotten(now));
    if (sights.size() >= MOST && !sights.containsKey(name)) {
      return new Sight(now, now, true);
    }
    return sights.merge(
        name,
        new Sight(now, now, false),
        (before, seen) -> new Sight(before.sinceNanos(), now, before.told()));
  }

  private boolean told(String name) {
    sights.computeIfPresent(
        name, (file, sight) -> new Sight(sight.sinceNanos(), sight.lastNanos(), true));
    return true;
  }
}
