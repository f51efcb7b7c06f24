package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.settle.TransitionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that refuses something for a while: triggers stand for a full disk and the like. */
@Timeout(60)
class PendingConsumerFaultTest {
  @TempDir Path directory;
  private LedgerContext context;

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void workersGoOnOnceRowsCanBeClaimedAgain() throws Exception {
    context = new LedgerContext(directory);
    refuse("insert on claim", "1");
    Batch batch = context.bench.batch(20);
    AtomicInteger handed = new AtomicInteger();
    context
        .concurrency(4)
        .route(PendingConsumerTest.work(exchange -> handed.incrementAndGet(), "ledger:succeeded"))
        .start();
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(2))
        .until(() -> handed.get() == 0);

    context.tamper("drop trigger refused");

    await().untilAsserted(() -> assertThat(now(batch).succeeded()).isEqualTo(20));
    context.bench.audit("at the end");
  }

  @Test
  void outcomeIsKeptUntilItCanBeSettled() throws Exception {
    context = new LedgerContext(directory);
    refuse("delete on claim", "1");
    Batch batch = context.bench.batch(4);
    AtomicInteger handed = new AtomicInteger();
    context
        .concurrency(2)
        .route(PendingConsumerTest.work(exchange -> handed.incrementAndGet(), "ledger:succeeded"))
        .start();
    await().until(() -> handed.get() == 2);

    context.tamper("drop trigger refused");

    await().untilAsserted(() -> assertThat(now(batch).succeeded()).isEqualTo(4));
    assertThat(handed).hasValue(4);
    context.bench.audit("at the end");
  }

  @Test
  void transitionThatContradictsTheLedgerCostsNoWorker() throws Exception {
    context = new LedgerContext(directory);
    Batch batch = context.bench.batch(3);
    AtomicInteger handed = new AtomicInteger();
    context
        .concurrency(1)
        .route(
            PendingConsumerTest.work(
                exchange -> {
                  if (handed.incrementAndGet() == 1) {
                    context.tamper("delete from claim");
                  }
                },
                "ledger:succeeded"))
        .start();

    await().untilAsserted(() -> assertThat(now(batch).succeeded()).isEqualTo(2));
    assertThat(handed).hasValue(3);
  }

  @Test
  void workerOutlivesHeldRowsThatCannotBeSettled() throws Exception {
    context = new LedgerContext(directory, GateState.NEW);
    Backoff hour = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
    context
        .camel
        .getRegistry()
        .bind("rules", new TransitionRules(3, hour, false, LedgerBench.POLLS));
    refuse("update on progress", "old.state = 'unproven' and new.state = 'dead'");
    Batch batch = context.bench.batch(5);
    AtomicInteger handed = new AtomicInteger();
    context
        .concurrency(1)
        .route(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("ledger:claim-pending")
                    .routeId("work")
                    .choice()
                    .when(exchange -> handed.incrementAndGet() == 1)
                    .process(PendingConsumerTest.answered(404))
                    .to("ledger:not-found")
                    .otherwise()
                    .process(PendingConsumerTest.answered(200))
                    .to("ledger:succeeded");
              }
            })
        .start();
    await().until(() -> handed.get() >= 2);

    await().untilAsserted(() -> assertThat(now(batch).open()).isLessThanOrEqualTo(1));
    context.tamper("drop trigger refused");

    await().untilAsserted(() -> assertThat(now(batch).open()).isEqualTo(0));
    context.bench.audit("at the end");
  }

  private void refuse(String what, String when) throws Exception {
    context.tamper(
        "create trigger refused before %s when %s begin select raise(abort, 'disk is full'); end"
            .formatted(what, when));
  }

  private Batch now(Batch batch) {
    return context.bench.ledger.batch(batch.number()).orElseThrow();
  }
}
