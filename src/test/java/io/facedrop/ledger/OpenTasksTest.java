package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.claim.OpenTasks;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.settle.Transition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is claimed first, and what not while too many tasks are open. */
class OpenTasksTest extends AuditedLedger {
  private static final Wanted FRESH =
      new Wanted(Wanted.EVERY_STAGE, Wanted.EVERY_STAGE, null, Wanted.Choice.FRESH, Long.MAX_VALUE);
  private static final Wanted TWO =
      new Wanted(Wanted.EVERY_STAGE, Wanted.EVERY_STAGE, null, Wanted.Choice.ANY, 2);
  private static final Wanted TWO_FRESH =
      new Wanted(Wanted.EVERY_STAGE, Wanted.EVERY_STAGE, null, Wanted.Choice.FRESH, 2);
  private static final Wanted ONLY_PENDING =
      new Wanted(Wanted.EVERY_STAGE, Set.of(), null, Wanted.Choice.ANY, Long.MAX_VALUE);
  private static final Wanted ONLY_SUBMITTED =
      new Wanted(Set.of(), Wanted.EVERY_STAGE, null, Wanted.Choice.ANY, 0);

  @Test
  void duePollGoesBeforeDueRetryBeforePendingRow() {
    bench.batch(3);
    ClaimedRow retried = bench.claim();
    ClaimedRow polled = bench.claim();
    bench.settle(retried, Outcome.Kind.RETRY);
    clock.forward(Duration.ofSeconds(1));
    bench.settle(polled, Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));

