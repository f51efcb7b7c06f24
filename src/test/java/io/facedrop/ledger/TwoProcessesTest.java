package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second ledger on the same file stands for {@code cancel}, {@code resume} and {@code status}.
 */
@Timeout(60)
class TwoProcessesTest {
  @TempDir Path directory;

  @Test
  void othersCanReadAndOrderWhileTheLedgerIsAtWork() throws Exception {
    try (LedgerBench worker = LedgerBench.at(directory)) {
      Batch cancelled = worker.batch(20_000);
      Batch kept = worker.batch(500);
      worker
          .ledger
          .gateStore("gate")
          .save(
              new GateState(0, true, new GateState.Pause(9, "", 0), Map.of(), GateState.Halt.NONE),
              "");
      CompletableFuture<Void> work;
      try (LedgerBench operator = LedgerBench.at(directory)) {
        work = CompletableFuture.runAsync(worker::succeedAll);
        assertThat(operator.ledger.openBatches()).hasSize(2);
        assertThat(operator.ledger.orders().resume()).isEqualTo(1);
        assertThat(operator.ledger.orders().cancel(operator.now(cancelled))).isTrue();
      }
      work.get(30, TimeUnit.SECONDS);
      worker.ledger.housekeeping().finishCancellations();

      assertThat(worker.now(kept).succeeded()).isEqualTo(500);
      assertThat(worker.now(cancelled).open()).isEqualTo(0);
      assertThat(worker.now(cancelled).dead()).isPositive();
      assertThat(worker.ledger.gateStore("gate").revision()).isEqualTo(2);
      worker.audit("after two processes");
    }
  }
}
