package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.gate.Backoff;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.query.ListedAges;
import io.facedrop.ledger.settle.TransitionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two routes on the same threads: one submits, one collects. */
@Timeout(60)
class SubmittedConsumerTest {
  private static final Processor NOTHING = exchange -> {};

  @TempDir Path directory;
  private final AtomicInteger posts = new AtomicInteger();
  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<Integer> openTasks = new CopyOnWriteArrayList<>();
  private LedgerContext context;

  @BeforeEach
  void open() throws Exception {
    context = new LedgerContext(directory);
    Backoff soon = new Backoff(Duration.ofMillis(10), Duration.ofMillis(20));
    ListedAges often =
        new ListedAges(List.of(Duration.ofMillis(5)), Duration.ofMillis(10), Duration.ofMinutes(1));
    context.camel.getRegistry().bind("rules", new TransitionRules(3, soon, false, often));
  }

  @AfterEach
  void close() {
    context.camel.stop();
    assertThat(context.bench.see("select count(*) from claim")).isEqualTo(0);
    assertThat(context.bench.see("select sum(requests) from batch"))
        .isEqualTo(posts.get() + polls.get());
    context.bench.audit("at the end");
    context.close();
  }

  @Test
  void everyTaskIsFollowedUntilItEndsOnSharedThreads() throws Exception {
    start(8, 4, 0, NOTHING, NOTHING);
    Batch batch = context.bench.batch(300);

    await().untilAsserted(() -> assertThat(now(batch).succeeded()).isEqualTo(300));

    assertThat(posts).hasValue(300);
    assertThat(polls).hasValue(600);
    assertThat(most.get()).isBetween(1, 8);
  }

  @Test
  void noMoreTasksAreOpenThanMayBe() throws Exception {
    start(
        8,
        8,
        5,
        exchange -> openTasks.add((Integer) context.bench.see(OPEN)),
        exchange -> openTasks.add((Integer) context.bench.see(OPEN)));
    Batch batch = context.bench.batch(100);

    await().untilAsserted(() -> assertThat(now(batch).succeeded()).isEqualTo(100));

    assertThat(openTasks).allMatch(open -> open <= 5).contains(5);
  }

  private static final String OPEN =
      """
      select count(*)
        from (select id from progress where state = 'submitted' union select row_id from claim)
      """;

  @Test
  void submittingGoesOnWhileCollectingIsSuspended() throws Exception {
    start(4, 4, 0, NOTHING, NOTHING);
    context.camel.getRouteController().suspendRoute("collect");
    int before = polls.get();
    Batch batch = context.bench.batch(20);

    await().until(() -> submitted() == 20);
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(2))
        .until(() -> polls.get() == before);
    assertThat(context.bench.see("select count(*) from claim")).isEqualTo(0);

    context.camel.getRouteController().resumeRoute("collect");

    await().atMost(Duration.ofSeconds(5)).until(() -> now(batch).succeeded() == 20);
  }

  @Test
  void collectingGoesOnWhileSubmittingIsSuspended() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    start(4, 4, 0, NOTHING, exchange -> answers.await());
    Batch first = context.bench.batch(2);
    await().until(() -> polls.get() == 2);

    context.camel.getRouteController().suspendRoute("submit");
    Batch second = context.bench.batch(20);
    answers.countDown();

    await().until(() -> now(first).succeeded() == 2);
    assertThat(posts).hasValue(2);
    assertThat(now(second).open()).isEqualTo(20);

    context.camel.getRouteController().resumeRoute("submit");

    await().atMost(Duration.ofSeconds(5)).until(() -> now(second).succeeded() == 20);
  }

  @Test
  void routeThatIsStoppedAloneSettlesWhatIsInHandAndTheOtherGoesOn() throws Exception {
    CountDownLatch inHand = new CountDownLatch(3);
    CountDownLatch answers = new CountDownLatch(1);
    start(
        6,
        6,
        0,
        NOTHING,
        exchange -> {
          inHand.countDown();
          answers.await();
        });
    Batch first = context.bench.batch(3);
    inHand.await();
    Thread stopping = new Thread(() -> stop("collect"));
    stopping.start();
    await().until(() -> context.camel.getInflightRepository().size("collect") == 3);

    Batch second = context.bench.batch(10);
    await().until(() -> submitted() >= 10);
    answers.countDown();
    stopping.join();

    assertThat(context.bench.see("select count(*) from claim")).isEqualTo(0);
    int before = polls.get();
    Batch third = context.bench.batch(10);
    await().until(() -> posts.get() == 23);
    assertThat(polls).hasValue(before);

    context.camel.getRouteController().startRoute("collect");

    await()
        .untilAsserted(
            () ->
                assertThat(
                        now(first).succeeded() + now(second).succeeded() + now(third).succeeded())
                    .isEqualTo(23));
  }

  @Test
  void stopUnderLoadLeavesNoClaimAndBothCanBeStartedAgain() throws Exception {
    start(8, 8, 20, NOTHING, NOTHING);
    Batch batch = context.bench.batch(2000);
    for (int round = 1; round <= 5; round++) {
      int seen = polls.get();
      await().until(() -> polls.get() > seen + 20);
      String first = round % 2 == 0 ? "submit" : "collect";
      String last = round % 2 == 0 ? "collect" : "submit";
      stop(first);
      stop(last);
      assertThat(context.bench.see("select count(*) from claim"))
          .as("round %s", round)
          .isEqualTo(0);
      context.camel.getRouteController().startRoute(first);
      context.camel.getRouteController().startRoute(last);
    }
    assertThat(now(batch).open()).isPositive();
    await().until(() -> now(batch).succeeded() > 0);
    assertThat(most.get()).isLessThanOrEqualTo(8);
  }

  /** Each task is processing when it is first asked for, and has succeeded afterwards. */
  private void start(int posting, int polling, int mostOpen, Processor post, Processor poll)
      throws Exception {
    context
        .concurrency(Math.max(posting, polling))
        .route(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("ledger:claim-pending?maxOpenTasks=" + mostOpen)
                    .routeId("submit")
                    .process(counted(posts, post))
                    .to("ledger:submitted");
                from("ledger:claim-submitted")
                    .routeId("collect")
                    .process(counted(polls, poll))
                    .choice()
                    .when(SubmittedConsumerTest::isFirst)
                    .to("ledger:running")
                    .otherwise()
                    .to("ledger:succeeded");
              }
            })
        .start();
  }

  private static boolean isFirst(Exchange exchange) {
    return exchange.getMessage().getBody(ClaimedRow.class).requests() < 2;
  }

  private Processor counted(AtomicInteger count, Processor step) {
    return exchange -> {
      count.incrementAndGet();
      most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
      step.process(exchange);
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      data.put("detect_task_id", "task-" + exchange.getMessage().getBody(ClaimedRow.class).id());
      exchange.setVariable(
          AnswerReader.ANSWER, new Answer(200, 200, 200, "success", data, null, null, null));
      atWork.decrementAndGet();
    };
  }

  private void stop(String route) {
    try {
      context.camel.getRouteController().stopRoute(route);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int submitted() {
    return (Integer) context.bench.see("select count(*) from progress where state = 'submitted'");
  }

  private Batch now(Batch batch) {
    return context.bench.ledger.batch(batch.number()).orElseThrow();
  }
}
