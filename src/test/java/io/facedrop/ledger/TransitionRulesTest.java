package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Signal;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionRulesTest {
  private static final long NOW = 1_000_000;
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private static final TransitionRules SET_ASIDE =
      new TransitionRules(3, BACKOFF, false, LedgerBench.POLLS);
  private static final TransitionRules RESUBMIT =
      new TransitionRules(3, BACKOFF, true, LedgerBench.POLLS);
  private static final ClaimedRow FRESH =
      new ClaimedRow(1L << 32, "https://x/1", 2, 0, 0, false, false, Stage.DETECT, null);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // kind, attempts before, state, attempts, requests, sent, charged, longest delay, reason
        "SUCCEEDED,   0, SUCCEEDED, 1, 5, 1, YES,     -,    -",
        "DEAD_LETTER, 0, DEAD,      1, 5, 1, NO,      -,    VALIDATION_ERROR",
        "NOT_FOUND,   0, DEAD,      1, 5, 1, NO,      -,    NOT_FOUND",
        "RETRY,       0, WAITING,   1, 5, 1, UNKNOWN, 1000, -",
        "RETRY,       1, WAITING,   2, 5, 1, UNKNOWN, 2000, -",
        "RETRY,       2, DEAD,      3, 5, 1, UNKNOWN, -,    SERVER_ERROR",
        "IN_DOUBT,    0, DEAD,      1, 5, 1, UNKNOWN, -,    IN_DOUBT",
        "REFUSED,     2, WAITING,   2, 5, 1, UNKNOWN, 0,    -",
        "MAINTENANCE, 2, WAITING,   2, 5, 1, UNKNOWN, 0,    -",
        "HALT,        2, WAITING,   2, 5, 1, UNKNOWN, 0,    -",
        "UNREACHABLE, 2, WAITING,   2, 4, 0, UNKNOWN, 4000, -",
        "NOT_SENT,    2, WAITING,   2, 4, 0, UNKNOWN, 0,    -"
      })
  void rowGoesOn(
      Outcome.Kind kind,
      int before,
      RowState state,
      int attempts,
      int requests,
      int sent,
      Charged charged,
      Long longestDelay,
      Reason reason) {
    ClaimedRow claimed =
        new ClaimedRow(
            FRESH.id(), FRESH.imageUrl(), 2, before, 4, false, false, Stage.DETECT, null);

    Transition transition =
        SET_ASIDE.transition(claimed, LedgerBench.outcome(kind), true, NOW, NOW);

    assertThat(transition.state()).isEqualTo(state);
    assertThat(transition.counters().attempts()).isEqualTo(attempts);
    assertThat(transition.counters().requests()).isEqualTo(requests);
    assertThat(transition.sent()).isEqualTo(sent);
    assertThat(transition.ending().charged()).isEqualTo(charged);
    assertThat(transition.ending().reason()).isEqualTo(reason);
    assertThat(transition.counters().possibleDuplicate()).isFalse();
    if (longestDelay == null) {
      assertThat(transition.due().at()).isNull();
    } else {
      assertThat(transition.due().at()).isBetween(NOW, NOW + longestDelay);
    }
  }

  @Test
  void unprovenAddressHoldsARowThatWasNotFound() {
    Transition transition =
        SET_ASIDE.transition(FRESH, LedgerBench.outcome(Outcome.Kind.NOT_FOUND), false, NOW, NOW);

    assertThat(transition.state()).isEqualTo(RowState.UNPROVEN);
    assertThat(transition.counters().attempts()).isEqualTo(0);
    assertThat(transition.counters().requests()).isEqualTo(1);
    assertThat(transition.due().at()).isNotNull();
    assertThat(transition.output()).isNull();
  }

  @Test
  void rowInDoubtIsResubmittedAsAPossibleDuplicateUntilNoAttemptIsLeft() {
    Outcome inDoubt = LedgerBench.outcome(Outcome.Kind.IN_DOUBT);
    Transition first = RESUBMIT.transition(FRESH, inDoubt, true, NOW, NOW);
    assertThat(first.state()).isEqualTo(RowState.WAITING);
    assertThat(first.counters().possibleDuplicate()).isTrue();
    assertThat(first.counters().attempts()).isEqualTo(1);

    ClaimedRow third =
        new ClaimedRow(FRESH.id(), FRESH.imageUrl(), 2, 2, 2, true, false, Stage.DETECT, null);
    Transition last = RESUBMIT.transition(third, inDoubt, true, NOW, NOW);
    assertThat(last.state()).isEqualTo(RowState.DEAD);
    assertThat(last.ending().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(last.counters().possibleDuplicate()).isTrue();
  }

  @Test
  void rowThatIsNotSentAgainIsNoPossibleDuplicate() {
    TransitionRules once = new TransitionRules(1, BACKOFF, true, LedgerBench.POLLS);

    Transition only =
        once.transition(FRESH, LedgerBench.outcome(Outcome.Kind.IN_DOUBT), true, NOW, NOW);

    assertThat(only.ending().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(only.counters().possibleDuplicate()).isFalse();
  }

  @Test
  void rowInDoubtSaysWhenItWasSentAndWhatWasFound() {
    Outcome silence = Outcome.withoutAnswer(Outcome.Kind.IN_DOUBT, "no complete answer within 30s");
    ClaimedRow twice =
        new ClaimedRow(FRESH.id(), FRESH.imageUrl(), 2, 2, 2, true, false, Stage.DETECT, null);

    assertThat(SET_ASIDE.transition(FRESH, silence, true, NOW, NOW + 30_000).answered().message())
        .isEqualTo(
            "sent 1970-01-01T00:16:40Z, no complete answer within 30s; it may have been charged");
    assertThat(RESUBMIT.transition(twice, silence, true, NOW, NOW + 30_000).answered().message())
        .isEqualTo(
            "sent 1970-01-01T00:16:40Z, no complete answer within 30s; it may have been charged,"
                + " and so may an earlier request of this row");
  }

  @ParameterizedTest
  @EnumSource(Outcome.Kind.class)
  void possibleDuplicateIsNeverForgotten(Outcome.Kind kind) {
    ClaimedRow duplicate =
        new ClaimedRow(FRESH.id(), FRESH.imageUrl(), 2, 1, 1, true, false, Stage.DETECT, null);

    assertThat(
            SET_ASIDE
                .transition(duplicate, LedgerBench.outcome(kind), true, NOW, NOW)
                .counters()
                .possibleDuplicate())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED,   ANSWERED,    200",
    "DEAD_LETTER, ANSWERED,    422",
    "NOT_FOUND,   NOT_FOUND,   404",
    "RETRY,       FAILURE,     500",
    "IN_DOUBT,    DOUBT,       0",
    "UNREACHABLE, UNREACHABLE, 0",
    "REFUSED,     REFUSED,     429",
    "MAINTENANCE, MAINTENANCE, 455",
    "HALT,        HALT,        402",
    "NOT_SENT,    UNUSED,      0"
  })
  void gateHears(Outcome.Kind kind, Signal.Kind news, int code) {
    Outcome outcome = LedgerBench.outcome(kind);

    assertThat(TransitionRules.signal(FRESH, outcome))
        .isEqualTo(
            new Signal(
                news, RequestKind.CREATE, false, code, outcome.message(), outcome.retryAfter()));
  }

  @Test
  void httpStatusStandsInForAMissingCode() {
    Outcome halt = new Outcome(Outcome.Kind.HALT, null, null, 401, "", null, null, null);

    assertThat(TransitionRules.signal(FRESH, halt).code()).isEqualTo(401);
  }
}
