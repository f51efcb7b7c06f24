package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Hold;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.view.Event;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
  private static final int SAMPLE = 10;

  @TempDir Path directory;
  private SettableClock clock;
  private LedgerBench bench;

  @BeforeEach
  void open() {
    clock = new SettableClock(LedgerBench.START);
    bench = LedgerBench.holding(directory, clock, SAMPLE);
  }

  @AfterEach
  void close() {
    bench.audit("at the end");
    bench.auditTrials(SAMPLE, "at the end");
    bench.close();
  }

  @Test
  void theSettlementThatTipsItHoldsInOneCommitWithTheNextClaim() {
    Batch batch = bench.batch(20);
    settleNext(5, Outcome.Kind.DEAD_LETTER);
    ClaimedRow last = bench.claim();

    ClaimedRow next =
        bench.ledger.work().settleAndClaim(transition(last, Outcome.Kind.DEAD_LETTER), true);

    assertThat(next).isNull();
    assertThat(bench.now(batch).held()).isTrue();
    assertThat(bench.now(batch).hold())
        .isEqualTo(new Hold(LedgerBench.START, Reason.VALIDATION_ERROR, 6, 6, null));
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anOperatorHoldsABatchAndItsResultsAreCollectedMeanwhile() {
    Batch batch = bench.batch(5);
    ClaimedRow task = bench.claim();
    bench.settle(task, Outcome.Kind.SUBMITTED);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);

    assertThat(bench.ledger.orders().hold(batch)).isTrue();
    assertThat(bench.ledger.orders().hold(batch)).as("again").isFalse();

    assertThat(bench.now(batch).hold()).isEqualTo(new Hold(LedgerBench.START, null, 0, 0, null));
    assertThat(bench.now(batch).holdNews()).contains(" is held by an operator; go on with ");
    clock.forward(Duration.ofMinutes(5));
    assertThat(bench.claimAll()).extracting(ClaimedRow::id).containsExactly(task.id());
    assertThat(bench.ledger.orders().release(batch)).isTrue();
    assertThat(bench.claimAll()).hasSize(4);
    bench.ledger.orders().cancel(batch);
    assertThat(bench.ledger.orders().hold(bench.now(batch))).as("cancelled").isFalse();
  }

  @Test
  void neitherWhatWaitsNorWhatIsPendingIsClaimedButResultsAre() {
    bench.batch(20);
    ClaimedRow task = bench.claim();
    bench.settle(task, Outcome.Kind.SUBMITTED);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    settleNext(6, Outcome.Kind.DEAD_LETTER);
    Batch other = bench.batch(1);
    clock.forward(Duration.ofMinutes(5));

    assertThat(bench.claimAll())
        .extracting(ClaimedRow::id)
        .containsExactly(task.id(), RowId.of(other.number(), 0));
  }

  @Test
  void whatIsOnItsWaySettlesAndComesBack() {
    Batch batch = bench.batch(20);
    List<ClaimedRow> out = claim(9);
    out.subList(0, 6).forEach(claimed -> bench.settle(claimed, Outcome.Kind.DEAD_LETTER));

    bench.settle(out.get(6), Outcome.Kind.DEAD_LETTER);
    bench.settle(out.get(7), Outcome.Kind.REFUSED);
    bench.settle(out.get(8), Outcome.Kind.SUBMITTED);

    assertThat(bench.now(batch).dead()).isEqualTo(7);
    assertThat(bench.now(batch).hold().dead()).isEqualTo(6);
    assertThat(bench.state(batch, 7)).isEqualTo("waiting");
    assertThat(bench.state(batch, 8)).isEqualTo("submitted");
  }

  @Test
  void whatWasAcceptedAndFailsLaterCountsAsWhatItCameTo() {
    Batch batch = bench.batch(20);
    settleNext(10, Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));

    for (int i = 0; i < 6; i++) {
      assertThat(bench.now(batch).held()).isFalse();
      settleNext(1, Outcome.Kind.DEAD_LETTER);
    }

    assertThat(bench.now(batch).hold().dead()).isEqualTo(6);
    assertThat(bench.now(batch).hold().of()).isEqualTo(10);
  }

  @Test
  void anOutageAtTheBeginningHoldsNothingAndIsForgotten() {
    Batch batch = bench.batch(40);

    settleNext(12, Outcome.Kind.IN_DOUBT);

    assertThat(bench.now(batch).dead()).isEqualTo(12);
    assertThat(bench.now(batch).held()).isFalse();
    settleNext(6, Outcome.Kind.DEAD_LETTER);
    assertThat(bench.now(batch).hold().dead()).isEqualTo(6);
    assertThat(bench.now(batch).hold().of()).isEqualTo(6);
  }

  @Test
  void itsHoldIsTheAffairOfNoOtherBatch() {
    Batch batch = bench.batch(20);
    Batch other = bench.batch(20);
    settleNext(12, Outcome.Kind.DEAD_LETTER);
    assertThat(bench.now(batch).held()).isTrue();

    bench.ledger.orders().release(batch);

    assertThat(bench.ledger.of(batch).events(LedgerBench.START, clock.instant()))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.detail()).contains(batch.id()));
    assertThat(bench.ledger.of(other).events(LedgerBench.START, clock.instant()))
        .noneSatisfy(event -> assertThat(event.detail()).contains(batch.id()));
  }

  @Test
  void isGoodAsSoonAsNoReasonCanReachMoreThanHalf() {
    Batch batch = bench.batch(40);
    settleNext(4, Outcome.Kind.DEAD_LETTER);
    settleNext(4, Outcome.Kind.SUCCEEDED);
    assertThat(judged()).isZero();
    settleNext(1, Outcome.Kind.SUCCEEDED);

    assertThat(judged()).isOne();
    assertThat(bench.see("select count(*) from trial")).isEqualTo(0);
    settleNext(20, Outcome.Kind.DEAD_LETTER);
    assertThat(bench.now(batch).held()).isFalse();
  }

  @Test
  void halfIsNotMoreThanHalf() {
    Batch batch = bench.batch(40);
    settleNext(5, Outcome.Kind.DEAD_LETTER);
    settleNext(5, Outcome.Kind.SUCCEEDED);
    settleNext(20, Outcome.Kind.DEAD_LETTER);

    assertThat(bench.now(batch).hold()).isNull();
  }

  @Test
  void theSampleOutlivesTheProcess() {
    Batch batch = bench.batch(20);
    settleNext(5, Outcome.Kind.DEAD_LETTER);
    bench.close();
    bench = LedgerBench.holding(directory, clock, SAMPLE);

    settleNext(1, Outcome.Kind.DEAD_LETTER);

    assertThat(bench.now(batch).held()).isTrue();
  }

  @Test
  void whatIsRolledBackIsNotCounted() throws SQLException {
    Batch batch = bench.batch(20);
    settleNext(5, Outcome.Kind.DEAD_LETTER);
    ClaimedRow last = bench.claim();
    bench.refuse("update of held", "batch", "no");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> bench.settle(last, Outcome.Kind.DEAD_LETTER))
          .isInstanceOf(LedgerException.class);
    }
    bench.allow("batch");

    bench.settle(last, Outcome.Kind.SUCCEEDED);
    assertThat(bench.now(batch).held()).isFalse();
    settleNext(1, Outcome.Kind.DEAD_LETTER);

    assertThat(bench.now(batch).hold().dead()).isEqualTo(6);
    assertThat(bench.now(batch).hold().of()).isEqualTo(7);
    assertThat(bench.ledger.of(batch).events(LedgerBench.START, clock.instant())).hasSize(1);
  }

  @Test
  void requestsThatACrashCutOffAreNoAnswers() {
    Batch batch = bench.batch(20);
    claim(8);
    bench.close();
    bench = LedgerBench.holding(directory, clock, SAMPLE);

    assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(8);

    assertThat(bench.now(batch).dead()).isEqualTo(8);
    assertThat(bench.now(batch).held()).isFalse();
  }

  @Test
  void rowsThatWereHeldForTheirAddressCountOnceTheyAreDead() {
    Batch batch = bench.batch(20);
    for (int i = 0; i < 6; i++) {
      bench.notFoundUnproven(bench.claim());
    }
    assertThat(bench.now(batch).held()).isFalse();

    bench.ledger.work().settleUnproven();

    assertThat(bench.now(batch).hold().reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void releasedItGoesOnBesideTheOthersAndIsNotJudgedAgain() {
    Batch batch = bench.batch(100);
    settleNext(6, Outcome.Kind.DEAD_LETTER);
    Batch other = bench.batch(200);
    claim(100).forEach(claimed -> bench.settle(claimed, Outcome.Kind.SUCCEEDED));

    assertThat(bench.ledger.orders().release(batch)).isTrue();
    assertThat(bench.ledger.orders().release(batch)).isFalse();

    assertThat(claim(40))
        .filteredOn(claimed -> claimed.batch() == other.number())
        .hasSizeBetween(19, 21)
        .allSatisfy(claimed -> bench.settle(claimed, Outcome.Kind.SUCCEEDED));
    settleNext(100, Outcome.Kind.DEAD_LETTER);
    assertThat(bench.now(batch).held()).isFalse();
    assertThat(bench.now(batch).hold().releasedAt()).isEqualTo(clock.instant());
  }

  @Test
  void whatAnotherProcessCancelledIsNotHeld() {
    Batch batch = bench.batch(20);
    settleNext(5, Outcome.Kind.DEAD_LETTER);
    ClaimedRow last = bench.claim();
    try (LedgerBench operator = LedgerBench.with(directory, clock)) {
      operator.ledger.orders().cancel(batch);
    }

    bench.settle(last, Outcome.Kind.DEAD_LETTER);

    assertThat(bench.now(batch).hold()).isNull();
    assertThat(bench.see("select count(*) from trial")).isEqualTo(0);
  }

  @Test
  void cancelledItIsHeldNoLonger() {
    Batch batch = bench.batch(20);
    settleNext(6, Outcome.Kind.DEAD_LETTER);

    assertThat(bench.ledger.orders().cancel(batch)).isTrue();

    assertThat(bench.now(batch).held()).isFalse();
    assertThat(bench.now(batch).hold()).isNotNull();
    assertThat(bench.ledger.orders().release(batch)).isFalse();
    assertThat(bench.ledger.settledBatches()).hasSize(1);
  }

  @Test
  void whatItCameToIsPublishedAtOnceSoThatSomebodyCanDecide() {
    Batch batch = bench.batch(20);
    List<ClaimedRow> out = claim(7);
    out.subList(0, 6).forEach(claimed -> bench.settle(claimed, Outcome.Kind.DEAD_LETTER));
    assertThat(bench.ledger.publishing().partsToPublish(LedgerBench.START.minusSeconds(1)))
        .isEmpty();

    bench.settle(out.get(6), Outcome.Kind.SUCCEEDED);
    List<Part> parts = bench.ledger.publishing().partsToPublish(LedgerBench.START.minusSeconds(1));

    assertThat(parts).extracting(Part::rows).containsExactly(1L, 6L);
    assertThat(bench.ledger.of(batch).isAtRest()).isFalse();
    parts.forEach(part -> bench.ledger.publishing().published(part, "file", "out", "00"));
    assertThat(bench.ledger.of(batch).isAtRest()).isTrue();
  }

  @Test
  void aHoldDoesNotHideWhatHadClosedTheGateNorShortenItsPause() throws SQLException {
    bench.execute("insert into event (at, kind, until, detail) values (1, 'pause', 99, 'paused')");
    Batch batch = bench.batch(20);
    settleNext(6, Outcome.Kind.DEAD_LETTER);
    try (Connection connection = bench.connection()) {
      new Events(connection).extendPause(LedgerBench.START.plusSeconds(60).toEpochMilli());
    }

    assertThat(
            bench
                .ledger
                .of(batch)
                .events(LedgerBench.START.plusSeconds(1), LedgerBench.START.plusSeconds(2)))
        .extracting(Event::detail)
        .startsWith("paused")
        .hasSize(2);
  }

  private int judged() {
    return (Integer) bench.see("select sum(judged) from batch");
  }

  private List<ClaimedRow> claim(int claimedRows) {
    List<ClaimedRow> claimed = new ArrayList<>();
    for (int i = 0; i < claimedRows; i++) {
      claimed.add(bench.claim());
    }
    return claimed;
  }

  private void settleNext(int claimedRows, Outcome.Kind kind) {
    for (int i = 0; i < claimedRows; i++) {
      bench.settle(bench.claim(), kind);
    }
  }

  private Transition transition(ClaimedRow claimed, Outcome.Kind kind) {
    return LedgerBench.RULES.transition(
        claimed, LedgerBench.outcome(kind), true, clock.millis(), clock.millis());
  }
}
