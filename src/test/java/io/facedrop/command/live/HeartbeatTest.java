package io.facedrop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.LedgerBench;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<GateState> gate = new AtomicReference<>(GateState.NEW);
  private LedgerBench bench;
  private Heartbeat heartbeat;

  @BeforeEach
  void open() {
    bench = LedgerBench.at(directory);
    heartbeat = new Heartbeat(bench.ledger.vitals(), gate::get, nanos::get);
  }

  @AfterEach
  void close() {
    heartbeat.close();
    bench.close();
  }

  @Test
  void saysNothingWhileNothingIsWorked() {
    bench.batch(10);
    assertThat(heartbeat.line()).isEmpty();

    bench.claim();
    assertThat(heartbeat.line()).isEmpty();
  }

  @Test
  void saysHowFarTheWorkIs() {
    bench.batch(1_500);
    bench.succeedAll();
    bench.batch(2_000);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));

    assertThat(heartbeat.line())
        .contains("1,500 rows ended since the last such line, 2,000 open, 25.0 rows/s, gate open");
    assertThat(heartbeat.line()).isEmpty();
  }

  @Test
  void saysThatTheGateIsHalted() {
    bench.batch(1);
    bench.succeedAll();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
    gate.set(GateState.NEW.with(new GateState.Halt(401, "no", false, 1, 1)));

    assertThat(heartbeat.line().orElseThrow()).endsWith(", gate halted");
  }
}
