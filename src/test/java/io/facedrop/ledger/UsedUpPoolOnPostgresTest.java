package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.EndedRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads parts may take all connections that there are for that. */
@OnPostgres
@Timeout(90)
class UsedUpPoolOnPostgresTest {
  private static final int READERS = 8;

  @TempDir Path directory;
  private LedgerBench bench;
  private final List<EndedRows> readers = new ArrayList<>();

  @BeforeEach
  void open() {
    bench = LedgerBench.at(directory);
  }

  @AfterEach
  void close() {
    readers.forEach(EndedRows::close);
    bench.close();
  }

  @Test
  void onlyWhoReadsWaitsAndIsToldWhy() throws Exception {
    Batch batch = bench.batch(4);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    Part part = bench.ledger.publishing().partsToPublish(LedgerBench.START.plusSeconds(60)).get(0);
    for (int i = 0; i < READERS; i++) {
      readers.add(bench.ledger.rows(part));
    }
    CompletableFuture<EndedRows> next =
        CompletableFuture.supplyAsync(() -> bench.ledger.rows(part));

    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    assertThat(bench.now(batch).succeeded()).isEqualTo(2);
    assertThat(bench.ledger.openBatches()).hasSize(1);

    assertThatThrownBy(() -> next.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(LedgerException.class)
        .hasMessageContaining("the ledger could not be read: ")
        .hasMessageContaining("Connection is not available");
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);

    readers.remove(0).close();
    try (EndedRows rows = bench.ledger.rows(part)) {
      assertThat(rows.next()).isNotNull();
    }
    bench.audit("after the pool was used up");
  }
}
