package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.Detection;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.ledger.view.Tally;
import io.facedrop.manifest.Row;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rows of one URL in one manifest: the first is sent, and the others share its result. */
class SharingTest extends AuditedLedger {
  private static final String CAT = LedgerBench.url(1);
  private static final String DOG = LedgerBench.url(2);

  @Test
  void onlyTheFirstRowOfAUrlIsClaimed() {
    Batch batch = bench.sharing(List.of(CAT, DOG, CAT, CAT, DOG));

    assertThat(bench.claimAll()).extracting(ClaimedRow::imageUrl).containsExactly(CAT, DOG);
    assertThat(batch.shared()).isEqualTo(3);
  }

  @Test
  void rowsAreSentEachUnlessTheyAreToShare() {
    Batch batch = bench.batch("cats.csv", List.of(CAT, CAT));

    assertThat(bench.claimAll()).hasSize(2);
    assertThat(batch.shared()).isZero();
  }

  @Test
  void urlsThatDifferInAByteAreDifferent() {
    bench.sharing(List.of(CAT, CAT + "?", CAT.replace("1.jpg", "1.JPG"), CAT.replace("i", "I")));

    assertThat(bench.claimAll()).hasSize(4);
  }

  @Test
  void batchesDoNotShareWithEachOther() {
    bench.sharing(List.of(CAT));
    bench.sharing(List.of(CAT));

    assertThat(bench.claimAll()).hasSize(2);
  }

