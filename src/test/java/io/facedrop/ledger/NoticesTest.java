package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Notice;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.RejectedManifest;
import io.facedrop.manifest.ManifestRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticesTest extends AuditedLedger {
  private static final GateState HALTED =
      new GateState(
          0,
          true,
          GateState.Pause.NONE,
          Map.of(),
          new GateState.Halt(402, "no credits", true, 6, 7));

  @BeforeEach
  void want() {
    bench.ledger.notices().want(true);
  }

  @Test
  void nothingIsKeptWhileNobodyWantsIt() {
    bench.ledger.notices().want(false);
    publish(bench.batch(1));
    bench.ledger.gateStore("api").save(HALTED, "halted");
    bench.ledger.orders().resume();

    assertThat(all()).isEmpty();
    assertThat(bench.ledger.waitingEvents()).isZero();
  }

  @Test
  void aBatchTellsOfItsLifeInOrder() {
    Batch batch = bench.batch("cats.csv", List.of("https://a.example/1.jpg"));
    publish(batch);

    List<JsonNode> told = all();

    assertThat(told)
        .extracting(event -> event.path("event").asText())
        .containsExactly("manifest accepted", "batch complete");
    assertThat(told.get(0).toString())
        .isEqualTo(
            "{\"event\":\"manifest accepted\",\"id\":\""
                + told.get(0).path("id").asText()
                + "\",\"at\":\"2026-05-27T13:14:04Z\",\"message\":\"cats.csv was accepted as batch "
                + batch.id()
                + "\",\"batch\":\""
                + batch.id()
                + "\",\"manifest\":\"cats.csv\",\"rows\":1,\"invalid\":0}");
    assertThat(told.get(1).path("message").asText())
        .isEqualTo(
            "batch "
                + batch.id()
                + " of cats.csv is complete: 1 row = 1 succeeded + 0 dead letters");
    assertThat(told.get(1).path("succeeded").asLong()).isEqualTo(1);
    assertThat(told.get(1).path("dead_letters").asLong()).isZero();
  }

  @Test
  void whatIsDeliveredIsNotHandedOutAgainAndWhatIsNotKeepsItsId() {
    bench.batch(1);
    Notice first = bench.ledger.notices().next().orElseThrow();
    reopen();

    assertThat(bench.ledger.notices().next()).contains(first);
    bench.ledger.notices().delivered(first);
    bench.ledger.notices().delivered(first);
    assertThat(bench.ledger.notices().next()).isEmpty();
  }

  @Test
  void aManifestThatIsNotAdmittedTellsNothing() {
    long number = bench.loading("cats.csv", List.of("https://a.example/1.jpg"));

    assertThatThrownBy(
            () ->
                bench
                    .ledger
                    .acceptance()
                    .accept(
                        number,
                        LedgerBench.SHA256,
                        accepted -> {
                          throw new ManifestRejectedException("CODE", "why", "this", "that", 0);
                        }))
        .isInstanceOf(ManifestRejectedException.class);
    bench.ledger.acceptance().discard(number);

    assertThat(all()).isEmpty();
  }

  @Test
  void whatCannotBeToldHasNotHappened() {
    Batch batch = bench.batch(1);
    bench.succeedAll();
    deliverAll();
    long number = bench.loading("dogs.csv", List.of("https://a.example/1.jpg"));
    bench.refuse("insert", "notice", "no room");

    assertThatThrownBy(() -> bench.ledger.acceptance().accept(number, LedgerBench.SHA256))
        .hasMessageContaining("no room");
    assertThatThrownBy(() -> bench.ledger.publishing().completed(batch))
        .hasMessageContaining("no room");
    assertThatThrownBy(() -> bench.ledger.gateStore("api").save(HALTED, "halted"))
        .hasMessageContaining("no room");
    assertThat(bench.ledger.openBatches()).containsExactly(bench.now(batch));
    assertThat(bench.ledger.gates()).containsExactly(GateState.NEW);

    bench.allow("notice");
    bench.ledger.publishing().completed(batch);
    bench.ledger.acceptance().discard(number);
    assertThat(all())
        .extracting(event -> event.path("event").asText())
        .containsExactly("batch complete");
  }

  @Test
  void rowsInDoubtOfAMinuteBecomeOneEvent() {
    Batch batch = bench.batch(4);
    deliverAll();
    List<ClaimedRow> claimed = bench.claimAll();
    bench.settle(claimed.get(0), Outcome.Kind.IN_DOUBT);
    clock.forward(Duration.ofSeconds(30));
    bench.settle(claimed.get(1), Outcome.Kind.IN_DOUBT);

    assertThat(bench.ledger.notices().next()).as("more may come").isEmpty();
    clock.forward(Duration.ofSeconds(31));
    Notice handedOut = bench.ledger.notices().next().orElseThrow();
    bench.settle(claimed.get(2), Outcome.Kind.IN_DOUBT);
    bench.settle(claimed.get(3), Outcome.Kind.SUCCEEDED);
    publish(batch);

    assertThat(bench.ledger.notices().next()).contains(handedOut);
    List<JsonNode> told = all();
    assertThat(told)
        .extracting(event -> event.path("event").asText())
        .containsExactly("rows in doubt", "rows in doubt", "batch complete");
    assertThat(told).extracting(event -> event.path("in_doubt").asLong()).startsWith(2L, 1L);
    assertThat(told.get(0).path("message").asText()).startsWith("2 rows are in doubt: ");
  }

  @Test
  void aProcessThatEndsLeavesNothingThatIsStillCounted() {
    bench.batch(1);
    deliverAll();
    bench.settle(bench.claim(), Outcome.Kind.IN_DOUBT);

    bench.ledger.notices().closeAll();

    assertThat(all()).hasSize(1);
  }

  @Test
  void aHaltIsToldOnceAndItsEnd() {
    GateStore store = bench.ledger.gateStore("https://api.example key 1");
    store.save(HALTED, "halted");
    store.save(HALTED.at(1), "");
    store.save(HALTED.at(2).open(), "going on");
    store.save(HALTED.at(3), "halted");
    bench.ledger.orders().resume();

    List<JsonNode> told = all();
    assertThat(told)
        .extracting(event -> event.path("event").asText())
        .containsExactly("gate halted", "gate open", "gate halted", "gate open");
    assertThat(told.get(0).path("message").asText())
        .isEqualTo("the gate is halted: the account is out of credits: top it up");
    assertThat(told.get(0).path("reason").asText()).isEqualTo("code 402");
    assertThat(told.get(0).path("said").asText()).isEqualTo("no credits");
    assertThat(told.get(3).path("message").asText())
        .isEqualTo("the gate is open again: resumed by the operator");
  }

  @Test
  void aShortPauseIsNobodysBusiness() {
    GateStore store = bench.ledger.gateStore("api");
    store.save(paused(0, Duration.ofSeconds(10)), "pausing");
    clock.forward(Duration.ofSeconds(10));
    bench.ledger.notices().lookAtGates();
    store.save(HALTED.at(1).open(), "");
    clock.forward(Duration.ofHours(1));
    bench.ledger.notices().lookAtGates();

    assertThat(all()).isEmpty();
  }

  @Test
  void aPauseThatLastsIsToldOnceAlsoAfterARestartAndSoIsItsEnd() {
    GateStore store = bench.ledger.gateStore("api");
    store.save(paused(0, Duration.ofMinutes(10)), "pausing");
    clock.forward(Duration.ofMinutes(4));
    bench.ledger.notices().lookAtGates();
    assertThat(bench.ledger.waitingEvents()).isZero();
    reopen();

    clock.forward(Duration.ofMinutes(1));
    bench.ledger.notices().lookAtGates();
    bench.ledger.notices().lookAtGates();
    assertThat(bench.ledger.waitingEvents()).isEqualTo(1);
    // Nothing is left to be sent, so no answer ends the pause.
    clock.forward(Duration.ofMinutes(7));
    bench.ledger.notices().lookAtGates();

    assertThat(all())
        .extracting(event -> event.path("event").asText())
        .containsExactly("gate paused for long", "gate open");
  }

  @Test
  void anOutputThatFailsForAMinuteIsToldOnce() {
    bench.ledger.deliveries().link("output success", "no such host");
    bench.ledger.deliveries().link(Link.EVENTS, "no such host either");
    bench.ledger.notices().lookAtOutputs();
    clock.forward(Duration.ofMinutes(1));
    bench.ledger.notices().lookAtOutputs();
    reopen();
    bench.ledger.notices().lookAtOutputs();
    bench.ledger.deliveries().link("output success", "");
    bench.ledger.notices().lookAtOutputs();

    List<JsonNode> told = all();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).path("event").asText()).isEqualTo("output failing");
    assertThat(told.get(0).path("message").asText())
        .isEqualTo("output success cannot be written: no such host");
  }

  @Test
  void resultsThatExpireUnpublishedAreToldOnce() {
    Batch batch = bench.batch(2);
    deliverAll();
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));
    bench.settle(bench.claim(), LedgerBench.faces(1));
    clock.forward(Duration.ofMinutes(39));
    bench.ledger.notices().lookAtResults();
    assertThat(bench.ledger.waitingEvents()).isZero();

    clock.forward(Duration.ofMinutes(2));
    bench.ledger.notices().lookAtResults();
    bench.ledger.notices().lookAtResults();

    List<JsonNode> told = all();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).path("event").asText())
        .isEqualTo("detect_ids about to expire unpublished");
    bench.ledger.publishing().partsToPublish(clock.instant());
    bench
        .ledger
        .of(batch)
        .parts()
        .forEach(part -> bench.ledger.publishing().published(part, "the file", "out", "ab"));
    bench.ledger.notices().lookAtResults();
    assertThat(bench.see("select count(*) from told")).isEqualTo(0);
    assertThat(told.get(0).path("batch").asText()).isEqualTo(batch.id());
    assertThat(told.get(0).path("expiring").asLong()).isEqualTo(1);
    assertThat(told.get(0).path("first_expires_at").asText()).isEqualTo("2026-05-27T14:14:04Z");
  }

  @Test
  void aRejectionIsToldOnceHoweverOftenACrashRepeatsIt() {
    RejectedManifest rejected =
        new RejectedManifest(".work/a/m.csv", "m.csv", "NOT_UTF8", "no UTF-8", 0, "20260527-m.csv");
    bench.ledger.notices().rejected(rejected);
    reopen();
    bench.ledger.notices().rejected(rejected);

    List<JsonNode> told = all();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).path("event").asText()).isEqualTo("manifest rejected");
    assertThat(told.get(0).path("reason").asText()).isEqualTo("NOT_UTF8");
    assertThat(told.get(0).path("kept_as").asText()).isEqualTo("20260527-m.csv");
  }

  @Test
  void whatNobodyReceivesIsBoundedAndWhatIsDroppedIsTold() {
    bench.see(
        """
        with recursive event(n) as (select 1 union all select n + 1 from event where n < 9998)
        insert into notice (id, at, kind, body)
        select 'id ' || n, 0, 'batch complete', '{}' from event
        returning 1
        """);
    bench.ledger.gateStore("api").save(HALTED, "halted");
    bench.batch(1);
    bench.batch(1);
    bench.batch(1);

    assertThat(bench.ledger.waitingEvents()).isEqualTo(10_001);
    assertThat(bench.see("select count(*) from notice where kind = 'gate halted'"))
        .as("the gate's goes first")
        .isEqualTo(0);
    assertThat(bench.see("select count(*) from notice where id = 'id 1'")).isEqualTo(0);
    assertThat(bench.see("select body from notice where kind = 'events dropped'").toString())
        .contains("\"dropped\":2");
  }

  private static GateState paused(long revision, Duration pause) {
    return new GateState(
        revision,
        true,
        new GateState.Pause(LedgerBench.START.plus(pause).toEpochMilli(), "code 429: slower", 1),
        Map.of(),
        GateState.Halt.NONE);
  }

  private void publish(Batch batch) {
    bench.succeedAll();
    bench.ledger.publishing().completed(batch);
  }

  private void reopen() {
    bench.close();
    bench = LedgerBench.with(directory, clock);
  }

  private void deliverAll() {
    all();
  }

  /** Everything that is handed out, which is then delivered. */
  private List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    for (Optional<Notice> next = bench.ledger.notices().next();
        next.isPresent();
        next = bench.ledger.notices().next()) {
      all.add(json(next.get()));
      assertThat(all.get(all.size() - 1).path("id").asText()).isEqualTo(next.get().id());
      bench.ledger.notices().delivered(next.get());
    }
    Stream<String> ids = all.stream().map(event -> event.path("id").asText());
    assertThat(new HashSet<>(ids.toList())).hasSize(all.size());
    return all;
  }

  private static JsonNode json(Notice notice) {
    try {
      return new ObjectMapper().readTree(notice.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