    assertThat(bench.claimAll()).extracting(ClaimedRow::line).containsExactly(3L, 2L, 4L);
  }

  @Test
  void pollThatIsDueFirstGoesFirst() {
    bench.batch(2);
    ClaimedRow later = bench.claim();
    ClaimedRow sooner = bench.claim();
    bench.settle(sooner, Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofMillis(1));
    bench.settle(later, Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(5));

    assertThat(bench.claimAll()).extracting(ClaimedRow::line).containsExactly(3L, 2L);
  }

  @Test
  void canaryIsARowThatWasNeverSentBeforeAnyPoll() {
    bench.batch(3);
    ClaimedRow retried = bench.claim();
    ClaimedRow polled = bench.claim();
    bench.settle(retried, Outcome.Kind.RETRY);
    bench.settle(polled, Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(3));

    assertThat(List.of(claim(FRESH), claim(FRESH), claim(FRESH)))
        .extracting(ClaimedRow::line)
        .containsExactly(4L, 3L, 2L);
    assertThat(claim(FRESH)).isNull();
  }

  @Test
  void stageThatNobodyWantsIsLeftAlone() {
    bench.batch(3);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    clock.forward(Duration.ofSeconds(3));

    assertThat(claim(ONLY_SUBMITTED).kind()).isEqualTo(RequestKind.QUERY);
    assertThat(claim(ONLY_SUBMITTED)).isNull();
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(Long.MAX_VALUE);
    assertThat(claim(ONLY_PENDING).attempts()).isEqualTo(1);
    assertThat(claim(ONLY_PENDING).attempts()).isEqualTo(0);
    assertThat(claim(ONLY_PENDING)).isNull();
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(Long.MAX_VALUE);
    assertThat(claim(Wanted.NOTHING)).isNull();
  }

  @Test
  void stageThatNobodyWantsIsNotWaitedForEither() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);

    assertThat(claim(ONLY_PENDING)).isNull();
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(Long.MAX_VALUE);
    bench.ledger.work().lookAgain(0);
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(0);
    assertThat(claim(ONLY_SUBMITTED)).isNull();
    assertThat(bench.ledger.work().nothingBefore())
        .isEqualTo(LedgerBench.START.plusSeconds(2).toEpochMilli());
  }

  @Test
  void nothingIsSubmittedWhileSoManyTasksAreOpenOrBeingCreated() {
    bench.batch(9);
    ClaimedRow first = claim(TWO);
    bench.settle(first, Outcome.Kind.SUBMITTED);
    ClaimedRow second = claim(TWO);

    assertThat(claim(TWO)).isNull();
    assertThat(claim(TWO_FRESH)).isNull();
    assertThat(bench.ledger.work().nothingBefore())
        .as("the first poll, for nothing else can be claimed")
        .isEqualTo(LedgerBench.START.plusSeconds(2).toEpochMilli());
    bench.settle(second, Outcome.Kind.SUBMITTED);
    assertThat(claim(TWO)).isNull();
    clock.forward(Duration.ofSeconds(2));

    assertThat(List.of(claim(TWO), claim(TWO_FRESH)))
        .extracting(ClaimedRow::kind)
        .containsOnly(RequestKind.QUERY);
    assertThat(claim(TWO)).isNull();
  }

  @Test
  void retryIsBoundAsWell() {
    bench.batch(9);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    clock.forward(Duration.ofSeconds(2));
    bench.settle(claim(FRESH), Outcome.Kind.SUBMITTED);
    bench.settle(claim(FRESH), Outcome.Kind.SUBMITTED);

    assertThat(claim(TWO)).isNull();
    clock.forward(Duration.ofSeconds(2));
    bench.settle(claim(TWO), Outcome.Kind.SUCCEEDED);

    ClaimedRow retried = null;
    for (ClaimedRow claimed = claim(TWO); claimed != null; claimed = claim(TWO)) {
      retried = claimed.kind() == RequestKind.CREATE ? claimed : retried;
    }
    assertThat(retried.attempts()).isEqualTo(1);
  }

  @Test
  void endOfATaskMakesRoomAndWakesWhoWaitsForIt() {
    bench.batch(9);
    ClaimedRow polled = full();
    assertThat(bench.ledger.work().nothingBefore()).isNotEqualTo(0);

    bench.settle(polled, Outcome.Kind.SUCCEEDED);

    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(0);
    assertThat(claim(TWO).kind()).isEqualTo(RequestKind.CREATE);
    assertThat(claim(TWO)).isNull();
  }

  @Test
  void taskThatGoesOnMakesNoRoom() {
    bench.batch(9);
    ClaimedRow polled = full();

    bench.settle(polled, Outcome.Kind.RUNNING);

    assertThat(bench.ledger.work().nothingBefore()).isNotEqualTo(0);
    assertThat(claim(TWO)).isNull();
  }

  @Test
  void requestThatCreatedNoTaskMakesRoom() {
    bench.batch(9);
    ClaimedRow first = claim(TWO);
    claim(TWO);
    assertThat(claim(TWO)).isNull();

    bench.settle(first, Outcome.Kind.RETRY);

    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(0);
    assertThat(claim(TWO).kind()).isEqualTo(RequestKind.CREATE);
    assertThat(claim(TWO)).isNull();
  }

  @Test
  void transitionThatWasRolledBackMakesNoRoom() throws SQLException {
    bench.batch(9);
    ClaimedRow polled = full();
    bench.refuse("delete", "claim", "disk is full");
    assertThatThrownBy(() -> bench.settle(polled, Outcome.Kind.SUCCEEDED))
        .hasMessageContaining("disk is full");
    assertThat(claim(TWO)).isNull();
    bench.allow("claim");

    bench.settle(polled, Outcome.Kind.SUCCEEDED);

    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(0);
    assertThat(claim(TWO)).isNotNull();
    assertThat(claim(TWO)).isNull();
  }

  /** A group of which one fails is rolled back, and each is tried alone. */
  @Test
  void transitionThatIsTriedTwiceStillWakesWhoWaitsForRoom() throws SQLException {
    bench.batch(9);
    ClaimedRow polled = full();
    Transition end =
        LedgerBench.RULES.transition(
            polled, LedgerBench.outcome(Outcome.Kind.SUCCEEDED), true, clock.millis(), 0);
    try (Connection connection = bench.connection()) {
      OpenTasks openTasks = new OpenTasks(connection);
      assertThat(openTasks.areFewerThan(2)).isFalse();
      assertThat(openTasks.settled(end)).isTrue();
      openTasks.forget();

      assertThat(openTasks.settled(end)).isTrue();
    }
  }

  @Test
  void tasksAreCountedAgainAfterARestart() {
    bench.batch(9);
    full();
    bench.close();
    bench = LedgerBench.with(directory, clock);

    bench.ledger.work().recover(LedgerBench.RULES);

    clock.forward(Duration.ofSeconds(1));
    assertThat(claim(TWO).kind()).isEqualTo(RequestKind.QUERY);
    assertThat(claim(TWO).kind()).isEqualTo(RequestKind.QUERY);
    assertThat(claim(TWO)).isNull();
  }

  @Test
  void tasksOfABatchSetAsideGoOnAndTakeRoom() {
    Batch aside = bench.batch(3);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    Batch wanted = bench.batch(9);
    bench.ledger.work().workOn(List.of(wanted));
    assertThat(claim(TWO)).isNull();
    clock.forward(Duration.ofSeconds(2));

    ClaimedRow polled = claim(TWO);

    assertThat(polled.batch()).isEqualTo(aside.number());
    assertThat(polled.kind()).isEqualTo(RequestKind.QUERY);
    bench.settle(polled, Outcome.Kind.SUCCEEDED);
    assertThat(claim(TWO).kind()).isEqualTo(RequestKind.QUERY);
    assertThat(claim(TWO).batch()).isEqualTo(wanted.number());
  }

  @Test
  void cancelledBatchFreesItsRoomAsItsTasksEnd() {
    Batch cancelled = bench.batch(9);
    ClaimedRow polled = full();
    Batch other = bench.batch(1);
    bench.ledger.orders().cancel(cancelled);
    assertThat(claim(TWO)).isNull();

    bench.settle(polled, Outcome.Kind.SUCCEEDED);

    assertThat(claim(TWO).batch()).isEqualTo(other.number());
  }

  /** Two tasks are open, one of them is claimed, and somebody has asked in vain. */
  private ClaimedRow full() {
    bench.settle(claim(TWO), Outcome.Kind.SUBMITTED);
    bench.settle(claim(TWO), Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));
    ClaimedRow polled = claim(TWO);
    bench.settle(claim(TWO), Outcome.Kind.RUNNING);
    assertThat(claim(TWO)).isNull();
    return polled;
  }

  private ClaimedRow claim(Wanted wanted) {
    return bench.ledger.work().settleAndClaim(null, () -> wanted);
  }
}
