package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What work costs beside many rows is judged by what the server has read for it, not by time. */
@OnPostgres
class QueryPlanOnPostgresTest {
  private static final int MANY = 100_000;
  private static final int STEPS = 100;

  /** Entries of indexes that one step may look at; a plan by the wrong index looks at thousands. */
  private static final int MOST_A_STEP = 200;

  @TempDir Path directory;
  private LedgerBench bench;

  @BeforeEach
  void open() {
    bench = LedgerBench.at(directory);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void workReadsLittleHoweverManyRowsThereAre() {
    fill();
    int scanned = scanned();
    int looked = looked();

    for (int i = 0; i < STEPS; i++) {
      ClaimedRow claimed = bench.claim();
      bench.settle(claimed, i % 2 == 0 ? Outcome.Kind.SUCCEEDED : Outcome.Kind.RETRY);
    }
    publish();

    assertThat(scanned() - scanned).as("rows of large tables read from end to end").isZero();
    assertThat(looked() - looked).isLessThan(MOST_A_STEP * STEPS);
  }

  @Test
  void cancellingReadsTheBatchAloneAndOnce() {
    Batch batch = bench.batch(1_000);
    fill();
    int scanned = scanned();
    int looked = looked();

    bench.ledger.orders().cancel(batch);

    assertThat(scanned() - scanned).as("rows of large tables read from end to end").isZero();
    assertThat(looked() - looked).isLessThan(50 * 1_000);
  }

  private void publish() {
    for (int i = 0; i < 10; i++) {
      bench.ledger.publishing().partsToPublish(LedgerBench.START.minusSeconds(60));
      bench.ledger.settledBatches();
      bench.ledger.openBatches();
      bench.ledger.onceHeldBatches();
      bench.ledger.cancelledSince(java.time.Instant.EPOCH);
      bench.ledger.vitals().figures();
      bench.ledger.housekeeping().finishCancellations();
    }
  }

  /** A backlog, and as many rows that are settled or wait, which were there a while ago. */
  private void fill() {
    bench.batch(MANY);
    Batch old = bench.batch(MANY);
    bench.execute(
        """
        insert into progress (id, stage, state, attempts, requests, detect_task_id, submitted_at,
                              unfinished_at, due_at, part, charged, reason)
        select id, 'detect',
               case id % 10 when 0 then 'submitted' when 1 then 'waiting' else 'dead' end,
               1, 1, case id % 10 when 0 then 'task-' || id end, 1, 1,
               case when id % 10 < 2 then 9000000000000 + id % 100000 end,
               case when id % 10 < 2 then null else 1 end, 'yes',
               case when id % 10 < 2 then null else 'FORBIDDEN' end
          from manifest_row
        """
            + " where id >> 32 = "
            + old.number());
    bench.execute("update batch set next_position = rows where number = " + old.number());
    bench.execute("analyze");
  }

  private int scanned() {
    return sum(
        """
        select sum(seq_tup_read)
          from pg_stat_user_tables
         where schemaname = current_schema()
           and relname in ('progress', 'manifest_row', 'follower')
        """);
  }

  private int looked() {
    return sum(
        """
        select sum(idx_tup_read)
          from pg_stat_user_indexes
         where schemaname = current_schema()
        """);
  }

  /** Every connection tells what it has read when it ends. */
  private int sum(String sql) {
    bench.close();
    bench = LedgerBench.at(directory);
    return ((Number) List.of(bench.see(sql)).get(0)).intValue();
  }
}
