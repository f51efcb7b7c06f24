package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.api.gate.Signal;
import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatesTest {
  private static final GateState HALTED =
      new GateState(
          0,
          true,
          new GateState.Pause(5, "code 429", 3),
          Map.of(
              GateState.Reach.CREATE, new GateState.Outage("cut", true, 2, 9, 10_000),
              GateState.Reach.ALL, new GateState.Outage("gone", false, 1, 8, 0)),
          new GateState.Halt(402, "no credits", true, 6, 7));

  @TempDir Path directory;
  private SettableClock clock;
  private LedgerBench bench;
  private GateStore store;

  @BeforeEach
  void open() {
    clock = new SettableClock(LedgerBench.START);
    bench = LedgerBench.with(directory, clock);
    store = bench.ledger.gateStore("https://api.example key 1");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void unknownGateIsNew() {
    assertThat(store.load()).isEqualTo(GateState.NEW);
    assertThat(store.revision()).isEqualTo(0);
  }

  @Test
  void gateOutlivesTheLedger() {
    store.save(HALTED, "");
    bench.close();
    bench = LedgerBench.with(directory, clock);

    assertThat(bench.ledger.gateStore("https://api.example key 1").load()).isEqualTo(HALTED.at(1));
    assertThat(bench.ledger.gates()).containsExactly(HALTED.at(1));
  }

  @Test
  void gatesOfTwoKeysAreApart() {
    store.save(HALTED, "");

    assertThat(bench.ledger.gateStore("https://api.example key 2").load()).isEqualTo(GateState.NEW);
  }

  @Test
  void resumeOpensTheGateAndRaisesItsRevision() {
    store.save(HALTED, "");

    assertThat(bench.ledger.orders().resume()).isEqualTo(1);

    assertThat(store.revision()).isEqualTo(2);
    assertThat(store.load())
        .isEqualTo(new GateState(2, true, GateState.Pause.NONE, Map.of(), GateState.Halt.NONE));
    assertThat(bench.ledger.orders().resume()).isEqualTo(0);
    assertThat(store.revision()).isEqualTo(2);
  }

  @Test
  void eachChangeRaisesTheRevisionSoThatOthersSeeIt() {
    assertThat(store.save(HALTED, "")).isTrue();
    assertThat(store.save(HALTED.at(1), "")).isTrue();

    assertThat(store.revision()).isEqualTo(2);
    assertThat(store.save(HALTED.at(1), "")).as("made without knowing of the last").isFalse();
  }

  @Test
  void whoHasNotSeenTheResumeDoesNotUndoIt() {
    store.save(HALTED, "");
    bench.ledger.orders().resume();

    store.save(HALTED, "halted again, by an answer to an earlier request");

    assertThat(store.load().halted()).isFalse();
    assertThat(store.revision()).isEqualTo(2);
  }

  @Test
  void eventsAreKeptWithTheirTime() {
    store.save(HALTED, "halted");
    clock.forward(Duration.ofMinutes(1));
    store.save(HALTED.at(1), "");
    bench.ledger.orders().resume();

    assertThat(bench.ledger.of(bench.batch(1)).events(LedgerBench.START, clock.instant()))
        .containsExactly(
            new Event(LedgerBench.START, Event.Kind.HALT, null, "halted"),
            new Event(clock.instant(), Event.Kind.OPEN, null, "resumed by the operator"));
  }

  @Test
  void whatHadClosedTheGateBeforeIsToldToo() {
    store.save(HALTED, "halted");
    clock.forward(Duration.ofMinutes(1));
    Instant later = clock.instant();

    assertThat(bench.ledger.of(bench.batch(1)).events(later, later))
        .containsExactly(new Event(LedgerBench.START, Event.Kind.HALT, null, "halted"));
    bench.ledger.orders().resume();
    clock.forward(Duration.ofMinutes(1));
    assertThat(bench.ledger.of(bench.batch(1)).events(clock.instant(), clock.instant())).isEmpty();
  }

  @Test
  void anotherKeyWhosePauseIsOverOpensTheGate() {
    GateState paused =
        new GateState(
            0, true, new GateState.Pause(5, "code 429", 3), Map.of(), GateState.Halt.NONE);
    bench.ledger.gateStore("https://api.example key 2").save(paused, "");
    store.save(HALTED, "halted");

    bench.ledger.gateStore("https://api.example key 2");

    assertThat(bench.ledger.of(bench.batch(1)).events(LedgerBench.START, clock.instant()))
        .last()
        .extracting(Event::kind, Event::until)
        .containsExactly(Event.Kind.OPEN, null);
  }

  @Test
  void thePausesOfAnOutageAreKnownFromThoseThatTheApiAsksFor() throws Exception {
    GateLimits limits =
        new GateLimits(
            0,
            GateLimits.SHARED,
            1,
            1,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));
    Gate gate = new Gate(limits, store, () -> OptionalDouble.of(1), clock);
    gate.report(gate.acquire(), 1, Signal.of(Signal.Kind.REFUSED, 429, "slower"));
    gate.report(gate.acquire(), 2, Signal.of(Signal.Kind.UNREACHABLE, 0, "refused"));
    gate.report(
        gate.acquire(), 3, Signal.of(Signal.Kind.UNREACHABLE, 0, Signal.STEP_FAILED + "no bean"));
    gate.end();

    assertThat(bench.ledger.of(bench.batch(1)).events(LedgerBench.START, clock.instant()))
        .extracting(Event::kind, Event::isOfOutage)
        .containsExactly(
            tuple(Event.Kind.PAUSE, false),
            tuple(Event.Kind.PAUSE, true),
            tuple(Event.Kind.PAUSE, true));
  }

  @Test
  void whatIsOrderedForABatchIsToldAlsoAfterItsEnd() {
    Batch batch = bench.batch(1);
    Instant end = clock.instant();
    clock.forward(Duration.ofMinutes(1));
    bench.ledger.orders().note(batch, "dropped again");
    bench.ledger.orders().note(null, "the gate was opened");

    assertThat(bench.ledger.of(batch).events(LedgerBench.START, end))
        .containsExactly(new Event(clock.instant(), Event.Kind.NOTE, null, "dropped again"));
  }

  @Test
  void aCancellationIsToldWithItsBatch() {
    Batch batch = bench.batch(1);
    assertThat(bench.ledger.orders().cancel(batch)).isTrue();
    assertThat(bench.ledger.orders().cancel(batch)).isFalse();

    assertThat(bench.ledger.of(batch).events(LedgerBench.START, clock.instant()))
        .extracting(Event::detail)
        .containsExactly(
            "batch "
                + batch.id()
                + " is cancelled by an operator: rows that were not sent are dead letters");
  }

  @Test
  void ofVeryManyEventsTheFirstAndTheLastAreToldAndHowManyAreBetween() {
    Instant end = LedgerBench.START.plusSeconds(3_000);
    bench.see(
        """
        with recursive second(n) as (select 0 union all select n + 1 from second where n < 2999)
        insert into event (at, kind, until, detail)
        select %1$d + n * 1000, 'pause', %1$d + (n + 1) * 1000, 'pause ' || n from second
        returning 1
        """
            .formatted(LedgerBench.START.toEpochMilli()));

    List<Event> events = bench.ledger.of(bench.batch(1)).events(LedgerBench.START, end);

    assertThat(events).hasSize(1_001);
    assertThat(events.get(0).detail()).isEqualTo("pause 0");
    assertThat(events.get(500).detail()).isEqualTo("2,000 events before this one are left out");
    assertThat(events.get(501).detail()).isEqualTo("pause 2500");
    assertThat(events.get(1_000).detail()).isEqualTo("pause 2999");
  }
}
