package io.facedrop.console.metric;

import io.facedrop.expect.Expectation;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Publication;
import io.facedrop.ledger.view.Expected;
import io.facedrop.ledger.view.Figures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the ledger says of the work of all nodes. It is read once for each who asks, and at most
 * once a second; while it cannot be read, its figures are not numbers.
 */
public final class LedgerMetrics implements MeterBinder {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Ledger ledger;
  private final String sftp;
  private final List<Expectation> expectations;
  private final LongSupplier nanos;
  private final Executor reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Reading last;
  private CompletableFuture<Reading> reading;
  private long readNanos;

  /** What one look at the ledger has shown, and when. */
  private record Reading(
      Figures figures, List<Link> links, List<Expected> expected, long events, Instant at) {

    long late() {
      return expected.stream().filter(one -> one.state() == Expected.State.LATE).count();
    }
  }

  /**
   * @param sftp address of the watched folder on a server; empty for none
   * @param expectations what is expected
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  public LedgerMetrics(
      Ledger ledger, String sftp, List<Expectation> expectations, LongSupplier nanos) {
    this.ledger = ledger;
    this.sftp = sftp;
    this.expectations = expectations;
    this.nanos = nanos;
  }

  /** Reads the ledger, unless that was done within the last second, or is still going on. */
  synchronized void refresh() throws InterruptedException {
    long now = nanos.getAsLong();
    boolean old = reading == null || now - readNanos >= FRESH.toNanos();
    if (old && (reading == null || reading.isDone())) {
      reading = CompletableFuture.supplyAsync(this::read, reader);
      readNanos = now;
    }
    last = awaited();
  }

  private Reading read() {
    Instant now = ledger.clock().instant();
    return new Reading(
        ledger.vitals().figures(),
        ledger.links(),
        ledger.expected(expectations, now),
        ledger.waitingEvents(),
        now);
  }

  /** Who asks must not wait for a database that does not answer. */
  private Reading awaited() throws InterruptedException {
    try {
      return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unread) {
      return null;
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("facedrop.ledger.readable", () -> last == null ? 0 : 1)
        .description("Whether the ledger could be read just now.")
        .register(registry);
    gauge(
        registry,
        "rows.open",
        "Rows of open batches that have not ended.",
        it -> it.figures().rows());
    gauge(registry, "batches.open", "Batches that are not complete.", it -> it.figures().batches());
    gauge(
        registry,
        "batches.held",
        "Batches that wait for the operator, because most of their first answers were dead letters.",
        it -> it.figures().held());
    gauge(
        registry, "expected.late", "Expected manifests that have not come in time.", Reading::late);
    gauge(registry, "events.waiting", "Events that are not delivered yet.", Reading::events);
    gauge(
        registry, "nodes.alive", "Processes that work on the ledger.", it -> it.figures().nodes());
    Stream.of(Output.values()).forEach(output -> unpublished(registry, output));
    Stream.of(Publication.Kind.values()).forEach(kind -> output(registry, kind));
    if (!sftp.isEmpty()) {
      gauge(
          registry,
          "sftp.failing",
          "Whether the watched folder on the SFTP server cannot be polled.",
          it -> count(it, link -> link.place().equals(sftp) && !link.trouble().isEmpty()));
    }
  }

  private void unpublished(MeterRegistry registry, Output output) {
    gauge(
        registry,
        "oldest.unpublished",
        Tags.of("output", output.word()),
        "seconds",
        "How long the oldest row that has ended waits for its part; 0 when none does.",
        it ->
            it.figures()
                .unpublishedSince(output)
                .map(since -> Math.max(0, Duration.between(since, it.at()).toMillis() / 1e3))
                .orElse(0.0));
  }

  private void output(MeterRegistry registry, Publication.Kind kind) {
    String place = Link.output(kind, 0);
    gauge(
        registry,
        "output.failing",
        Tags.of("output", kind.noun()),
        null,
        "How many nodes cannot write this output.",
        it -> count(it, link -> link.isFailingOutput() && link.isAt(place)));
  }

  private static double count(Reading reading, Predicate<Link> which) {
    return reading.links().stream().filter(which).count();
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Reading> value) {
    gauge(registry, name, Tags.empty(), null, description, value);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      Tags tags,
      String unit,
      String description,
      ToDoubleFunction<Reading> value) {
    Gauge.builder("facedrop." + name, () -> of(value))
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }

  private double of(ToDoubleFunction<Reading> value) {
    Reading reading = last;
    return reading == null ? Double.NaN : value.applyAsDouble(reading);
  }
}
