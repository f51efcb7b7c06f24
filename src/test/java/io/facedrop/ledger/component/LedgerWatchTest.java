package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.fault.LedgerException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerWatchTest {
  private static final LedgerException FULL = new LedgerException("the disk is full");

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private LedgerBench bench;
  private LedgerWatch watch;

  @BeforeEach
  void open() {
    bench = LedgerBench.at(directory);
    watch = new LedgerWatch(bench.ledger, nanos::get);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void sendingStaysSuspendedWhileWritesFailNowAndThen() {
    for (int i = 0; i < 50; i++) {
      watch.fails(FULL);
      afterMillis(500);
      watch.works();
      afterMillis(500);
      watch.works();
      assertThat(suspension()).isEqualTo("the disk is full");
    }
  }

  @Test
  void itGoesOnWhenWritingHasWorkedForASecond() {
    watch.fails(FULL);
    afterMillis(5_000);
    watch.works();
    afterMillis(999);
    watch.works();
    assertThat(watch.isSuspended()).isTrue();

    afterMillis(1);
    watch.works();

    assertThat(watch.isSuspended()).isFalse();
    assertThat(suspension()).isEmpty();
  }

  @Test
  void aLookTellsToo() {
    watch.fails(FULL);
    afterMillis(2_000);
    watch.look();
    assertThat(watch.isSuspended()).as("nothing was written yet").isTrue();

    watch.works();
    afterMillis(1_000);
    watch.look();

    assertThat(watch.isSuspended()).as("where nothing is left to write").isFalse();
  }

  private String suspension() {
    return bench.ledger.vitals().suspension().cause();
  }

  private void afterMillis(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
