package io.facedrop.command;

import io.facedrop.clock.Reminders;
import io.facedrop.clock.SteadyClock;
import io.facedrop.config.Settings;
import io.facedrop.integration.Workings;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerPlace;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.operator.NamedBatch;
import io.facedrop.words.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ledger that this process works on, put right after whatever happened to the last. */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final WorkLock.Held lock;
  private final Ledger ledger;

  private Session(WorkLock.Held lock, Ledger ledger) {
    this.lock = lock;
    this.ledger = ledger;
  }

  /**
   * Opens the ledger of these settings.
   *
   * @param alone whether no other process may work on it meanwhile, wherever several can
   * @param patience whether to wait for a process that is in the way
   * @throws UsageException when another process is in the way
   */
  static Session open(Settings settings, boolean alone, WorkLock.Patience patience) {
    WorkLock.Held lock;
    try {
      lock = place(settings, alone).take(announced(patience));
    } catch (LedgerInUseException e) {
      throw new UsageException(
          e.getMessage()
              + "; stop it first, or "
              + (alone
                  ? "if it is serve, drop the manifest into its inbox"
                  : "set a facedrop.ledger.url that this serve has to itself"));
    }
    SteadyClock clock = new SteadyClock(lock.clock());
    Ledger ledger =
        place(settings)
            .open(
                lock.membership(),
                settings.api().address(),
                clock,
                clock::earliest,
                settings.batch().holdAfter());
    ledger.notices().want(settings.events().areWanted());
    int inDoubt = ledger.work().recover(Workings.rules(settings, ledger));
    if (inDoubt > 0) {
      LOG.warn(
          "the last process stopped with {} on the way; {} in doubt",
          Count.of(inDoubt, "request"),
          Count.of(inDoubt, "row", "is", "are"));
    }
    return new Session(lock, ledger);
  }

  /** Says once that it waits, and once that the other lives. */
  private static WorkLock.Patience announced(WorkLock.Patience patience) {
    Reminders<String> news = Reminders.once(System::nanoTime);
    return (process, lives) -> {
      if (news.isDue(process + lives)) {
        LOG.info(
            "standing by: process {} {}",
            process,
            lives
                ? "works on the ledger"
                : "worked on the ledger; if it was killed, its lease ends");
      }
      return patience.waits(process, lives);
    };
  }

  /** Where the ledger of these settings lies. */
  static LedgerPlace place(Settings settings) {
    return place(settings, false);
  }

  private static LedgerPlace place(Settings settings, boolean alone) {
    Settings.LedgerAddress address = settings.ledger();
    return new LedgerPlace(
        address.url(),
        address.username(),
        address.password(),
        new NodeIdentity(address.node(), address.lease(), settings.api().address(), alone));
  }

  /** Opens the ledger to read it, whoever works on it. */
  static LedgerReader reader(Settings settings) {
    return place(settings).reader(settings.api().address());
  }

  /**
   * Opens the ledger beside whoever works on it.
   *
   * @throws UsageException when there is none
   */
  static Ledger beside(Settings settings) {
    verifyThere(settings);
    LedgerPlace place = place(settings);
    return place.open(settings.api().address(), place.clock(), moment -> moment, 0);
  }

  /**
   * Looks whether there is a ledger.
   *
   * @throws UsageException when there is none
   */
  static void verifyThere(Settings settings) {
    LedgerPlace place = place(settings);
    if (!place.exists()) {
      throw new UsageException(missing(place));
    }
  }

  /** That no ledger is there, where it was looked for, and what to do. */
  static String missing(LedgerPlace place) {
    return "there is no ledger "
        + place.name()
        + "; run this where serve or run works, or set facedrop.ledger.url";
  }

  /**
   * The batch of this id, or the one that it abbreviates.
   *
   * @param id whole, or the beginning of it or of its eight digits at the end
   * @throws UsageException when there is none, or more than one
   */
  static Batch batch(LedgerReader ledger, String id) {
    NamedBatch named = NamedBatch.of(ledger, id);
    return named
        .only()
        .orElseThrow(
            () ->
                new UsageException(
                    named.trouble() + (named.found().isEmpty() ? "; status lists them" : "")));
  }

  /**
   * Looks whether the rows of a batch are there.
   *
   * @param instead what else an operator can do
   * @throws UsageException when they are removed
   */
  static void verifyRows(LedgerReader ledger, Batch batch, String instead) {
    if (!ledger.of(batch).hasRows()) {
      throw new UsageException(
          "the rows of batch "
              + batch.id()
              + " are no longer in the ledger: it keeps those of a complete batch for"
              + " facedrop.ledger.retention; "
              + instead);
    }
  }

  /** What is lost by leaving before the answers to what was sent have come. */
  static String priceOfLeaving(Settings settings) {
    return "Up to "
        + Count.of(settings.api().concurrency(), "request")
        + " on the way may have been charged: the next start "
        + (settings.inDoubt() == Settings.InDoubt.RESUBMIT
            ? "sends their rows again."
            : "makes their rows dead letters IN_DOUBT.");
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    ledger.work().leave();
    ledger.close();
    lock.close();
  }
}
