package io.facedrop.sandbox;

import io.facedrop.clock.SettableClock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** A test with a sandbox whose time is set, and a client of it. */
abstract class TimedSandbox {
  final SettableClock clock = new SettableClock(Instant.parse("2026-05-27T12:14:03Z"));
  final Sandbox sandbox =
      Sandbox.start(SandboxOptions.defaults().withClock(clock).withRecord(true));
  final Caller caller = new Caller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }
}
