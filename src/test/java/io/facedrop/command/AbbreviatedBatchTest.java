package io.facedrop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbbreviatedBatchTest {
  @TempDir Path directory;
  private LedgerBench bench;
  private Batch first;
  private Batch second;

  @BeforeEach
  void open() {
    SettableClock clock = new SettableClock(LedgerBench.START);
    bench = LedgerBench.with(directory, clock);
    first = bench.batchOf("a.csv", "d682cb52".repeat(8));
    clock.forward(Duration.ofMinutes(50));
    second = bench.batchOf("b.csv", "d6ffcb52".repeat(8));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatATypistWouldTypeIsEnoughWhileItIsUnique() {
    assertThat(first.id()).isEqualTo("20260527T131404Z-d682cb52");
    for (String typed :
        List.of(first.id(), "20260527T1314", "20260527t13", "d682cb52", "d68", "D682CB52")) {
      assertThat(named(typed)).as(typed).isEqualTo(first);
    }
    assertThat(named("20260527T14")).isEqualTo(second);
    assertThat(named("d6ff")).isEqualTo(second);
  }

  @Test
  void whatMayMeanTwoNamesBoth() {
    for (String typed : List.of("20260527", "d6")) {
      assertThatThrownBy(() -> named(typed))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "more than one batch begins or ends with "
                  + typed
                  + ", so say more of its id; the newest are "
                  + second.id()
                  + " (b.csv), "
                  + first.id()
                  + " (a.csv)");
    }
  }

  @Test
  void whatMeansNoneIsRefused() {
    for (String typed : List.of("2025", "682cb52", "cb52", "%", "2026______", "")) {
      assertThatThrownBy(() -> named(typed))
          .isInstanceOf(UsageException.class)
          .hasMessage("no batch " + typed + " is in this ledger; status lists them");
    }
  }

  private Batch named(String id) {
    return Session.batch(bench.ledger, id);
  }
}
