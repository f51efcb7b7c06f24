package io.facedrop.ledger;

import io.facedrop.ledger.accept.Adoption;
import io.facedrop.ledger.claim.Claims;
import io.facedrop.ledger.claim.Dispatch;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.claim.WorkSignal;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.jdbc.Writer;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.query.KeptEvidence;
import io.facedrop.ledger.query.QueryTimes;
import io.facedrop.ledger.query.TaskDurations;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.settle.LateAnswers;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.ledger.upkeep.FutureTimes;
import io.facedrop.ledger.upkeep.Presence;
import io.facedrop.ledger.upkeep.Recovery;
import io.facedrop.ledger.upkeep.Whereabouts;
import io.facedrop.words.Count;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims rows for workers, and settles their transitions. */
public final class RowWork {
  private static final Logger LOG = LoggerFactory.getLogger(RowWork.class);

  private final Workshop shop;
  private final String api;
  private final Dispatch dispatch;
  private final Claims claims;
  private final KeptEvidence evidence;
  private final Recovery recovery;
  private final Adoption adoption;
  private final Acceptances acceptances;
  private final LateAnswers lateAnswers;
  private final Presence presence;
  private volatile TransitionRules recovering;

  /**
   * @param api address of the API by which is worked; empty where that does not matter
   */
  RowWork(
      Workshop shop,
      String api,
      Dispatch dispatch,
      Claims claims,
      KeptEvidence evidence,
      Acceptances acceptances)
      throws SQLException {
    this.shop = shop;
    this.api = api;
    this.dispatch = dispatch;
    this.claims = claims;
    this.evidence = evidence;
    this.recovery = new Recovery(shop.writing(), shop.transitions());
    this.adoption = new Adoption(shop.writing(), api, shop.transitions());
    this.acceptances = acceptances;
    this.lateAnswers = new LateAnswers(shop.writing(), shop.transitions());
    this.presence = new Presence(shop.writing(), shop.membership().epoch());
  }

  /** Settles one row if there is one and, if claiming, claims the most urgent row of any kind. */
  public ClaimedRow settleAndClaim(Transition transition, boolean claiming) {
    return settleAndClaim(transition, () -> claiming ? Wanted.ANYTHING : Wanted.NOTHING);
  }

  /**
   * Settles one row and claims the next, in one commit.
   *
   * @param transition null when there is none
   * @param wants supplies what the worker would claim now
   * @return the claimed row; null when nothing that is wanted is pending or due
   */
  public ClaimedRow settleAndClaim(Transition transition, Supplier<Wanted> wants) {
    CompletableFuture<Supplier<ClaimedRow>> done = new CompletableFuture<>();
    settleAndClaim(transition, wants, done::complete);
    return done.join().get();
  }

  /**
   * Settles one row and claims the next, in one commit, while the caller does something else.
   *
   * @param transition null when there is none
   * @param wants supplies what the worker would claim now
   * @param whenDone is called on the ledger's own thread. Its argument must be called once, and
   *     returns or throws what {@link #settleAndClaim(Transition, Supplier)} would have.
   */
  public void settleAndClaim(
      Transition transition, Supplier<Wanted> wants, Consumer<Supplier<ClaimedRow>> whenDone) {
    dispatch.settleAndClaim(transition, wants, whenDone);
  }

  /** What earlier processes have learnt of when the tasks of this API end. */
  public TaskDurations durations() {
    return shop.writer().write(() -> evidence.durations(shop.clock().millis()));
  }

  /** From now on tasks are queried by these times. */
  public void queryAt(QueryTimes times) {
    claims.queryAt(times);
    shop.agenda().add(0);
  }

  /** Epoch milliseconds before which there is nothing to claim, as far as is known. */
  public long nothingBefore() {
    return shop.agenda().nothingBefore();
  }

  /** Raised when something can be claimed sooner than was known. */
  public WorkSignal signal() {
    return shop.agenda().signal();
  }

  /**
   * Wakes the workers, because they may want rows that none wanted before.
   *
   * @param at from when on, in epoch milliseconds; 0 for at once
   */
  public void lookAgain(long at) {
    shop.agenda().add(at);
  }

