package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PendingConsumerTest {
  @TempDir Path directory;
  private LedgerContext context;

  @AfterEach
  void close() {
    context.bench.audit("at the end");
    context.close();
  }

  @Test
  void everyRowIsHandedOutOnceOnSoManyWorkers() throws Exception {
    List<Long> handed = new CopyOnWriteArrayList<>();
    CyclicBarrier together = new CyclicBarrier(8);
    Batch batch =
        started(
            400,
            8,
            exchange -> {
              together.await(20, TimeUnit.SECONDS);
              handed.add(exchange.getMessage().getBody(ClaimedRow.class).id());
            },
            "ledger:succeeded");

    await().untilAsserted(() -> assertThat(now(batch).succeeded()).isEqualTo(400));

    assertThat(handed).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void claimIsThereWhenTheRouteBegins() throws Exception {
    List<Object> claims = new CopyOnWriteArrayList<>();
    Batch batch =
        started(
            3,
            1,
            exchange -> claims.add(context.bench.see("select row_id from claim")),
            "ledger:succeeded");

    await().until(() -> now(batch).open() == 0);

    assertThat(claims).containsExactly(4294967296L, 4294967297L, 4294967298L);
  }

  @ParameterizedTest
  @CsvSource({
    "succeeded,                               200, succeeded, 1, 1",
    "dead-letter?reason=VALIDATION_ERROR,     422, dead,      1, 1",
    "not-found,                               404, dead,      1, 1",
    "retry?reason=SERVER_ERROR,               500, dead,      3, 3",
    "in-doubt,                                200, dead,      1, 1",
    "submitted,                               200, dead,      1, 1"
  })
  void outcomeThatTheRouteNotesIsSettled(
      String operation, int code, String state, int attempts, int requests) throws Exception {
    Batch batch = started(1, 1, answered(code), "ledger:" + operation);

    await().until(() -> now(batch).open() == 0);

    assertThat(context.bench.state(batch, 0)).isEqualTo(state);
    assertThat(context.bench.see("select attempts from progress")).isEqualTo(attempts);
    assertThat(context.bench.see("select requests from progress")).isEqualTo(requests);
    assertThat(context.bench.see("select code from progress")).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "pause,       429, 1, 'code 429: words'",
    "pause,       455, 1, 'code 455: words'",
    "halt,        402, 1, ''",
    "unreachable, 0,   0, ''"
  })
  void outcomeThatLeavesTheRowOpenIsSettled(
      String operation, int code, int requests, String pauseCause) throws Exception {
    CountDownLatch once = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    Batch batch =
        started(
            1,
            1,
            exchange -> {
              if (code != 0) {
                answered(code).process(exchange);
              }
              if (once.getCount() == 0) {
                looked.await();
              }
              once.countDown();
            },
            "ledger:" + operation);

    await().until(() -> "waiting".equals(context.bench.state(batch, 0)));

    assertThat(context.bench.see("select attempts from progress")).isEqualTo(0);
    assertThat(context.bench.see("select requests from progress")).isEqualTo(requests);
    assertThat(context.gate.state().pauseCause()).isEqualTo(pauseCause);
    assertThat(context.gate.state().halt().code()).isEqualTo(operation.equals("halt") ? 402 : 0);
    looked.countDown();
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, waiting, 0, the route ended without an outcome",
    "true,  false, dead,    1, the route ended without an outcome",
    "false, true,  waiting, 0, broken",
    "true,  true,  dead,    1, broken"
  })
  void exchangeWithoutOutcomeIsInDoubtOnlyWhenItWasSentSomewhere(
      boolean sent, boolean fails, String state, int requests, String message) throws Exception {
    context = new LedgerContext(directory);
    Batch batch = context.bench.batch(1);
    context
        .concurrency(1)
        .route(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:elsewhere").process(exchange -> {});
                from("ledger:claim-pending")
                    .filter(exchange -> sent)
                    .to("direct:elsewhere")
                    .end()
                    .process(
                        exchange -> {
                          if (fails) {
                            throw new IllegalStateException("broken");
                          }
                        });
              }
            })
        .start();

    await().until(() -> state.equals(context.bench.state(batch, 0)));

    assertThat(context.bench.see("select message from progress").toString())
        .matches(sent ? "sent \\S+Z, " + message + "; it may have been charged" : message);
    assertThat(context.bench.see("select requests from progress")).isEqualTo(requests);
    assertThat(context.bench.see("select reason from progress"))
        .isEqualTo(sent ? "IN_DOUBT" : null);
  }

  @Test
  void suspendStopsClaimingAndResumeGoesOn() throws Exception {
    AtomicInteger handed = new AtomicInteger();
    Batch first = started(50, 4, exchange -> handed.incrementAndGet(), "ledger:succeeded");
    await().until(() -> now(first).open() == 0);

    context.camel.getRouteController().suspendRoute("work");
    Batch second = context.bench.batch(50);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(2))
        .until(() -> handed.get() == 50);
    assertThat(context.bench.see("select count(*) from claim")).isEqualTo(0);

    context.camel.getRouteController().resumeRoute("work");

    await().until(() -> now(second).open() == 0);
    assertThat(handed).hasValue(100);
  }

  @Test
  void workersThatWaitForThePausedGateClaimNothingOnceSuspended() throws Exception {
    long until = System.currentTimeMillis() + 1500;
    context =
        new LedgerContext(
            directory,
            new GateState(
                0, true, new GateState.Pause(until, "x", 1), Map.of(), GateState.Halt.NONE));
    context.bench.batch(20);
    AtomicInteger handed = new AtomicInteger();
    context
        .concurrency(4)
        .route(work(exchange -> handed.incrementAndGet(), "ledger:succeeded"))
        .start();

    context.camel.getRouteController().suspendRoute("work");

    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(5))
        .until(() -> handed.get() == 0);
    context.camel.getRouteController().resumeRoute("work");
    await().until(() -> handed.get() == 20);
  }

  @Test
  void stoppedRouteCanBeStartedAgain() throws Exception {
    Batch first = started(5, 2, exchange -> {}, "ledger:succeeded");
    await().until(() -> now(first).open() == 0);

    context.camel.getRouteController().stopRoute("work");
    Batch second = context.bench.batch(5);
    context.camel.getRouteController().startRoute("work");

    await().until(() -> now(second).open() == 0);
  }

  @Test
  void stopSettlesWhatIsInFlight() throws Exception {
    CountDownLatch inFlight = new CountDownLatch(3);
    CountDownLatch answers = new CountDownLatch(1);
    Batch batch =
        started(
            100,
            3,
            exchange -> {
              inFlight.countDown();
              answers.await();
            },
            "ledger:succeeded");
    inFlight.await();
    Thread stopping = new Thread(context.camel::stop);
    stopping.start();
    await().until(() -> context.camel.getStatus().isStopping());

    answers.countDown();
    stopping.join();

    assertThat(now(batch).succeeded()).isEqualTo(3);
    assertThat(context.bench.see("select count(*) from claim")).isEqualTo(0);
  }

  @Test
  void idleWorkersStopAtOnce() throws Exception {
    Batch batch = started(5, 8, exchange -> {}, "ledger:succeeded");
    await().until(() -> now(batch).open() == 0);

    stopsWithin(Duration.ofSeconds(3));
  }

  @Test
  void workersAtAHaltedGateStopAtOnce() throws Exception {
    long never = System.currentTimeMillis() + 50_000;
    context =
        new LedgerContext(
            directory,
            new GateState(
                0,
                true,
                GateState.Pause.NONE,
                Map.of(),
                new GateState.Halt(401, "", false, 1, never)));
    context.bench.batch(5);
    context.concurrency(8).route(work(exchange -> {}, "ledger:succeeded")).start();

    stopsWithin(Duration.ofSeconds(3));
  }

  private void stopsWithin(Duration longest) {
    long begun = System.nanoTime();
    context.camel.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(longest);
  }

  private Batch started(int rows, int concurrency, Processor step, String last) throws Exception {
    context = new LedgerContext(directory);
    Batch batch = context.bench.batch(rows);
    context.concurrency(concurrency).route(work(step, last)).start();
    return batch;
  }

  private Batch now(Batch batch) {
    return context.bench.ledger.batch(batch.number()).orElseThrow();
  }

  static RouteBuilder work(Processor step, String last) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("ledger:claim-pending").routeId("work").process(step).to(last);
      }
    };
  }

  static Processor answered(int code) {
    return (Exchange exchange) ->
        exchange.setVariable(
            AnswerReader.ANSWER,
            new Answer(200, code, code, "words", MissingNode.getInstance(), null, null, null));
  }
}
