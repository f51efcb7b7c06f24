package io.facedrop.ledger;

import io.facedrop.api.GateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
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
  /** Groups of shared results, between which there is time to publish. */
  private static final int SHARED_AT_ONCE = 50;

  private final String api;
  private final Clock clock;
  private final Writer writer;
  private final Connection writing;
  private final Dispatch dispatch;
  private final Settlements settlements;
  private final Acceptance acceptance;
  private final Additions additions;
  private final Cancellation cancellation;
  private final Recovery recovery;
  private final OpenTasks openTasks;
  private final Trials trials;
  private final Deliveries deliveries;
  private final Agenda agenda = new Agenda();
  private final WorkSignal settled = new WorkSignal();

  private Ledger(
      Database database, String api, Clock clock, LongUnaryOperator earliest, int holdAfter)
      throws SQLException {
    super(database, api);
    this.api = api;
    this.clock = clock;
    this.writing = database.open();
    this.trials = new Trials(writing, holdAfter);
    this.settlements = new Settlements(writing, trials, earliest);
    this.openTasks = new OpenTasks(writing);
    this.acceptance = new Acceptance(writing, api, settlements);
    this.cancellation = new Cancellation(writing, settlements);
    this.recovery = new Recovery(writing, settlements);
    this.writer = new Writer(writing, this::forget);
    this.additions = new Additions(writer);
    this.deliveries = new Deliveries(this, writer, writing);
    this.dispatch =
        new Dispatch(
            writer, new Claims(writing, openTasks), settlements, openTasks, agenda, settled, clock);
  }

  /** Tells when nothing can be written any more, so that the process had better end. */
  public void whenBroken(Consumer<Throwable> broken) {
    writer.whenBroken(broken);
  }

  private void forget() {
    openTasks.forget();
    trials.forget();
  }

  /**
   * Opens the ledger, making it where there is none. It holds no batch.
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
   * Opens the ledger, making it where there is none.
   *
   * @param url {@code jdbc:sqlite:} and a file
   * @param api address of the API by which is worked; empty where that does not matter
   * @param earliest the earliest that a moment of this clock can have been for everybody else, both
   *     in epoch milliseconds
   * @param holdAfter a batch is held when more than half of so many first answers are dead letters
   *     of one reason; 0 for never
   * @throws RefusedLedgerException when it is empty, or of another schema
   */
  public static Ledger open(
      String url, String api, Clock clock, LongUnaryOperator earliest, int holdAfter) {
    Database database = new Database(url, false);
    database.create();
    try {
      return new Ledger(database, api, clock, earliest, holdAfter);
    } catch (SQLException e) {
      throw unopened(database, e);
    }
  }

  /** The clock that every time in the ledger is of. */
  public Clock clock() {
    return clock;
  }

  /** Manifests from other systems. */
  public Deliveries deliveries() {
    return deliveries;
  }

  // --- Acceptance ---

  /** Begins to take a manifest in; returns the batch's number. */
  public long begin(NewBatch batch) {
    return writer.write(() -> acceptance.begin(batch));
  }

  /**
   * Adds rows; those with an invalid URL are dead letters at once. They are committed while the
   * caller reads more, and at the latest when it adds more, or when the batch is accepted.
   */
  public void add(long batch, RowGroup group) {
    additions.add(batch, () -> acceptance.add(batch, group, clock.millis()));
  }

  /** Makes the manifest a batch, all of whose rows are there. */
  public Batch accept(long batch, String sha256) {
    additions.end(batch);
    if (read(connection -> new Followers(connection).shares(batch))) {
      follow(batch);
    }
    String id =
        writer.write(
            () -> {
              // Some of its rows may have a task already.
              openTasks.forget();
              return acceptance.accept(batch, sha256, clock.millis());
            });
    agenda.add(0);
    settled.raise();
    return batch(id).orElseThrow();
  }

  /** Finds the rows that repeat a URL aside, for that takes a while where there are many. */
  void follow(long batch) {
    additions.end(batch);
    readAside(
        connection -> {
          try (Repeats repeats = new Repeats(connection, batch)) {
            for (var rows = repeats.next(); !rows.isEmpty(); rows = repeats.next()) {
              List<Follower> group = rows;
              commit(() -> settlements.sharing().follow(batch, group));
            }
          }
          return null;
        });
  }

  /** Removes a manifest that was not accepted. */
  public void discard(long batch) {
    additions.forget(batch);
    while (writer.write(() -> new Unaccepted(writing).removeSome(batch))) {
      // Some at a time, so that others can write in between.
    }
  }

  // --- Work ---

  /** Settles one image if there is one and, if claiming, claims whatever goes first. */
  public Image settleAndClaim(Settlement settlement, boolean claiming) {
    return settleAndClaim(settlement, () -> claiming ? Wanted.ANYTHING : Wanted.NOTHING);
  }

  /**
   * Settles one image and claims the next, in one commit.
   *
   * @param settlement null when there is none
   * @param wants tells what would be claimed now
   * @return the claimed image; null when nothing that is wanted is pending or due
   */
  public Image settleAndClaim(Settlement settlement, Supplier<Wanted> wants) {
    CompletableFuture<Supplier<Image>> done = new CompletableFuture<>();
    settleAndClaim(settlement, wants, done::complete);
    return done.join().get();
  }

  /**
   * Settles one image and claims the next, in one commit, while the caller does something else.
   *
   * @param settlement null when there is none
   * @param wants tells what would be claimed now
   * @param whenDone is given, on the ledger's own thread, what whoever goes on calls once: it
   *     returns what {@link #settleAndClaim(Settlement, Supplier)} would have, or throws what that
   *     would have thrown
   */
  public void settleAndClaim(
      Settlement settlement, Supplier<Wanted> wants, Consumer<Supplier<Image>> whenDone) {
    dispatch.settleAndClaim(settlement, wants, whenDone);
  }

  /** Epoch milliseconds before which there is nothing to claim, as far as is known. */
  public long nothingBefore() {
    return agenda.nothingBefore();
  }

  /** Raised when something can be claimed sooner than was known. */
  public WorkSignal work() {
    return agenda.signal();
  }

  /**
   * Somebody wants what nobody wanted before.
   *
   * @param at from when on, epoch milliseconds; 0 for at once
   */
  public void lookAgain(long at) {
    agenda.add(at);
  }

  /** Raised when something may have to be published. */
  public WorkSignal settled() {
    return settled;
  }

  /** Held rows were answered 404 by an address that is now known to be right: dead letters. */
  public void settleHeld() {
    if (writer.write(() -> recovery.settleHeld(clock.millis())) > 0) {
      settled.raise();
    }
  }

  /** Held rows were answered 404 by a wrong address: they are as good as new. */
  public void reopenHeld() {
    writer.write(recovery::reopenHeld);
    agenda.add(0);
  }

  // --- Start ---

  /**
   * Settles what an earlier process left behind: claims become what the rules say of rows in doubt,
   * or are polled again; half-read manifests are removed.
   *
   * @return how many rows were in doubt
   */
  public int recover(SettlementRules rules) {
    List<Long> halfRead = read(connection -> new Batches(connection).loading());
    halfRead.forEach(this::discard);
    int inDoubt =
        writer.write(
            () -> {
              openTasks.forget();
              return recovery.settleAbandoned(rules, clock.millis());
            });
    commit(() -> new FutureTimes(writing).bringBack(rules.longestDelay(), clock.millis()));
    writer.write(recovery::reopenHeld);
    return inDoubt;
  }

  /** Works on these batches only, null for all, and on none of another API. */
  public void workOn(Collection<Batch> batches) {
    commit(
        () -> {
          openTasks.forget();
          recovery.park(api, batches);
        });
    agenda.add(0);
    settled.raise();
  }

  // --- Publishing ---

  /**
   * The parts that are to be published now.
   *
   * @param openedBefore parts that were opened before are closed
   */
  public List<Part> partsToPublish(Instant openedBefore) {
    long millis = openedBefore.toEpochMilli();
    if (read(connection -> new Parts(connection).anyDue(millis, clock.millis()))) {
      commit(() -> new Parts(writing).closeDue(millis, clock.millis()));
    }
    return read(connection -> new Parts(connection).closed());
  }

  /** Notes that a part's file is there. */
  public void published(Part part, String file, String sha256) {
    commit(() -> new Parts(writing).published(part, file, sha256, clock.millis()));
  }

  /** Notes that the batch's acceptance is acknowledged. */
  public void acknowledged(Batch batch) {
    commit(() -> new Parts(writing).acknowledged(batch.number(), clock.millis()));
  }

  /** Notes that the batch's manifest is in the archive. */
  public void archived(Batch batch) {
    commit(() -> new Parts(writing).archived(batch.number(), clock.millis()));
  }

  /** Notes that the batch's report is there, which is the last of it. */
  public void completed(Batch batch) {
    commit(
        () -> {
          new Parts(writing).completed(batch.number(), clock.millis());
          trials.end(batch.number());
        });
  }

  /**
   * Removes some rows of a batch that was completed before, and events that nobody will ask for.
   * What the batch was and came to is kept.
   *
   * @return whether there may be more to remove
   */
  public boolean forgetSome(Instant completedBefore) {
    long before = completedBefore.toEpochMilli();
    OptionalLong old = read(connection -> new Retention(connection).oldest(before));
    if (old.isEmpty()) {
      return writer.write(() -> new Retention(writing).removeEvents(before)) > 0;
    }
    long batch = old.getAsLong();
    if (!read(connection -> new Retention(connection).isBegun(batch))) {
      // Aside, for that takes a while where there are many.
      List<Tally> deadLetters = readAside(c -> Totals.deadLetters(c, batch));
      commit(() -> new Retention(writing).begin(batch, deadLetters));
    }
    commit(() -> new Retention(writing).removeSome(batch));
    return true;
  }

  // --- Orders ---

  /**
   * Cancels a batch: from the return on nothing of it is claimed, and every row that is not out is
   * a dead letter. Its tasks go on to their end, but for those of another API, which are given up.
   *
   * @return false when it is not open, cancelled already, or every row of it is settled
   */
  public boolean cancel(Batch batch) {
    boolean cancelled =
        writer.write(
            () -> {
              boolean ends = cancellation.cancel(batch.number(), clock.millis());
              if (ends) {
                trials.end(batch.number());
              }
              return ends;
            });
    while (writer.write(() -> cancellation.giveUpSome(batch.number(), clock.millis())) > 0) {
      settled.raise();
    }
    finishCancellation(batch);
    return cancelled;
  }

  private void finishCancellation(Batch batch) {
    while (writer.write(() -> cancellation.settleSome(batch.number(), clock.millis())) > 0) {
      // Some at a time, so that others can write in between.
      settled.raise();
    }
    shareResults();
  }

  /** Settles what has come back to cancelled batches since. */
  public void finishCancellations() {
    read(connection -> new Batches(connection).cancelled()).forEach(this::finishCancellation);
  }

  /**
   * Lets a held batch go on, for good: it is not judged again.
   *
   * @return false when it is not held
   */
  public boolean release(Batch batch) {
    boolean released = writer.write(() -> new Release(writing).of(batch, clock.millis()));
    agenda.add(0);
    return released;
  }

  /**
   * Settles rows that share a result which is there by now; if many, not all of them at once, and
   * then {@link #settled()} is raised.
   */
  public void shareResults() {
    for (int i = 0; i < SHARED_AT_ONCE && read(c -> new Followers(c).anySharing()); i++) {
      shareSome();
      settled.raise();
    }
  }

  /** One group of them, so that others can write in between. */
  void shareSome() {
    writer.write(() -> settlements.sharing().settleSome(clock.millis()));
  }

  /** Opens every paused or halted gate; how many there were. */
  public int resume() {
    return writer.write(
        () -> {
          int opened = new Gates(writing).resume();
          if (opened > 0) {
            new Gates(writing)
                .note(Event.Kind.OPEN, null, "resumed by the operator", clock.millis());
          }
          return opened;
        });
  }

  /**
   * Where the gate of this address and key is kept.
   *
   * @param authority address and fingerprint, never the key
   */
  public GateStore gateStore(String authority) {
    return new KeptGate(authority, this, writing, writer, clock);
  }

  @Override
  public void close() {
    writer.close();
    super.close();
  }

  private void commit(Writer.Change change) {
    writer.write(change.work());
  }
}