  /** Rows were answered 404 by an address that is now known to be right: dead letters. */
  public void settleUnproven() {
    if (shop.writer().write(() -> recovery.settleUnproven(shop.clock().millis())) > 0) {
      shop.settled().raise();
    }
  }

  /** Rows were answered 404 by a wrong address: they go back to the queue. */
  public void reopenUnproven() {
    shop.writer().write(recovery::reopenUnproven);
    shop.agenda().add(0);
  }

  /**
   * Settles the claims of dead processes, now and whenever another one dies. A row without a task
   * is in doubt, and a row with a task is queried again. Also removes half-read manifests.
   *
   * @return how many rows were in doubt
   */
  public int recover(TransitionRules rules) {
    recovering = rules;
    int inDoubt = takeOver(() -> presence.lookBack(shop.clock().millis()));
    shop.commit(
        () ->
            new FutureTimes(shop.writing()).bringBack(rules.longestDelay(), shop.clock().millis()));
    shop.commit(
        () -> {
          recovery.reopenUnproven();
          // The last of all: a ledger that turns out to be damaged must stay as it is.
          presence.begin(shop.clock().millis());
        });
    return inDoubt;
  }

  /** Notes that this process ceases to work in order. If it cannot, the next start notices. */
  public void leave() {
    try {
      shop.commit(() -> presence.end(shop.clock().millis()));
    } catch (LedgerException unnoted) {
      LOG.debug("it cannot be noted that this process ceases to work", unnoted);
    }
  }

  /**
   * Keeps the answer to a request whose claim this process has lost, because its lease has ended or
   * the database has lost the claim. If the answer has a task, it is paid for, so the row continues
   * with it if possible. A row that was not sent is given back.
   */
  public void late(Transition transition) {
    String came = shop.beside().get().work().late(transition, shop.membership().epoch());
    LOG.warn(
        transition.request() == null
            ? "the {} was not sent before this process lost its claim: {}"
            : "an answer for the {} arrived after this process had lost its claim: {}",
        shop.reader().name(transition.row()),
        came);
  }

  private String late(Transition transition, long node) {
    return shop.writer().write(() -> lateAnswers.take(transition, node, shop.clock().millis()));
  }

  /** Another process has died; before {@link #recover} nothing is done about it. */
  void othersDied() {
    if (recovering == null) {
      return;
    }
    int inDoubt = takeOver(() -> {});
    shop.writer().write(recovery::reopenUnproven);
    LOG.warn(
        "another node has died; its work goes on here{}",
        inDoubt == 0
            ? ""
            : ", and "
                + Count.of(inDoubt, "request")
                + " that it had on the way "
                + (inDoubt == 1 ? "is" : "are")
                + " in doubt");
    shop.agenda().add(0);
    shop.settled().raise();
  }

  /**
   * Takes over what the dead have left.
   *
   * @param before what to do in the same transaction, before it
   * @return how many rows were in doubt
   */
  private int takeOver(Writer.Change before) {
    int inDoubt =
        shop.writer()
            .write(
                () -> {
                  before.run();
                  shop.membership().bury(shop.writing());
                  shop.openTasks().forget();
                  recovery.forgetPlaces();
                  return recovery.settleAbandoned(recovering, shop.clock().millis());
                });
    shop.reader()
        .reads()
        .read(connection -> new Batches(connection).abandoned())
        .forEach(acceptances::discard);
    return inDoubt;
  }

  /**
   * Works on these batches only, null for all, and on none of another API. Tasks that rows bear are
   * adopted before a worker can claim their rows, or they would be paid for again.
   */
  public void workOn(Collection<Batch> batches) {
    Whereabouts whereabouts = new Whereabouts(shop.writing());
    List<Long> moved =
        shop.writer().write(() -> whereabouts.bind(api, batches, shop.clock().millis()));
    moved.forEach(this::adopt);
    shop.commit(
        () -> {
          shop.openTasks().forget();
          whereabouts.park(batches);
        });
    shop.agenda().add(0);
    shop.settled().raise();
  }

  /** Rows that bear a task of today's API go on with it. */
  private void adopt(long batch) {
    for (long from = RowId.of(batch, 0); from != 0; ) {
      long next = from;
      from = shop.writer().write(() -> adoption.adoptSome(next, shop.clock().millis()));
    }
  }
}
