package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventsConsumerTest {
  @TempDir Path directory;
  private LedgerContext context;
  private final List<Notice> tried = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws Exception {
    context = new LedgerContext(directory);
    context.bench.ledger.notices().want(true);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void eventsAreHandedOverInTheirOrder() throws Exception {
    context.bench.batch(1);
    context.bench.ledger.publishing().completed(context.bench.batch(1));
    start(exchange -> {});

    await().until(() -> context.bench.ledger.waitingEvents() == 0);

    assertThat(tried)
        .extracting(notice -> notice.kind().words())
        .containsExactly("manifest accepted", "manifest accepted", "batch complete");
  }

  @Test
  void whatIsNotDeliveredComesAgainWithItsIdAndNothingOvertakesIt() throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    context
        .camel
        .getRegistry()
        .bind("faults", (DeliveryFault) failure -> "refused: " + failure.getMessage());
    context.bench.batch(1);
    context.bench.batch(1);
    start(
        exchange -> {
          if (!mended.get()) {
            throw new IllegalStateException("no such host");
          }
        });

    await().until(() -> tried.size() == 2);
    assertThat(context.bench.ledger.links())
        .filteredOn(link -> link.place().equals(Link.EVENTS))
        .singleElement()
        .satisfies(link -> assertThat(link.trouble()).isEqualTo("refused: no such host"))
        .satisfies(link -> assertThat(link.isFailingOutput()).isTrue());
    mended.set(true);

    await().until(() -> context.bench.ledger.waitingEvents() == 0);
    assertThat(tried.get(0)).isEqualTo(tried.get(1)).isEqualTo(tried.get(2));
    assertThat(tried).hasSize(4);
    await().until(() -> context.bench.ledger.links().stream().noneMatch(Link::isFailingOutput));
  }

  @Test
  void suspendStopsDeliveryAndResumeGoesOn() throws Exception {
    start(exchange -> {});
    context.camel.getRouteController().suspendRoute("events");
    context.bench.batch(1);
    await().during(Duration.ofMillis(700)).until(tried::isEmpty);

    context.camel.getRouteController().resumeRoute("events");

    await().until(() -> tried.size() == 1);
  }

  @Test
  void stopDoesNotWaitForTheNextTry() throws Exception {
    CountDownLatch failed = new CountDownLatch(2);
    context.bench.batch(1);
    start(
        exchange -> {
          failed.countDown();
          throw new IllegalStateException("no such host");
        });
    failed.await();

    long begun = System.nanoTime();
    context.camel.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }

  private void start(Processor step) throws Exception {
    context
        .route(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("ledger:events")
                    .routeId("events")
                    .errorHandler(noErrorHandler())
                    .process(exchange -> tried.add(exchange.getMessage().getBody(Notice.class)))
                    .process(step);
              }
            })
        .start();
  }
}
