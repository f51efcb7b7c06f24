package io.facedrop.ledger;

import io.facedrop.clock.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a ledger of its own, whose books must balance at the end. */
abstract class AuditedLedger {
  @TempDir Path directory;
  SettableClock clock;
  LedgerBench bench;

  @BeforeEach
  void open() {
    clock = new SettableClock(LedgerBench.START);
    bench = LedgerBench.with(directory, clock);
  }

  @AfterEach
  void close() {
    bench.audit("at the end");
    bench.close();
  }
}
