package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.OnPostgres;
import io.facedrop.ledger.TestNode;
import io.facedrop.ledger.fault.LeaseEndedException;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.settle.Transition;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose lease has ended has answers in hand, and the ledger cannot be written either. */
@OnPostgres
@Timeout(60)
class LateAnswersOnPostgresTest {
  @TempDir Path directory;
  private LedgerBench bench;
  private TestNode node;
  private Batch batch;
  private final AtomicReference<Throwable> end = new AtomicReference<>();

  @BeforeEach
  void open() throws Exception {
    bench = LedgerBench.at(directory);
    batch = bench.batch(1);
    node = TestNode.joined(bench.url, "one");
  }

  @AfterEach
  void close() {
    node.close();
    bench.close();
  }

  @Test
  void anAnswerIsKeptOnceTheLedgerCanBeWrittenAgain() throws Exception {
    Thread worker = brought(created());
    bench.execute("alter table node rename to away");
    worker.start();
    await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);
    assertThat(bench.see("select count(*) from progress")).isEqualTo(0);

    bench.execute("alter table away rename to node");

    worker.join();
    assertThat(bench.state(batch, 0)).isEqualTo("submitted");
    assertThat(bench.see("select detect_task_id from progress")).isEqualTo("task-1");
    assertThat(end).hasNullValue();
  }

  @Test
  void anAnswerIsKeptWhenTheLeaseEndsWhileTheLedgerIsAway() throws Exception {
    LedgerException away = new LedgerException("the server cannot be reached");
    Thread worker = brought(created(), away);
    bench.execute("update node set lease_until = 0 where epoch = " + node.epoch());

    worker.start();

    worker.join();
    assertThat(bench.state(batch, 0)).isEqualTo("submitted");
    assertThat(end).hasNullValue();
  }

  @Test
  void aStopDoesNotWaitForIt() throws Exception {
    Thread worker = brought(created());
    bench.execute("alter table node rename to away");
    worker.start();
    await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);

    worker.interrupt();

    worker.join();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    bench.execute("alter table away rename to node");
  }

  /** A worker that comes with an answer when its node is dead for the others. */
  private Thread brought(Transition answer) {
    return brought(
        answer,
        new LedgerException("", new LeaseEndedException("one", "was held up for too long")));
  }

  private Thread brought(Transition answer, LedgerException failure) {
    return new Thread(
        () -> {
          try {
            new LedgerWatch(node.ledger, System::nanoTime).waitFor(answer, failure);
          } catch (InterruptedException e) {
            end.set(e);
          }
        });
  }

  private Transition created() {
    ClaimedRow claimed = node.ledger.work().settleAndClaim(null, true);
    long now = node.ledger.clock().millis();
    return LedgerBench.RULES.transition(
        claimed, LedgerBench.outcome(Outcome.Kind.SUBMITTED).sending(1, false), true, now, now);
  }
}
