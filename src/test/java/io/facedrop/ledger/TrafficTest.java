package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.read.FoundFaces;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report is made of: counts of requests, sums and events. */
class TrafficTest extends AuditedLedger {
  @ParameterizedTest
  @CsvSource({"-5, 0", "0, 0", "1, 0", "2, 8", "3, 13", "4, 16", "5, 19", "6, 21", "1000, 80"})
  void latencyHasAClass(long millis, int latency) {
    assertThat(Traffic.latencyOf(millis)).isEqualTo(latency);
  }

  @Test
  void everyLatencyLiesInItsClass() {
    for (long millis = 2; millis < 2_000_000; millis += 1 + millis / 1000) {
      int latency = Traffic.latencyOf(millis);
      assertThat((double) millis)
          .as("%s ms in class %s", millis, latency)
          .isLessThanOrEqualTo(Traffic.longestMillis(latency))
          .isGreaterThan(Traffic.longestMillis(latency - 1));
    }
    for (int power = 1; power < 40; power++) {
      assertThat(Traffic.latencyOf(1L << power)).as("2^%s ms", power).isEqualTo(8 * power);
    }
  }

  @Test
  void slotsSumUpAllBatchesFromAMomentOn() {
    bench.batch(2);
    settle(bench.claim(), Outcome.Kind.DEAD_LETTER, 100);
    clock.forward(Duration.ofMinutes(6));
    bench.batch(2);
    settle(bench.claim(), Outcome.Kind.SUCCEEDED, 100);
    settle(bench.claim(), Outcome.Kind.SUCCEEDED, 100);

    int class100 = Traffic.latencyOf(100);
    assertThat(bench.ledger.slots(LedgerBench.START, 300))
        .containsExactly(
            new Traffic(0, Traffic.Kind.CREATE, class100, 1, 0, 0, 1),
            new Traffic(1, Traffic.Kind.CREATE, class100, 2, 0, 2, 0));
    assertThat(bench.ledger.slots(LedgerBench.START.plusSeconds(300), 300))
        .containsExactly(new Traffic(0, Traffic.Kind.CREATE, class100, 2, 0, 2, 0));
  }

  @Test
  void requestsAreCountedByKindLatencyAndWhatCameOfThem() {
    Batch batch = bench.batch(4);
    ClaimedRow submitted = bench.claim();
    ClaimedRow retried = bench.claim();
    ClaimedRow dead = bench.claim();
    settle(submitted, Outcome.Kind.SUBMITTED, 100);
    settle(retried, Outcome.Kind.RETRY, 100);
    settle(dead, Outcome.Kind.DEAD_LETTER, 3);
    settle(bench.claim(), Outcome.Kind.UNREACHABLE, 100);
    clock.forward(Duration.ofSeconds(2));
    settle(poll(), Outcome.Kind.RUNNING, 0);
    clock.forward(Duration.ofSeconds(1));
    settle(poll(), Outcome.Kind.REFUSED, 1);
    settle(poll(), Outcome.Kind.RETRY, 2);
    clock.forward(Duration.ofSeconds(2));
    settle(poll(), LedgerBench.faces(3), 4);

    assertThat(bench.ledger.of(batch).traffic(LedgerBench.START, Duration.ofSeconds(5)))
        .containsExactly(
            new Traffic(0, Traffic.Kind.CREATE, 13, 1, 0, 0, 1),
            new Traffic(0, Traffic.Kind.CREATE, 54, 2, 1, 0, 0),
            new Traffic(0, Traffic.Kind.QUERY, 0, 2, 1, 0, 0),
            new Traffic(0, Traffic.Kind.QUERY, 8, 1, 1, 0, 0),
            new Traffic(1, Traffic.Kind.FACES, 99, 1, 0, 0, 0),
            new Traffic(1, Traffic.Kind.QUERY, 16, 1, 0, 1, 0));
    assertThat(bench.now(batch).requests()).isEqualTo(7);
    assertThat(bench.see("select sum(requests) from traffic where kind <> 'FACES'")).isEqualTo(7);
  }

