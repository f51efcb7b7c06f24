package io.facedrop.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.clock.SettableClock;
import io.facedrop.config.InvalidSettingsException;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RejectedManifest;
import io.facedrop.ledger.view.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {
  private static final String API = "http://api.example:8080";
  private static final String WORKER = "process 7";

  @TempDir Path directory;
  private SettableClock clock;
  private LedgerBench bench;
  private Survey survey;

  @BeforeEach
  void open() throws InvalidSettingsException {
    clock = new SettableClock(LedgerBench.START);
    bench = LedgerBench.of(directory, clock, API);
    Map<String, String> keys =
        Map.of(
            "facedrop.api.base-url", "https://another.example",
            "facedrop.api.key", "another",
            "facedrop.api.rate", "1/s",
            "facedrop.faces.await", "false",
            "facedrop.inbox", directory.toString());
    survey = new Survey(SettingsReader.readWithKey(keys), bench.ledger, clock, Optional.empty());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theRateOfALastingWorkTellsWhenItEnds() {
    Batch batch = bench.batch(100);
    clock.forward(Duration.ofSeconds(40));
    bench.succeed(30);
    clock.forward(Duration.ofSeconds(60));

    BatchProgress progress = survey.progress(bench.now(batch), WORKER);

    assertThat(progress.rate()).isEqualTo(0.5);
    assertThat(progress.eta()).isEqualTo(now().plusSeconds(140));
  }

  @Test
  void theTimeOfPausesThatRecurCounts() {
    Batch batch = bench.batch(100);
    GateStore gate = bench.ledger.gateStore(API + " key 1");
    for (int times = 0; times < 10; times++) {
      bench.succeed(1);
      clock.forward(Duration.ofSeconds(1));
      gate.save(paused(clock.millis() + 4_000).at(times), "pausing for 4s: code 429: slower");
      clock.forward(Duration.ofSeconds(4));
    }

    BatchProgress progress = survey.progress(bench.now(batch), WORKER);

    assertThat(progress.rate()).as("10 rows in 50 s").isEqualTo(0.2);
    assertThat(progress.eta())
        .as("90 rows at 1/s, a fifth of the time")
        .isEqualTo(now().plusSeconds(450));
  }

  @Test
  void anOutageIsOnePauseHoweverOftenItIsTried() {
    Batch batch = bench.batch(100);
    GateStore gate = bench.ledger.gateStore(API + " key 1");
    bench.succeed(20);
    for (int times = 0; times < 4; times++) {
      gate.save(
          out(clock.millis() + 5_000).at(times), "pausing for 5s: outage, last seen: refused");
      clock.forward(Duration.ofSeconds(6));
      assertThat(survey.overview(WORKER, 10).gate().awaited(Instant::toString))
          .as("the next request is on its way")
          .isEqualTo("until a request on its way has found out whether it is over");
      assertThat(survey.progress(bench.now(batch), WORKER).eta()).as("nobody knows").isNull();
    }
    gate.save(GateState.NEW.at(4), "the API answers again, going on");
    clock.forward(Duration.ofSeconds(10));
    bench.succeed(10);

    BatchProgress progress = survey.progress(bench.now(batch), WORKER);

    assertThat(progress.rate()).as("since it is over").isEqualTo(1);
    assertThat(progress.eta()).isEqualTo(now().plusSeconds(70));
  }

  @Test
  void nobodyKnowsTheEndOfABatchOfWhichNoRowCouldBeSent() {
    Batch batch = bench.batch(100);
    assertThat(survey.progress(bench.now(batch), WORKER).eta()).isNotNull();

    bench.unreachable();

    assertThat(survey.progress(bench.now(batch), WORKER).eta()).isNull();
  }

  @Test
  void aRedropThatWaitsWhileNobodyWorksWantsAnOperator() throws Exception {
    Batch batch = bench.batch(1);
    RowHistoryBench.dead(bench, "bad");
    Redrop.Dropped dropped =
        new Redrop(bench.ledger, directory).drop(bench.now(batch), Set.of(Reason.values()), 1);

    assertThat(survey.overview(WORKER, 5).problems()).isEmpty();
    Path waiting = dropped.manifest().getParent();
    bench.execute("update batch set state = 'complete'");
    assertThat(survey.overview(null, 5).problems())
        .containsExactly(
            new Problem(
                "no-worker",
                "nobody works on the ledger although 1 row of batch "
                    + batch.id()
                    + " was dropped again and waits: start serve, or remove the folder "
                    + waiting
                    + " to take that back"));
  }

  @Test
  void whileRowsCannotBePublishedNothingIsForecastAndItIsSaidWhy() {
    bench.batch(100);
    bench.ledger.deliveries().link(Link.submission(0), "nothing more is submitted");

    Overview overview = survey.overview(WORKER, 10);

    assertThat(overview.standstill()).isEqualTo("nothing more is submitted");
    assertThat(overview.batches().get(0).eta()).isNull();
    bench.ledger.deliveries().link(Link.submission(0), "");
    assertThat(survey.overview(WORKER, 10).batches().get(0).eta()).isNotNull();
  }

  @Test
  void anOutageIsNoPartOfTheRateAndUntilAMinuteAfterItTheForecastTellsTheEnd() {
    Batch batch = bench.batch(100);
    bench.succeed(20);
    GateStore gate = bench.ledger.gateStore(API + " key 1");
    gate.save(paused(clock.millis() + 30_000), "the API is away");
    clock.forward(Duration.ofSeconds(50));
    gate.save(GateState.NEW.at(1), "the API answers again");
    clock.forward(Duration.ofSeconds(5));
    bench.succeed(20);
    clock.forward(Duration.ofSeconds(5));

    BatchProgress soon = survey.progress(bench.now(batch), WORKER);
    assertThat(soon.rate()).isEqualTo(2);
    assertThat(soon.eta()).as("60 rows at 1/s").isEqualTo(now().plusSeconds(60));

    clock.forward(Duration.ofSeconds(52));
    bench.succeed(30);
    BatchProgress later = survey.progress(bench.now(batch), WORKER);
    assertThat(later.eta()).isEqualTo(now().plusSeconds((long) (30 / later.rate())));
  }

  @Test
  void theGateThatIsInUseIsToldWhateverKeyTheCallerHas() {
    Batch before = bench.batch(1);
    GateStore refused = bench.ledger.gateStore(API + " key 1");
    refused.save(
        new GateState(
            0, true, GateState.NEW.pause(), Map.of(), new GateState.Halt(401, "no", true, 6, 7)),
        "halted");

    GateView told = survey.overview(null, 5).gate();

    assertThat(told.state()).isEqualTo("halted");
    assertThat(told.message()).isEqualTo("no");
    assertThat(told.advice()).endsWith(", then restart facedrop");

    clock.forward(Duration.ofMinutes(1));
    bench.ledger.gateStore(API + " key 2");
    assertThat(survey.overview(WORKER, 5).gate()).isEqualTo(GateView.OPEN);
    assertThat(bench.ledger.of(before).events(before.acceptedAt(), now()))
        .extracting(Event::kind)
        .containsExactly(Event.Kind.HALT, Event.Kind.OPEN);
    clock.forward(Duration.ofMinutes(1));
    assertThat(bench.ledger.of(bench.batch(2)).events(now(), now()))
        .as("a batch that was accepted later")
        .isEmpty();

    clock.forward(Duration.ofMinutes(1));
    bench.ledger.gateStore(API + " key 1");
    assertThat(survey.overview(WORKER, 5).gate().state()).isEqualTo("halted");
    assertThat(bench.ledger.of(before).events(before.acceptedAt(), now()))
        .last()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(Event.Kind.HALT);
              assertThat(event.detail()).startsWith("still halted by code 401: the API refused");
            });
    bench.ledger.gateStore(API + " key 1");
    assertThat(bench.ledger.of(before).events(before.acceptedAt(), now()))
        .as("the same key again is no news")
        .hasSize(3);
  }

  @Test
  void rejectedManifestsAreToldFromTheLedgerWhateverKeepsThem() throws Exception {
    reject("a/night.csv", 3);
    clock.forward(Duration.ofHours(1));
    for (int i = 1; i <= 7; i++) {
      reject("day-" + i + ".csv", 0);
    }

    Overview told = survey.overview(WORKER, 5);

    assertThat(told.rejected().words())
        .hasSize(6)
        .startsWith(
            "day-7.csv: RAGGED_ROW, too many cells; kept as earlier/rejected/20260527-day-7.csv")
        .endsWith("3 more manifests within a day, kept with their reasons");
    JsonNode json = new ObjectMapper().readTree(OverviewJson.of(told));
    assertThat(json.path("rejected")).hasSize(5);
    assertThat(json.at("/rejected/0"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"manifest": "day-7.csv", "code": "RAGGED_ROW", "message": "too many cells",
                     "line": null, "at": "2026-05-27T14:14:04Z", "kept_as": "earlier/rejected/20260527-day-7.csv"}
                    """));
    assertThat(json.path("rejected_not_listed").asLong()).isEqualTo(3);

    clock.forward(Duration.ofHours(23));
    assertThat(survey.overview(WORKER, 5).rejected().rejected().more())
        .as("night.csv was rejected a day ago")
        .isEqualTo(2);
  }

  @Test
  void aRejectionIsNoTroubleOnceAManifestOfItsNameWasAccepted() {
    reject("cats.csv", 2);
    reject("a/cats.csv", 2);
    assertThat(survey.overview(WORKER, 5).rejected().words()).hasSize(2);

    bench.batch("cats.csv", List.of("https://a.example/1.jpg"));

    assertThat(survey.overview(WORKER, 5).rejected().words())
        .singleElement()
        .asString()
        .startsWith("a/cats.csv: RAGGED_ROW");
    reject("cats.csv", 4);
    assertThat(survey.overview(WORKER, 5).rejected().words()).as("broken anew").hasSize(2);
  }

  @Test
  void theReasonOfARejectionIsRemovedWithTheRowsOfItsTime() {
    reject("cats.csv", 2);
    clock.forward(Duration.ofHours(2));
    reject("dogs.csv", 2);

    bench.ledger.housekeeping().forgetSome(now().minus(Duration.ofHours(1)));

    assertThat(survey.overview(WORKER, 5).rejected().rejected().manifests())
        .singleElement()
        .satisfies(manifest -> assertThat(manifest.path()).isEqualTo("dogs.csv"));
    assertThat(bench.see("select count(*) from arrival where message is null")).isEqualTo(1);
  }

  private void reject(String path, long line) {
    bench
        .ledger
        .notices()
        .rejected(
            new RejectedManifest(
                path + line,
                path,
                "RAGGED_ROW",
                "too many cells",
                line,
                "earlier/rejected/" + path.replaceFirst("(?<=/)|^(?!.*/)", "20260527-")));
  }

  @Test
  void whatIsOpenIsToldHoweverFewAreAskedFor() {
    bench.batch(1);

    assertThat(survey.overview(WORKER, 0).batches()).hasSize(1);
  }

  private static GateState paused(long until) {
    return new GateState(
        0, true, new GateState.Pause(until, "503", 1), Map.of(), GateState.Halt.NONE);
  }

  private static GateState out(long until) {
    return GateState.NEW.with(
        GateState.Reach.ALL,
        new GateState.Outage("outage, last seen: refused", false, 1, until, 0));
  }

  private Instant now() {
    return clock.instant();
  }
}
