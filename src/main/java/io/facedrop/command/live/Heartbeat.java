package io.facedrop.command.live;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.Vitals;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.view.Figures;
import io.facedrop.words.Count;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once a minute how far the work is, as long as rows are worked. */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Vitals vitals;
  private final Supplier<GateState> gate;
  private final LongSupplier nanos;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private long ended;
  private long requests;
  private long sinceNanos;

  /**
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  public Heartbeat(Vitals vitals, Supplier<GateState> gate, LongSupplier nanos) {
    this.vitals = vitals;
    this.gate = gate;
    this.nanos = nanos;
    this.ended = vitals.endedRows();
    this.requests = vitals.figures().requests();
    this.sinceNanos = nanos.getAsLong();
  }

  public Heartbeat start() {
    clock.scheduleAtFixedRate(
        this::beat, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void beat() {
    try {
      line().ifPresent(LOG::info);
    } catch (LedgerException unread) {
      LOG.debug("no heartbeat", unread);
    }
  }

  /** What there is to say since the last time; empty when nothing was ended or sent. */
  Optional<String> line() {
    Figures now = vitals.figures();
    long all = vitals.endedRows();
    long since = all - ended;
    boolean worked = since > 0 || now.requests() != requests;
    double seconds = Math.max((nanos.getAsLong() - sinceNanos) / 1e9, 0.001);
    ended = all;
    requests = now.requests();
    sinceNanos = nanos.getAsLong();
    return worked ? Optional.of(line(since, now.rows(), since / seconds)) : Optional.empty();
  }

  private String line(long since, long open, double rate) {
    return String.format(
        Locale.ROOT,
        "%s ended since the last such line, %,d open, %.1f rows/s, gate %s",
        Count.of(since, "row"),
        open,
        rate,
        state(gate.get()));
  }

  private static String state(GateState gate) {
    if (gate.halted()) {
      return "halted";
    }
    return gate.isClosed() ? "paused" : "open";
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