  @Test
  void followersHaveTheFacesOfTheirLeaderAndCostNothing() {
    Batch batch = bench.sharing(List.of(CAT, DOG, CAT));
    succeedWithFaces(submitted(bench.claim()), "m1");
    clock.forward(Duration.ofSeconds(3));

    bench.ledger.housekeeping().shareResults();

    assertThat(bench.now(batch).succeeded()).isEqualTo(2);
    assertThat(bench.now(batch).requests()).isEqualTo(2);
    assertThat(bench.see("select detect_id || charged || requests from progress where id & 7 = 2"))
        .isEqualTo("m1no0");
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);
    assertThat(bench.ledger.settledBatches()).hasSize(1);
    List<EndedRow> rows = published(batch);
    assertThat(rows).extracting(EndedRow::line).containsExactly(2L, 4L, 3L);
    assertThat(rows).extracting(EndedRow::after).containsExactly(",row 0", ",row 2", ",row 1");
    assertThat(rows.get(1).expiresAt()).isEqualTo(rows.get(0).expiresAt());
  }

  @Test
  void followersDieWithTheirLeader() {
    Batch batch = bench.sharing(List.of(CAT, CAT, CAT));
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);

    bench.ledger.housekeeping().shareResults();

    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("VALIDATION_ERROR", 422, 3));
    assertThat(bench.ledger.of(batch).totals().attempts()).isEqualTo(1);
  }

  @Test
  void followersOfALeaderThatIsTriedAgainWait() {
    Batch batch = bench.sharing(List.of(CAT, CAT));
    bench.settle(bench.claim(), Outcome.Kind.RETRY);

    bench.ledger.housekeeping().shareResults();

    assertThat(bench.now(batch).open()).isEqualTo(2);
    assertThat(bench.claim()).isNull();
  }

  @Test
  void rowsWithAnInvalidUrlLeadNobody() {
    Batch batch = bench.sharing(List.of("no URL", "no URL", CAT));

    assertThat(batch.shared()).isZero();
    assertThat(batch.dead()).isEqualTo(2);
  }

  @Test
  void leaderThatACrashLeftInDoubtTakesItsFollowersAlong() {
    Batch batch = bench.sharing(List.of(CAT, CAT));
    bench.claim();
    reopen();

    assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(1);
    bench.ledger.housekeeping().shareResults();

    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("IN_DOUBT", null, 2));
  }

  @Test
  void leaderThatIsHeldTakesItsFollowersAlong() {
    Batch batch = bench.sharing(List.of(CAT, CAT));
    bench.notFoundUnproven(bench.claim());
    bench.ledger.housekeeping().shareResults();
    assertThat(bench.now(batch).open()).isEqualTo(2);

    bench.ledger.work().settleUnproven();
    bench.ledger.housekeeping().shareResults();

    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("NOT_FOUND", 404, 2));
  }

  @Test
  void cancelledFollowersGoTheWayOfTheirLeader() {
    Batch batch = bench.sharing(List.of(CAT, DOG, CAT, DOG));
    ClaimedRow out = submitted(bench.claim());

    bench.ledger.orders().cancel(batch);
    assertThat(bench.now(batch).dead()).isEqualTo(2);
    assertThat(bench.now(batch).open()).isEqualTo(2);
    succeedWithFaces(out, "m1");
    bench.ledger.housekeeping().shareResults();

    assertThat(bench.now(batch).succeeded()).isEqualTo(2);
    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("CANCELLED", null, 2));
    assertThat(bench.ledger.of(batch).totals().charged())
        .containsEntry(Charged.YES, 1L)
        .containsEntry(Charged.NO, 3L);
  }

  @Test
  void rowThatGoesOnWithItsTaskIsItsOwn() {
    Batch first = bench.batch("first.csv", List.of(CAT));
    ClaimedRow claimed = submitted(bench.claim());
    clock.forward(Duration.ofHours(1));
    bench.settle(claimed, Outcome.Kind.RUNNING);
    assertThat(bench.now(first).dead()).isEqualTo(1);

    long again = bench.begin("again.csv", true);
    bench
        .ledger
        .acceptance()
        .add(
            again,
            new RowGroup(
                0,
                List.of(
                    new Row(2, CAT, "", "", null, null),
                    new Row(3, CAT, "", "", null, "task-1"),
                    new Row(4, CAT, "", "", null, null))));
    Batch batch = bench.ledger.acceptance().accept(again, LedgerBench.SHA256);

    assertThat(batch.adopted()).isEqualTo(1);
    assertThat(batch.shared()).isEqualTo(1);
    assertThat(bench.claimAll()).extracting(ClaimedRow::line).containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void manyFollowersAreSettledInBoundedGroupsThatARestartPicksUp() {
    Batch batch = bench.sharing(Collections.nCopies(20_001, CAT));
    succeedWithFaces(submitted(bench.claim()), "m1");

    assertThat(settledAtOnce()).isBetween(1, 5_000);
    bench.audit("between groups");
    reopen();
    bench.ledger.work().recover(LedgerBench.RULES);
    assertThat(settledAtOnce()).isBetween(1, 5_000);
    bench.ledger.housekeeping().shareResults();

    assertThat(bench.now(batch).succeeded()).isEqualTo(20_001);
    assertThat(bench.see("select count(*) from sharing")).isEqualTo(0);
    assertThat(bench.see("select count(*) from part")).isEqualTo(1);
  }

  @Test
  void manyLeadersShareOneGroup() {
    Batch batch =
        bench.sharing(IntStream.range(0, 400).mapToObj(row -> LedgerBench.url(row % 200)).toList());
    bench.succeedAll();

    bench.ledger.housekeeping().shareSome();

    assertThat(bench.now(batch).succeeded()).isEqualTo(400);
  }

  @Test
  void whatIsBehindManyFollowersIsClaimedAllTheSame() {
    bench.sharing(
        Stream.concat(Collections.nCopies(20_000, CAT).stream(), Stream.of(DOG)).toList());

    assertThat(bench.claimAll()).extracting(ClaimedRow::imageUrl).containsExactly(CAT, DOG);
  }

  @Test
  void manyFollowersAreCancelledWithTheirLeader() {
    Batch batch = bench.sharing(Collections.nCopies(20_000, CAT));

    bench.ledger.orders().cancel(batch);

    assertThat(bench.now(batch).dead()).isEqualTo(20_000);
  }

  @Test
  void nothingIsLeftOfWhatWasNotAccepted() {
    long loading = bench.loading("cats.csv", List.of(CAT, CAT, DOG), true);
    bench.ledger.acceptance().follow(loading);
    assertThat(bench.see("select count(*) from follower")).isEqualTo(1);

    bench.ledger.acceptance().discard(loading);

    assertThat(bench.see("select count(*) from follower")).isEqualTo(0);
  }

  private int settledAtOnce() {
    Batch before = bench.ledger.newestBatches(1).get(0);
    bench.ledger.housekeeping().shareSome();
    return (int) (bench.now(before).succeeded() - before.succeeded());
  }

  private ClaimedRow submitted(ClaimedRow claimed) {
    bench.settle(claimed, Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));
    ClaimedRow poll = bench.claim();
    return poll.task() == null ? bench.claim() : poll;
  }

  private void succeedWithFaces(ClaimedRow claimed, String detectId) {
    Outcome outcome =
        new Outcome(
            Outcome.Kind.SUCCEEDED,
            null,
            200,
            200,
            "ok",
            null,
            new Detection(detectId, 1, "[{}]"),
            null);
    bench.settle(claimed, outcome);
  }

  private List<EndedRow> published(Batch batch) {
    return bench.ledger.publishing().partsToPublish(clock.instant()).stream()
        .flatMap(
            part -> {
              try (EndedRows rows = bench.ledger.rows(part)) {
                return Stream.iterate(rows.next(), row -> row != null, row -> rows.next())
                    .toList()
                    .stream();
              }
            })
        .toList();
  }

  private void reopen() {
    bench.close();
    bench = LedgerBench.with(directory, clock);
  }
}
