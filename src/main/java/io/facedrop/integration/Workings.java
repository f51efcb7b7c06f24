package io.facedrop.integration;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Departures;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateClosedException;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.config.Settings;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.query.LearnedTimes;
import io.facedrop.ledger.query.ListedAges;
import io.facedrop.ledger.query.QueryTimes;
import io.facedrop.ledger.settle.TransitionRules;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** How the settings have requests leave and rows go on. */
public final class Workings {
  private Workings() {}

  static Gate gate(Settings settings, Ledger ledger, Supplier<OptionalDouble> balance) {
    return new Gate(
        new GateLimits(
            settings.api().rate().intervalNanos(),
            queryInterval(settings.api()),
            settings.api().concurrency(),
            settings.gate().tripAfter(),
            settings.gate().probeInterval(),
            settings.gate().maxPause(),
            backoff(settings)),
        ledger.gateStore(settings.api().authority()),
        balance::get,
        ledger.clock());
  }

  /** No request leaves whose answer could come after the end of this process's lease. */
  static Departures departures(Gate gate, Ledger ledger, Duration longest) {
    return (permit, kind) -> {
      gate.depart(permit, kind);
      if (!ledger.lasts(longest)) {
        throw new GateClosedException();
      }
    };
  }

  private static long queryInterval(Settings.Api api) {
    return api.queryRate() == null ? GateLimits.SHARED : api.queryRate().intervalNanos();
  }

  /** How rows go on under these settings. */
  public static TransitionRules rules(Settings settings, Ledger ledger) {
    return new TransitionRules(
        settings.retry().maxAttempts(),
        backoff(settings),
        settings.inDoubt() == Settings.InDoubt.RESUBMIT,
        times(settings.faces(), ledger));
  }

  private static QueryTimes times(Settings.Faces faces, Ledger ledger) {
    return faces.isLearning()
        ? new LearnedTimes(
            ledger.work().durations(),
            new SplittableRandom(),
            faces.deadline().toMillis(),
            ledger.clock().millis())
        : new ListedAges(faces.pollAges(), faces.pollInterval(), faces.deadline());
  }

  private static Backoff backoff(Settings settings) {
    return new Backoff(settings.retry().initialDelay(), settings.retry().maxDelay());
  }
}
