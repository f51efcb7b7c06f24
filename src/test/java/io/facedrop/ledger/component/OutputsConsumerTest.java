package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.component.output.OutputFault;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Publication;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutputsConsumerTest {
  @TempDir Path directory;
  private LedgerContext context;
  private final List<String> published = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws Exception {
    context = new LedgerContext(directory);
  }

  @AfterEach
  void close() {
    context.bench.audit("at the end");
    context.close();
  }

  @Test
  void partsThenArchiveThenReport() throws Exception {
    Batch batch = archived();
    context.bench.succeedAll();
    start("5m", exchange -> {});

    await().until(() -> now(batch).complete());

    assertThat(published).containsExactly("success", "dead-letter", "archive", "report");
    assertThat(now(batch).archivedAt()).isNotNull();
    assertThat(context.bench.ledger.of(batch).parts())
        .allMatch(part -> part.file().equals("the file") && part.sha256().equals("ab"));
  }

  @Test
  void acceptanceIsAcknowledgedAtOnceAndNothingEndsWithoutIt() throws Exception {
    Batch batch = context.bench.batch(1);
    AtomicInteger failures = new AtomicInteger();
    start(
        "5m&acknowledge=true",
        exchange -> {
          Publication publication = exchange.getMessage().getBody(Publication.class);
          if (publication.kind() == Publication.Kind.ACCEPTED && failures.getAndIncrement() == 0) {
            throw new IllegalStateException("no such host");
          }
        });
    context.bench.succeedAll();

    await().until(() -> now(batch).complete());

    assertThat(published).containsExactlyInAnyOrder("accepted", "success", "report");
    assertThat(published).endsWith("report");
    assertThat(failures).hasValue(2);
    assertThat(context.bench.ledger.links())
        .extracting(Link::place)
        .contains("output acknowledgement");
    assertThat(context.bench.ledger.publishing().unacknowledgedBatches()).isEmpty();
  }

  @Test
  void whileRowsCannotBePublishedForLongNothingMoreIsSubmitted() throws Exception {
    Batch batch = context.bench.batch(1);
    AtomicBoolean mended = new AtomicBoolean();
    start(
        "200ms",
        exchange -> {
          if (!mended.get()) {
            throw new IllegalStateException("no such host");
          }
        });
    context.bench.succeedAll();
    Workers workers = context.camel.getComponent("ledger", LedgerComponent.class).getWorkers();

    await().until(() -> !workers.isSubmitting());
    assertThat(context.bench.ledger.links())
        .anyMatch(link -> link.place().equals("output success") && !link.trouble().isEmpty());
    mended.set(true);

    await().until(workers::isSubmitting);
    await().until(() -> now(batch).complete());
    assertThat(context.bench.ledger.links()).allMatch(link -> link.trouble().isEmpty());
  }

  @Test
  void aSubfolderThatCannotBeWrittenDoesNotStopTheOthers() throws Exception {
    Batch broken = inFolder("pa/");
    AtomicInteger failures = new AtomicInteger();
    AtomicBoolean mended = new AtomicBoolean();
    start(
        "200ms",
        exchange -> {
          Publication publication = exchange.getMessage().getBody(Publication.class);
          if (publication.batch().number() == broken.number() && !mended.get()) {
            failures.incrementAndGet();
            throw new IllegalStateException("no folder");
          }
        });
    context.bench.succeedAll();
    Workers workers = context.camel.getComponent("ledger", LedgerComponent.class).getWorkers();

    // Its second failure is later than the interval.
    await().until(() -> failures.get() == 2 || !workers.isSubmitting());

    await().during(Duration.ofMillis(300)).until(workers::isSubmitting);
    mended.set(true);
    await().until(() -> now(broken).complete());
  }

  @Test
  void whatCannotReachItsPlaceIsTriedOnceForAllBatches() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    AtomicBoolean mended = new AtomicBoolean();
    context
        .camel
        .getRegistry()
        .bind("faults", (OutputFault.Reader) failure -> new OutputFault("not there", false, true));
    for (int i = 0; i < 20; i++) {
      context.bench.batch(1);
    }
    context.bench.succeedAll();
    start(
        "5m",
        exchange -> {
          tries.incrementAndGet();
          if (!mended.get()) {
            throw new IllegalStateException("no such host");
          }
        });

    await().until(() -> tries.get() == 2);
    mended.set(true);

    await().until(() -> context.bench.ledger.openBatches().isEmpty());
    assertThat(tries).hasValue(2 + 40);
  }

  @Test
  void batchThatIsNotOursToArchiveGoesWithoutArchive() throws Exception {
    Batch batch = context.bench.batch(1);
    start("5m", exchange -> {});
    context.bench.succeedAll();

    await().until(() -> now(batch).complete());

    assertThat(published).containsExactly("success", "report");
  }

  @Test
  void settledRowsArePublishedWhenTheirTimeIsUp() throws Exception {
    Batch batch = context.bench.batch(2);
    start("100ms", exchange -> {});
    context.bench.ledger.work().workOn(null);
    settleOne();

    await().until(() -> published.contains("success"));

    assertThat(now(batch).complete()).isFalse();
  }

  @Test
  void whatFailedIsHandedOutAgain() throws Exception {
    Batch batch = context.bench.batch(1);
    AtomicInteger tries = new AtomicInteger();
    start(
        "5m",
        exchange -> {
          if (tries.incrementAndGet() <= 2) {
            throw new IllegalStateException("no such host");
          }
        });
    context.bench.succeedAll();

    await().until(() -> now(batch).complete());

    assertThat(published).containsExactly("success", "report");
    assertThat(tries).hasValue(4);
  }

  @Test
  void batchThatCannotBePublishedDoesNotHoldOthersUp() throws Exception {
    Batch broken = context.bench.batch(1);
    AtomicInteger failures = new AtomicInteger();
    AtomicBoolean mended = new AtomicBoolean();
    start(
        "5m",
        exchange -> {
          Publication publication = exchange.getMessage().getBody(Publication.class);
          if (publication.batch().number() == broken.number() && !mended.get()) {
            failures.incrementAndGet();
            throw new IllegalStateException("no such host");
          }
        });
    context.bench.succeedAll();
    // Its pause has grown to seconds by now.
    await().atMost(Duration.ofSeconds(20)).until(() -> failures.get() == 3);

    Batch healthy = context.bench.batch(1);
    context.bench.succeedAll();

    await().atMost(Duration.ofMillis(1500)).until(() -> now(healthy).complete());
    mended.set(true);
    await().atMost(Duration.ofSeconds(20)).until(() -> now(broken).complete());
  }

  @Test
  void suspendStopsPublishingAndResumeGoesOn() throws Exception {
    start("5m", exchange -> {});
    context.camel.getRouteController().suspendRoute("publish");
    Batch batch = context.bench.batch(1);
    context.bench.succeedAll();
    await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(2)).until(published::isEmpty);

    context.camel.getRouteController().resumeRoute("publish");

    await().until(() -> now(batch).complete());
  }

  @Test
  void stoppedRouteCanBeStartedAgain() throws Exception {
    start("5m", exchange -> {});
    context.camel.getRouteController().stopRoute("publish");
    context.camel.getRouteController().startRoute("publish");
    Batch batch = context.bench.batch(1);
    context.bench.succeedAll();

    await().until(() -> now(batch).complete());
  }

  @Test
  void stopDoesNotWaitForTheNextTry() throws Exception {
    CountDownLatch failed = new CountDownLatch(2);
    context.bench.batch(1);
    start(
        "5m",
        exchange -> {
          failed.countDown();
          throw new IllegalStateException("no such host");
        });
    context.bench.succeedAll();
    failed.await();

    long begun = System.nanoTime();
    context.camel.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void cancellationByAnotherProcessIsFinished() throws Exception {
    Batch batch = context.bench.batch(3);
    context.tamper("update batch set cancelled_at = 1");
    start("5m", exchange -> {});

    await().until(() -> now(batch).complete());

    assertThat(now(batch).dead()).isEqualTo(3);
    assertThat(published).containsExactly("dead-letter", "report");
  }

  private void start(String interval, Processor step) throws Exception {
    context
        .route(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("ledger:publish?interval=" + interval)
                    .routeId("publish")
                    .errorHandler(noErrorHandler())
                    .process(step)
                    .setVariable("file", constant("the file"))
                    .setVariable("sha256", constant("ab"))
                    .process(
                        exchange ->
                            published.add(
                                exchange.getVariable(LedgerConstants.OUTPUT, String.class)));
              }
            })
        .start();
  }

  /** A batch with one good and one invalid row, whose manifest is ours to archive. */
  private Batch archived() throws Exception {
    long number =
        context
            .bench
            .ledger
            .acceptance()
            .begin(
                new NewBatch(
                    ManifestName.of("cats.csv"),
                    "",
                    Path.of("/inbox/.work/cats.csv"),
                    true,
                    new Layout(Format.CSV, ',', "image_url"),
                    LedgerBench.SHA256));
    List<Row> rows =
        List.of(
            new Row(2, "https://claimedRows.example/1.jpg", "", "", null, null),
            new Row(3, "no URL", "", "", null, null));
    context.bench.ledger.acceptance().add(number, new RowGroup(0, rows));
    return context.bench.ledger.acceptance().accept(number, LedgerBench.SHA256);
  }

  /** A batch with one good row. */
  private Batch inFolder(String folder) throws Exception {
    long number =
        context
            .bench
            .ledger
            .acceptance()
            .begin(
                new NewBatch(
                    ManifestName.of("cats.csv"),
                    folder,
                    Path.of("cats.csv"),
                    false,
                    new Layout(Format.CSV, ',', "image_url"),
                    LedgerBench.SHA256));
    context
        .bench
        .ledger
        .acceptance()
        .add(
            number,
            new RowGroup(
                0, List.of(new Row(2, "https://claimedRows.example/1.jpg", "", "", null, null))));
    return context.bench.ledger.acceptance().accept(number, LedgerBench.SHA256);
  }

  private void settleOne() {
    context
        .bench
        .ledger
        .work()
        .settleAndClaim(
            LedgerBench.RULES.transition(
                context.bench.claim(),
                new io.facedrop.ledger.model.Outcome(
                    io.facedrop.ledger.model.Outcome.Kind.SUCCEEDED,
                    null,
                    200,
                    200,
                    "",
                    "task",
                    null,
                    null),
                true,
                0,
                0),
            false);
  }

  private Batch now(Batch batch) {
    return context.bench.ledger.batch(batch.number()).orElseThrow();
  }
}
