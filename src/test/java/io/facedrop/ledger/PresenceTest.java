package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Idle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest extends AuditedLedger {
  private static final String STARTED = "facedrop started again";
  private static final String STOPPED = "facedrop was stopped";
  private static final String DIED =
      "facedrop ended without saying so, as by a kill; its last sign is of this time";

  @Test
  void aStopInOrderAndTheNextStartAreEventsOfTheBatch() {
    starts();
    Batch batch = batchAfterASecond();
    after(40);
    bench.ledger.work().leave();
    after(700);
    starts();
    after(50);

    assertThat(events(batch))
        .containsExactly(
            new Event(at(41), Event.Kind.STOP, null, STOPPED),
            new Event(at(741), Event.Kind.START, null, STARTED));
    assertThat(idle(batch)).isEqualTo(Duration.ofSeconds(700));
  }

  @Test
  void whileNobodyWorksTheLastStopLasts() {
    starts();
    Batch batch = batchAfterASecond();
    after(40);
    bench.ledger.work().leave();
    after(700);

    assertThat(idle(batch)).isEqualTo(Duration.ofSeconds(700));
  }

  @Test
  void aKillIsNotedByTheNextStartAsOfTheLastSign() {
    starts();
    Batch batch = batchAfterASecond();
    after(10);
    bench.claim();
    after(700);
    starts();

    assertThat(events(batch))
        .containsExactly(
            new Event(at(11), Event.Kind.STOP, null, DIED),
            new Event(at(711), Event.Kind.START, null, STARTED));
  }

  @Test
  void anAnsweredRequestIsALastSignAndOneOfAnOperatorIsNot() {
    starts();
    Batch batch = batchAfterASecond();
    after(10);
    bench.succeed(1);
    after(30);
    bench.ledger.orders().resume();
    bench.ledger.orders().hold(batch);
    after(700);
    starts();

    assertThat(events(batch))
        .filteredOn(event -> event.kind() == Event.Kind.STOP)
        .containsExactly(new Event(at(11), Event.Kind.STOP, null, DIED));
  }

  @Test
  void aKillIsNotedAlthoughTheStartBeforeItIsForgotten() {
    Batch batch = batchAfterASecond();
    bench.claim();
    after(700);
    starts();

    assertThat(events(batch))
        .extracting(Event::kind)
        .containsExactly(Event.Kind.STOP, Event.Kind.START);
  }

  @Test
  void theVeryFirstStartIsNoStop() {
    starts();

    assertThat(bench.see("select kind from event")).isEqualTo("start");
  }

  @Test
  void whatIsToldOfTheGateStaysSo() {
    starts();
    GateStore gate = bench.ledger.gateStore("api key 1");
    Batch batch = batchAfterASecond();
    gate.save(
        new GateState(
            0,
            true,
            new GateState.Pause(at(90).toEpochMilli(), "429", 1),
            GateState.NEW.outages(),
            GateState.NEW.halt()),
        "pausing");
    bench.ledger.work().leave();
    after(10);
    starts();
    gate.save(
        new GateState(
            1,
            true,
            new GateState.Pause(at(95).toEpochMilli(), "429", 1),
            GateState.NEW.outages(),
            GateState.NEW.halt()),
        "");

    assertThat(events(batch))
        .as("it is extended although a stop and a start came after it")
        .contains(new Event(at(1), Event.Kind.PAUSE, at(95), "pausing"));
  }

  @Test
  void theLastSignOfABatchIsItsLastRequestAndItsAcceptanceBefore() {
    Batch batch = batchAfterASecond();
    after(20);
    assertThat(bench.ledger.of(batch).lastSign()).isEqualTo(at(1));

    bench.succeed(1);
    after(700);

    assertThat(bench.ledger.of(batch).lastSign()).isEqualTo(at(21));
  }

  private void starts() {
    bench.ledger.work().recover(LedgerBench.RULES);
  }

  private Batch batchAfterASecond() {
    after(1);
    return bench.batch(3);
  }

  private void after(long seconds) {
    clock.forward(Duration.ofSeconds(seconds));
  }

  private static Instant at(long second) {
    return LedgerBench.START.plusSeconds(second);
  }

  private List<Event> events(Batch batch) {
    return bench.ledger.of(batch).events(batch.acceptedAt(), clock.instant());
  }

  private Duration idle(Batch batch) {
    return Idle.sum(Idle.of(events(batch), batch.acceptedAt(), clock.instant()));
  }
}
