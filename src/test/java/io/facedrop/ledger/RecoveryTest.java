package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.Backoff;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.ledger.view.Tally;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest extends AuditedLedger {
  private static final TransitionRules RESUBMIT =
      new TransitionRules(
          2, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), true, LedgerBench.POLLS);

  @Test
  void abandonedClaimIsADeadLetterInDoubt() {
    Batch batch = bench.batch(3);
    bench.claim();
    bench.claim();
    reopen();
    clock.forward(Duration.ofMinutes(1));

    assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(2);

    assertThat(bench.now(batch).dead()).isEqualTo(2);
    assertThat(bench.now(batch).requests()).isEqualTo(2);
    assertThat(bench.see("select distinct charged from progress")).isEqualTo("unknown");
    assertThat(bench.see("select distinct message from progress"))
        .isEqualTo(
            "to be sent at 2026-05-27T13:14:04Z, but facedrop was killed before an answer was recorded,"
                + " and maybe before it was sent; it may have been charged");
    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("IN_DOUBT", null, 2));
    assertThat(bench.claimAll()).hasSize(1);
    assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(1);
  }

  @Test
  void abandonedClaimIsSentAgainAsAPossibleDuplicate() {
    Batch batch = bench.batch(1);
    bench.claim();
    reopen();

    assertThat(bench.ledger.work().recover(RESUBMIT)).isEqualTo(1);
    clock.forward(Duration.ofSeconds(2));
    ClaimedRow again = bench.claim();

    assertThat(again.possibleDuplicate()).isTrue();
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.requests()).isEqualTo(1);

    reopen();
    bench.ledger.work().recover(RESUBMIT);

    assertThat(bench.state(batch, 0)).as("after the last attempt").isEqualTo("dead");
    assertThat(bench.ledger.of(batch).totals().possibleDuplicates()).isEqualTo(1);
    assertThat(bench.now(batch).requests()).isEqualTo(2);
  }

  @Test
  void possibleDuplicateStaysOneWhenItSucceeds() {
    Batch batch = bench.batch(1);
    bench.claim();
    bench.ledger.work().recover(RESUBMIT);
    clock.forward(Duration.ofSeconds(2));

    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);

    assertThat(bench.ledger.of(batch).totals().possibleDuplicates()).isEqualTo(1);
    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
  }

  @Test
  void abandonedClaimOfACancelledBatchIsNotSentAgain() {
    Batch batch = bench.batch(2);
    bench.claim();
    bench.ledger.orders().cancel(batch);

    bench.ledger.work().recover(RESUBMIT);

    assertThat(bench.now(batch).dead()).isEqualTo(2);
    clock.forward(Duration.ofMinutes(1));
    assertThat(bench.claim()).isNull();
  }

  @Test
  void halfReadManifestIsRemoved() {
    bench.loading("half.csv", List.of(LedgerBench.url(0), "no URL"));
    Batch whole = bench.batch(1);
    reopen();

    bench.ledger.work().recover(LedgerBench.RULES);

    assertThat(bench.see("select count(*) from batch")).isEqualTo(1);
    assertThat(bench.see("select count(*) from manifest_row")).isEqualTo(1);
    assertThat(bench.now(whole)).isEqualTo(whole);
  }

  @Test
  void heldRowsAreAsGoodAsNewAfterARestart() {
    Batch batch = bench.batch(2);
    bench.notFoundUnproven(bench.claim());
    assertThat(bench.state(batch, 0)).isEqualTo("unproven");
    reopen();

    assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(0);

    assertThat(bench.state(batch, 0)).isEqualTo("waiting");
    clock.forward(Duration.ofMinutes(1));
    assertThat(bench.claimAll()).hasSize(2).allMatch(claimed -> claimed.attempts() == 0);
  }

  @Test
  void heldRowsAreDeadLettersOnceTheAddressIsKnownToBeRight() {
    Batch batch = bench.batch(2);
    bench.notFoundUnproven(bench.claim());
    bench.notFoundUnproven(bench.claim());
    assertThat(bench.now(batch).open()).isEqualTo(2);

    bench.ledger.work().settleUnproven();

    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("NOT_FOUND", 404, 2));
    assertThat(bench.see("select max(attempts) from progress")).isEqualTo(1);
    assertThat(bench.ledger.settledBatches()).hasSize(1);
  }

  /** Its first request may have cost what the second did not. */
  @Test
  void nobodyKnowsWhatAHeldRowCostThatWasSentBefore() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    clock.forward(Duration.ofMinutes(1));
    bench.notFoundUnproven(bench.claim());

    bench.ledger.work().settleUnproven();

    assertThat(bench.see("select charged from progress")).isEqualTo("unknown");
  }

  @Test
  void heldRowsAreReopenedWhenTheAddressWasWrong() {
    Batch batch = bench.batch(1);
    bench.notFoundUnproven(bench.claim());
    clock.forward(Duration.ofMinutes(1));

    bench.ledger.work().reopenUnproven();

    assertThat(bench.state(batch, 0)).isEqualTo("waiting");
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(0);
    assertThat(bench.claim().requests()).isEqualTo(1);
  }

  /** Leaves the ledger as a process does that dies: claims stay. */
  private void reopen() {
    bench.close();
    bench = LedgerBench.with(directory, clock);
  }
}
