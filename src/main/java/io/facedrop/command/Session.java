package io.facedrop.command;

import io.facedrop.clock.SteadyClock;
import io.facedrop.config.Settings;
import io.facedrop.integration.Beans;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.LedgerInUseException;
import io.facedrop.ledger.sqlite.LedgerLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ledger that this process alone works on, put right after whatever happened to the last. */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final LedgerLock lock;
  private final Ledger ledger;

  private Session(LedgerLock lock, Ledger ledger) {
    this.lock = lock;
    this.ledger = ledger;
  }

  /**
   * Opens the ledger of these settings.
   *
   * @throws UsageException when another process works on it
   */
  static Session open(Settings settings) {
    LedgerLock lock;
    try {
      lock = LedgerLock.take(Ledger.file(settings.ledgerUrl()));
    } catch (LedgerInUseException e) {
      throw new UsageException(e.getMessage());
    }
    SteadyClock clock = new SteadyClock();
    Ledger ledger =
        Ledger.open(
            settings.ledgerUrl(),
            settings.api().address(),
            clock,
            clock::earliest,
            settings.batch().holdAfter());
    int inDoubt = ledger.work().recover(Beans.rules(settings, ledger));
    if (inDoubt > 0) {
      LOG.warn(
          "the last process stopped with {} requests on their way; their rows are in doubt",
          inDoubt);
    }
    return new Session(lock, ledger);
  }

  /** Opens the ledger to read it, whoever works on it. */
  static LedgerReader reader(Settings settings) {
    return LedgerReader.open(settings.ledgerUrl(), settings.api().address());
  }

  /**
   * Opens the ledger beside whoever works on it.
   *
   * @throws UsageException when there is none
   */
  static Ledger beside(Settings settings) {
    Path file = Ledger.file(settings.ledgerUrl());
    if (!Files.exists(file)) {
      throw new UsageException(
          "there is no ledger "
              + file
              + "; run this where serve or run works, or set"
              + " facedrop.ledger.url");
    }
    return Ledger.open(
        settings.ledgerUrl(), settings.api().address(), Clock.systemUTC(), moment -> moment, 0);
  }

  /**
   * The batch of this id.
   *
   * @throws UsageException when there is none
   */
  static Batch batch(Ledger ledger, String id) {
    return ledger
        .batch(id)
        .orElseThrow(
            () -> new UsageException("no batch " + id + " is in this ledger; status lists them"));
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    ledger.close();
    lock.close();
  }
}