  @Test
  void latencyOfAnAbandonedRequestIsUnknown() {
    Batch batch = bench.batch(2);
    settle(bench.claim(), Outcome.Kind.SUBMITTED, 5);
    clock.forward(Duration.ofSeconds(2));
    poll();
    bench.claim();

    bench.ledger.work().recover(LedgerBench.RULES);

    assertThat(bench.ledger.of(batch).traffic(LedgerBench.START, Duration.ofHours(1)))
        .containsExactly(
            new Traffic(0, Traffic.Kind.CREATE, Traffic.UNKNOWN, 1, 0, 0, 1),
            new Traffic(0, Traffic.Kind.CREATE, 19, 1, 0, 0, 0),
            new Traffic(0, Traffic.Kind.QUERY, Traffic.UNKNOWN, 1, 1, 0, 0));
  }

  @Test
  void facesAndChargesAreSummedUp() {
    Batch batch = bench.batch(4);
    for (int faces : new int[] {0, 2, 3}) {
      bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
      clock.forward(Duration.ofSeconds(2));
      settle(poll(), LedgerBench.faces(faces), 1);
    }
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);

    Totals totals = bench.ledger.of(batch).totals();

    assertThat(totals.faces()).isEqualTo(5);
    assertThat(totals.withFaces()).isEqualTo(2);
    assertThat(totals.charged().get(Charged.YES)).isEqualTo(3);
    assertThat(totals.charged().get(Charged.NO)).isEqualTo(1);
    assertThat(totals.charged().get(Charged.UNKNOWN)).isEqualTo(0);
    assertThat(totals.attempts()).isEqualTo(4);
    assertThat(totals.retried()).isEqualTo(0);
    assertThat(bench.ledger.of(batch).firstFaces(1))
        .extracting(FoundFaces::imageUrl)
        .containsExactly(LedgerBench.url(1));
  }

  @Test
  void openTaskIsNotChargedYet() {
    Batch batch = bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);

    assertThat(bench.ledger.of(batch).totals().charged().values()).containsOnly(0L);
  }

  @Test
  void eventsBearTheirKindAndThePauseItsEnd() {
    GateStore store = bench.ledger.gateStore("key");
    Instant start = LedgerBench.START;
    save(store, gate(60, 0), "pausing");
    save(store, gate(90, 0), "");
    save(store, gate(80, 0), "");
    clock.forward(Duration.ofSeconds(1));
    save(store, gate(0, 0), "going on");
    save(store, gate(100, 0), "");
    clock.forward(Duration.ofSeconds(1));
    save(store, gate(0, 402), "halted");
    save(store, gate(200, 402), "");

    assertThat(bench.ledger.of(bench.batch(1)).events(start, clock.instant()))
        .containsExactly(
            new Event(start, Event.Kind.PAUSE, start.plusSeconds(90), "pausing"),
            new Event(start.plusSeconds(1), Event.Kind.OPEN, null, "going on"),
            new Event(start.plusSeconds(2), Event.Kind.HALT, null, "halted"));
  }

  private static void save(GateStore store, GateState state, String event) {
    assertThat(store.save(state.at(store.revision()), event)).isTrue();
  }

  private static GateState gate(int pausedSeconds, int haltedCode) {
    long until =
        pausedSeconds == 0 ? 0 : LedgerBench.START.plusSeconds(pausedSeconds).toEpochMilli();
    return new GateState(
        0,
        true,
        new GateState.Pause(until, "code 429", 1),
        Map.of(),
        new GateState.Halt(haltedCode, "", false, 1, 2));
  }

  private ClaimedRow poll() {
    return bench
        .ledger
        .work()
        .settleAndClaim(
            null, () -> new Wanted(Set.of(), Wanted.EVERY_STAGE, null, Wanted.Choice.ANY, 0));
  }

  private void settle(ClaimedRow claimed, Outcome.Kind kind, long millis) {
    settle(claimed, LedgerBench.outcome(kind), millis);
  }

  private void settle(ClaimedRow claimed, Outcome outcome, long millis) {
    TransitionRules soon =
        new TransitionRules(
            3, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), false, LedgerBench.POLLS);
    bench
        .ledger
        .work()
        .settleAndClaim(
            soon.transition(claimed, outcome, true, clock.millis() - millis, clock.millis()),
            false);
    clock.forward(Duration.ofMillis(1));
  }
}
