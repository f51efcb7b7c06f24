package io.facedrop.ledger;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.ledger.accept.Acceptance;
import io.facedrop.ledger.claim.Agenda;
import io.facedrop.ledger.claim.Claims;
import io.facedrop.ledger.claim.Dispatch;
import io.facedrop.ledger.claim.OpenTasks;
import io.facedrop.ledger.claim.WorkSignal;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import io.facedrop.ledger.gate.KeptGate;
import io.facedrop.ledger.gate.LostCommits;
import io.facedrop.ledger.gate.Reservations;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.Writer;
import io.facedrop.ledger.query.KeptEvidence;
import io.facedrop.ledger.settle.Transitions;
import io.facedrop.ledger.settle.Trials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * The durable state of every batch and row; what it has returned from is committed.
 *
 * <p>Safe for many threads. Every method throws {@link LedgerException} when the database cannot be
 * read or written; nothing of what was asked has then happened.
 */
public final class Ledger extends LedgerReader {
  private final Clock clock;
  private final Writer writer;
  private final Connection writing;
  private final OpenTasks openTasks;
  private final Trials trials;
  private final Vitals vitals;
  private final Acceptances acceptances;
  private final RowWork work;
  private final Publishing publishing;
  private final Orders orders;
  private final Housekeeping housekeeping;
  private final Deliveries deliveries;
  private final Notices notices;
  private final Membership membership;
  private final Supplier<Ledger> opener;
  private Ledger beside;
  private volatile boolean besideEnded;
  private final Reservations reservations;

  private Ledger(
      Dialect dialect,
      Membership membership,
      String api,
      Clock clock,
      LongUnaryOperator earliest,
      int holdAfter,
      Supplier<Ledger> opener)
      throws SQLException {
    super(dialect, api);
    this.opener = opener;
    this.membership = membership;
    this.reservations = new Reservations(dialect);
    this.clock = clock;
    this.writing = dialect.writing();
    this.trials = new Trials(writing, holdAfter);
    this.openTasks = new OpenTasks(writing);
    Transitions transitions = new Transitions(writing, trials, membership.epoch(), earliest);
    Agenda agenda = new Agenda();
    WorkSignal settled = new WorkSignal();
    Acceptance acceptance = new Acceptance(writing, api, membership.epoch(), transitions);
    KeptEvidence evidence = new KeptEvidence(writing, api, membership.epoch());
    Claims claims = new Claims(writing, openTasks, evidence, membership.epoch());
    this.writer = new Writer(dialect, writing, new WriterNews());
    Workshop shop =
        new Workshop(
            this,
            writer,
            writing,
            clock,
            membership,
            transitions,
            openTasks,
            trials,
            agenda,
            settled,
            this::beside);
    this.acceptances = new Acceptances(shop, acceptance);
    this.work =
        new RowWork(
            shop,
            api,
            new Dispatch(writer, claims, transitions, openTasks, agenda, settled, clock),
            claims,
            evidence,
            acceptances);
    this.vitals = new Vitals(shop);
    this.publishing = new Publishing(shop);
    this.housekeeping = new Housekeeping(shop);
    this.orders = new Orders(shop, housekeeping);
    this.deliveries = new Deliveries(this, writer, writing);
    this.notices = new Notices(shop);
    membership.watch(new Others(shop, work));
  }

  /**
   * Registers what to call when the ledger cannot be written any more, so that the process should
   * end.
   */
  public void whenBroken(Consumer<Throwable> broken) {
    writer.whenBroken(broken);
    membership.whenLost(broken);
  }

  /** Another is opened when one has come to its end. */
  private synchronized Ledger beside() {
    if (besideEnded) {
      Ledger ended = beside;
      beside = null;
      besideEnded = false;
      ended.close();
    }
    if (beside == null) {
      beside = opener.get();
      beside.whenBroken(end -> besideEnded = true);
    }
    return beside;
  }

  /** What is kept in memory goes by what is in the ledger. */
  private final class WriterNews implements Writer.News {
    @Override
    public void committed(long nanos) {
      vitals.committed(nanos);
    }

    @Override
    public void rolledBack() {
      vitals.rolledBack();
      openTasks.forget();
      trials.forget();
    }

    @Override
    public void othersWrote() {
      openTasks.othersWrote();
      trials.othersWrote();
      membership.othersWrote();
    }

    @Override
    public void commitsLost() throws SQLException {
      openTasks.forget();
      trials.forget();
      new LostCommits(writing).halt(GateState.Halt.LOST_COMMITS, clock.millis());
    }
  }

  /**
   * Opens the ledger, and creates it if there is none. No batch is held because of its first
   * answers.
   *
   * @param url {@code jdbc:sqlite:} and a file
   */
  public static Ledger open(String url, Clock clock) {
    return open(url, clock, 0);
  }

  /**
   * Opens the ledger by a clock that is never wrong.
   *
   * @param holdAfter a batch is held when more than half of so many first answers are dead letters
   *     of one reason; 0 for never
   */
  public static Ledger open(String url, Clock clock, int holdAfter) {
    return open(url, "", clock, moment -> moment, holdAfter);
  }

  /**
   * Opens the ledger, and creates it if there is none.
   *
   * @param url {@code jdbc:sqlite:} and a file
   * @param api address of the API that this process uses; empty if it sends nothing
   * @param earliest maps a moment of this clock to the earliest moment that it can have been by
   *     other clocks, both in epoch milliseconds
   * @param holdAfter a batch is held when more than half of so many first answers are dead letters
   *     of one reason; 0 for never
   * @throws RefusedLedgerException when it is empty, or of another schema
   */
  public static Ledger open(
      String url, String api, Clock clock, LongUnaryOperator earliest, int holdAfter) {
    return new LedgerPlace(url).open(api, clock, earliest, holdAfter);
  }

  static Ledger open(
      Dialect dialect,
      Membership membership,
      String api,
      Clock clock,
      LongUnaryOperator earliest,
      int holdAfter,
      Supplier<Ledger> opener) {
    dialect.create();
    try {
      return new Ledger(dialect, membership, api, clock, earliest, holdAfter, opener);
    } catch (SQLException e) {
      dialect.close();
      throw unopened(dialect, e);
    }
  }

  /** The clock that every time in the ledger is of. */
  public Clock clock() {
    return clock;
  }

  /** Whether other processes may work on the ledger at the same time. */
  public boolean isShared() {
    return membership.isShared();
  }

  /** Whether it is this process that does what one has to do for all; never two are. */
  public boolean isKeeper() {
    return membership.isKeeper() && lasts(Duration.ZERO);
  }

  /** Whether another process cannot publish, so that what is submitted may expire unseen. */
  public boolean isStalledElsewhere() {
    return membership.isStalledElsewhere();
  }

  /** The number of this process, unique in this ledger; 0 if only one process can work on it. */
  public long node() {
    return membership.epoch();
  }

  /** Whether a request that takes so long at most can be answered and settled by this process. */
  public boolean lasts(Duration time) {
    return membership.lasts(time);
  }

  /** Manifests from other systems. */
  public Deliveries deliveries() {
    return deliveries;
  }

  /** Events on their way to the operator. */
  public Notices notices() {
    return notices;
  }

  /** For who takes manifests in. */
  public Acceptances acceptance() {
    return acceptances;
  }

  /** For who sends rows. */
  public RowWork work() {
    return work;
  }

  /** For who publishes. */
  public Publishing publishing() {
    return publishing;
  }

  /** For who watches how the ledger does. */
  public Vitals vitals() {
    return vitals;
  }

  /** For the operator. */
  public Orders orders() {
    return orders;
  }

  /** For the housekeeper. */
  public Housekeeping housekeeping() {
    return housekeeping;
  }

  /**
   * Where the gate of this address and key is kept; this process uses it from now on.
   *
   * @param authority address and fingerprint, never the key
   */
  public GateStore gateStore(String authority) {
    return new KeptGate(
            authority,
            this,
            writing,
            writer,
            clock,
            membership,
            order -> reservations.reserve(authority, order))
        .begin();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (beside != null) {
        beside.close();
      }
    }
    reservations.close();
    writer.close();
    super.close();
  }
}
