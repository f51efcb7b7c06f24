package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Publication;
import io.facedrop.ledger.query.LearnedTimes;
import io.facedrop.ledger.query.TaskDurations;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that work on one ledger at once. */
@OnPostgres
class NodesOnPostgresTest {
  private static final String API = "https://api.example";
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path directory;
  private final List<Node> nodes = new ArrayList<>();
  private LedgerBench bench;

  /** One of them, as {@code serve} is. */
  private record Node(WorkLock.Held held, Ledger ledger) implements AutoCloseable {
    ClaimedRow claim() {
      return ledger.work().settleAndClaim(null, true);
    }

    long epoch() {
      return held.membership().epoch();
    }

    @Override
    public void close() {
      ledger.close();
      held.close();
    }
  }

  @BeforeEach
  void open() {
    bench = LedgerBench.of(directory, Clock.systemUTC(), API);
  }

  @AfterEach
  void close() {
    bench.audit("at the end");
    nodes.forEach(Node::close);
    bench.close();
  }

  @Test
  void nodesShareTheRowsOfABatch() throws Exception {
    Node one = node("one");
    Node two = node("two");
    bench.batch(10);

    List<ClaimedRow> claimed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      claimed.add(one.claim());
      claimed.add(two.claim());
    }

    assertThat(claimed).extracting(ClaimedRow::id).doesNotContainNull().doesNotHaveDuplicates();
    assertThat(bench.see("select count(*) from claim where node = " + one.epoch())).isEqualTo(5);
    assertThat(one.claim()).isNull();
  }

  @Test
  void figuresAreOfAllNodesAndCountsOfEach() throws Exception {
    Node one = node("one");
    Node two = node("two");
    bench.batch(3);

    bench.of(one.ledger()).succeedAll();

    for (Node node : List.of(one, two)) {
      assertThat(node.ledger().vitals().figures().nodes()).isEqualTo(2);
      assertThat(node.ledger().vitals().figures().rows()).isZero();
      assertThat(node.ledger().vitals().figures().batches()).isEqualTo(1);
    }
    assertThat(one.ledger().vitals().endedRows()).isEqualTo(3);
    assertThat(two.ledger().vitals().endedRows()).isZero();
    dies(one);
    await().atMost(SOON).until(() -> two.ledger().vitals().figures().nodes() == 1);
  }

  @Test
  void whatADeadNodeHadInHandIsInDoubtOnceAndNothingOfTheLiving() throws Exception {
    Node one = node("one");
    Node two = node("two");
    Node three = node("three");
    Batch batch = bench.batch(10);
    one.claim();
    one.claim();
    two.claim();

    dies(one);

    await().atMost(SOON).until(() -> bench.now(batch).dead() == 2);
    ClaimedRow own = three.claim();
    assertThat(own).isNotNull();
    assertThat(bench.see("select count(*) from claim")).isEqualTo(2);
    assertThat(bench.see("select distinct reason from progress")).isEqualTo("IN_DOUBT");
    assertThatThrownBy(one::claim)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the lease of the node one has ended");
  }

  @Test
  void aNodeHearsWhatAnotherHasLeftToDo() throws Exception {
    Node one = node("one");
    Node two = node("two");
    assertThat(two.claim()).isNull();
    assertThat(two.ledger().work().nothingBefore()).isEqualTo(Long.MAX_VALUE);
    long settled = two.ledger().publishing().signal().count();

    bench.batch(1);
    one.claim();

    await().atMost(SOON).until(() -> two.ledger().work().nothingBefore() == 0);
    assertThat(two.ledger().publishing().signal().count()).isGreaterThan(settled);
  }

  @Test
  void aNodeHearsItAlsoIfItHasWrittenItselfSince() throws Exception {
    Node two = node("two");
    assertThat(two.claim()).isNull();
    for (int i = 0; i < 5; i++) {
      assertThat(two.ledger().work().nothingBefore()).isEqualTo(Long.MAX_VALUE);
      Batch batch = bench.batch(1);
      two.ledger().orders().note(batch, "before it has looked");

      await().atMost(SOON).until(() -> two.ledger().work().nothingBefore() == 0);
      assertThat(two.claim()).isNotNull();
      assertThat(two.claim()).isNull();
    }
  }

  @Test
  void tasksOfAllNodesCountForTheMostThatMayBeOpen() throws Exception {
    Node one = node("one");
    Node two = node("two");
    bench.batch(10);
    Wanted three = new Wanted(Wanted.EVERY_STAGE, Wanted.EVERY_STAGE, null, Wanted.Choice.ANY, 3);
    assertThat(two.ledger().work().settleAndClaim(null, () -> three)).isNotNull();
    one.claim();
    one.claim();

    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(SOON)
        .until(() -> two.ledger().work().settleAndClaim(null, () -> three) == null);
    assertThat((Integer) bench.see("select count(*) from claim")).isLessThan(10);
  }

  @Test
  void aNodeThatKnowsNothingOfTasksHearsWhatAnotherHasLearnt() throws Exception {
    Node one = node("one");
    Node two = node("two");
    bench.batch(10);
    long now = one.held().clock().millis();
    LearnedTimes beginner = beginner(now);
    two.ledger().work().queryAt(beginner);
    assertThat(beginner.isSearching()).isTrue();
    one.ledger().work().queryAt(learned(now));
    await().pollDelay(Duration.ZERO).until(() -> one.held().clock().millis() > now);
    one.claim();

    two.claim();

    assertThat(beginner.isSearching()).isFalse();
    assertThat(bench.see("select node from learnt")).isEqualTo((int) one.epoch());
  }

  private static LearnedTimes beginner(long now) {
    return new LearnedTimes(new TaskDurations(now), new SplittableRandom(1), 900_000, now);
  }

  /** One that has found tasks ended at five seconds, and none before. */
  private static LearnedTimes learned(long now) {
    LearnedTimes times = beginner(now);
    for (int i = 0; i < 400 && times.isSearching(); i++) {
      long age = times.likely(now + i);
      times.handedOut(age);
      times.found(0, age, age >= 5_000, -1, now + i);
    }
    assertThat(times.isSearching()).isFalse();
    return times;
  }

  @Test
  void theOldestIsKeeperAndTheNextWhenItDies() throws Exception {
    Node one = node("one");
    Node two = node("two");
    await().atMost(SOON).until(one.ledger()::isKeeper);
    assertThat(two.ledger().isKeeper()).isFalse();

    dies(one);

    await().atMost(SOON).until(two.ledger()::isKeeper);
    assertThatThrownBy(one::claim).isInstanceOf(LedgerException.class);
    assertThat(one.ledger().isKeeper()).isFalse();
  }

  @Test
  void aManifestThatALivingNodeReadsStaysAndThatOfADeadOneGoes() throws Exception {
    Node one = node("one");
    LedgerBench reading = bench.of(one.ledger());
    reading.loading("half.csv", List.of(LedgerBench.url(1)));

    node("two");
    assertThat(bench.see("select count(*) from manifest_row")).isEqualTo(1);
    dies(one);

    await().atMost(SOON).until(() -> bench.see("select count(*) from batch").equals(0));
    assertThat(bench.see("select count(*) from manifest_row")).isEqualTo(0);
  }

  @Test
  void whoMustBeAloneIsTurnedAwayAndTurnsAway() throws Exception {
    Node one = node("one");
    assertThatThrownBy(() -> place("run", API, true).take(WorkLock.Patience.WITH_THE_DEAD))
        .isInstanceOf(LedgerInUseException.class)
        .hasMessageContaining("of the node one");
    one.close();
    nodes.clear();

    try (WorkLock.Held alone = place("run", API, true).take(WorkLock.Patience.WITH_THE_DEAD)) {
      assertThat(alone.membership().isShared()).isTrue();
      assertThatThrownBy(() -> place("two", API, false).take(WorkLock.Patience.WITH_THE_DEAD))
          .hasMessageContaining("of the node run");
    }
  }

  @Test
  void aNodeOfAnotherAddressIsTurnedAwayByTheAddress() throws Exception {
    node("one");

    assertThatThrownBy(
            () ->
                place("two", "https://other.example", false).take(WorkLock.Patience.WITH_THE_DEAD))
        .isInstanceOf(LedgerInUseException.class)
        .hasMessageContaining("of the node one, for " + API);
  }

  @Test
  void aNodeThatCannotPublishKeepsTheOthersFromSubmittingForAsLongAsItLives() throws Exception {
    Node one = node("one");
    Node two = node("two");
    one.ledger().publishing().stalled(true);
    one.ledger().deliveries().link(Link.output(Publication.Kind.SUCCESS, one.epoch()), "full");
    one.ledger().deliveries().link(Link.inbox(Path.of("/in"), one.epoch()), "is gone");
    await().atMost(SOON).until(two.ledger()::isStalledElsewhere);
    assertThat(one.ledger().isStalledElsewhere()).isFalse();

    dies(one);

    await().atMost(SOON).until(() -> !two.ledger().isStalledElsewhere());
    await().atMost(SOON).until(() -> bench.ledger.links().isEmpty());
  }

  @Test
  void whoLooksSeesEachNodeItsLeaseAndItsRequests() throws Exception {
    Node one = node("one");
    Node two = node("two");
    bench.batch(2);
    one.claim();
    Instant now = one.held().clock().instant();

    assertThat(bench.ledger.nodes(now))
        .satisfiesExactly(
            seen -> {
              assertThat(seen.name()).isEqualTo("one");
              assertThat(seen.claims()).isEqualTo(1);
              assertThat(seen.isAlive(now)).isTrue();
              assertThat(seen.leaseUntil()).isBetween(now, now.plusSeconds(31));
            },
            seen -> assertThat(seen.epoch()).isEqualTo(two.epoch()));
    two.close();
    nodes.remove(two);
    assertThat(bench.ledger.nodes(now).get(1).isAlive(now.plusSeconds(1))).isFalse();
    assertThat(bench.ledger.nodes(now.plusSeconds(60))).hasSize(1);
  }

  @Test
  void theGateThatIsToldIsAHaltedOneOfALivingNodeIfThereIsOne() throws Exception {
    Node one = node("one");
    Node two = node("two");
    GateState halted =
        new GateState(
            0,
            true,
            GateState.Pause.NONE,
            Map.of(),
            new GateState.Halt(401, "no such key", false, 6, 7));
    one.ledger().gateStore("key 1").save(halted, "halted");
    two.ledger().gateStore("key 2");

    assertThat(inUse(two).halted()).isTrue();

    dies(one);
    assertThat(inUse(two).halted()).isFalse();
    dies(two);
    assertThat(inUse(two).halted()).isFalse();
  }

  private GateState inUse(Node node) {
    return bench.ledger.gateInUse(node.held().clock().instant()).orElseThrow();
  }

  // --- Answers that come late ---

  @Test
  void aRowInDoubtGoesOnWithTheTaskThatADeadNodeHadCreated() throws Exception {
    Batch batch = bench.batch(2);
    Node one = node("one");
    ClaimedRow claimed = one.claim();
    takenOver(one, batch, LedgerBench.RULES);

    one.ledger().work().late(created(claimed));

    assertThat(bench.state(batch, 0)).isEqualTo("submitted");
    assertThat(bench.see("select detect_task_id from progress")).isEqualTo("task-1");
    assertThat(bench.see("select count(*) from part")).isEqualTo(0);
    assertThat(bench.now(batch).dead()).isZero();
    assertThat(late(one)).isEqualTo(1);
    assertThat((String) bench.see("select detail from event where kind = 'note'"))
        .contains("task-1")
        .contains("goes on with it");
  }

  @Test
  void aDeadLetterThatIsOnItsWayOutStaysAndTheTaskIsNoted() throws Exception {
    Batch batch = bench.batch(1);
    Node one = node("one");
    ClaimedRow claimed = one.claim();
    takenOver(one, batch, LedgerBench.RULES);
    assertThat(bench.ledger.publishing().partsToPublish(bench.ledger.clock().instant()))
        .extracting(part -> part.output())
        .containsExactly(Output.DEAD_LETTER);

    one.ledger().work().late(created(claimed));

    assertThat(bench.state(batch, 0)).isEqualTo("dead");
    assertThat(late(one)).isEqualTo(1);
    assertThat((String) bench.see("select detail from event where kind = 'note'"))
        .contains("task-1")
        .contains("has gone on without it");
  }

  @Test
  void aRowThatWaitsToBeSentAgainGoesOnWithTheTask() throws Exception {
    Batch batch = bench.batch(1);
    Node one = node("one");
    ClaimedRow claimed = one.claim();
    TransitionRules resubmit =
        new TransitionRules(3, LedgerBench.RULES.backoff(), true, LedgerBench.POLLS);
    takenOver(one, batch, resubmit);
    assertThat(bench.state(batch, 0)).isEqualTo("waiting");

    one.ledger().work().late(created(claimed));

    assertThat(bench.state(batch, 0)).isEqualTo("submitted");
  }

  @Test
  void anAnswerOfWhichNothingFollowsIsCountedOnly() throws Exception {
    Batch batch = bench.batch(1);
    Node one = node("one");
    ClaimedRow claimed = one.claim();
    takenOver(one, batch, LedgerBench.RULES);

    one.ledger().work().late(transition(claimed, Outcome.Kind.RETRY));

    assertThat(bench.state(batch, 0)).isEqualTo("dead");
    assertThat(late(one)).isEqualTo(1);
    assertThat(bench.see("select count(*) from event where kind = 'note'")).isEqualTo(0);
  }

  @Test
  void whatNobodyHasTakenOverIsSettledByTheLateAnswer() throws Exception {
    Batch batch = bench.batch(1);
    Node one = node("one");
    ClaimedRow claimed = one.claim();
    dies(one);

    one.ledger().work().late(transition(claimed, Outcome.Kind.SUCCEEDED));

    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
    assertThat(bench.see("select count(*) from claim")).isEqualTo(0);
  }

  // --- Commits that are lost ---

  @Test
  void whenTheDatabaseHasLostCommitsEveryGateHaltsAndAnAnswerIsKept() throws Exception {
    Batch batch = bench.batch(3);
    Node one = node("one");
    one.claim();
    Object known = bench.see("select commits from written where node = " + one.epoch());
    ClaimedRow lost = one.claim();
    in("insert into %s.gate values ('a', 1, 1, 0, '', 0, 0, '', 0, 0, 0)");
    in("delete from %s.claim where row_id = " + lost.id());
    in("update %s.written set commits = " + known);

    assertThatThrownBy(() -> one.ledger().work().settleAndClaim(created(lost), false))
        .hasMessageContaining("expected one claim");
    one.ledger().work().late(created(lost));
    one.claim();

    assertThat(bench.state(batch, 1)).isEqualTo("submitted");
    assertThat(bench.see("select halted_code from gate")).isNotEqualTo(0);
    assertThat((String) bench.see("select halt_message from gate")).contains("has lost");
    in("update %s.gate set halted_code = 0");
    one.claim();
    assertThat(bench.see("select halted_code from gate")).as("once").isEqualTo(0);
  }

  private void in(String sql) {
    TestServer.execute(sql.formatted(schema()));
  }

  private Transition created(ClaimedRow claimed) {
    return transition(claimed, Outcome.Kind.SUBMITTED);
  }

  private Transition transition(ClaimedRow claimed, Outcome.Kind kind) {
    long now = bench.ledger.clock().millis();
    return LedgerBench.RULES.transition(
        claimed, LedgerBench.outcome(kind).sending(1, false), true, now, now);
  }

  private Object late(Node node) {
    return bench.see("select late from node where epoch = " + node.epoch());
  }

  /** Its claims become what the rules say. */
  private void takenOver(Node node, Batch batch, TransitionRules rules) throws Exception {
    dies(node);
    node("successor", rules);
    await().atMost(SOON).until(() -> bench.state(batch, 0) != null);
  }

  private void dies(Node node) {
    TestServer.execute(
        "update %s.node set lease_until = 0 where epoch = %d".formatted(schema(), node.epoch()));
  }

  private String schema() {
    return bench.url.replaceFirst(".*currentSchema=", "").replaceFirst("&.*", "");
  }

  private Node node(String name) throws LedgerInUseException {
    return node(name, LedgerBench.RULES);
  }

  private Node node(String name, TransitionRules rules) throws LedgerInUseException {
    LedgerPlace place = place(name, API, false);
    WorkLock.Held held = place.take(WorkLock.Patience.WITH_THE_DEAD);
    Ledger ledger = place.open(held.membership(), API, held.clock(), at -> at, 0);
    ledger.work().recover(rules);
    Node node = new Node(held, ledger);
    nodes.add(node);
    return node;
  }

  private LedgerPlace place(String name, String api, boolean alone) {
    return new LedgerPlace(
        bench.url, "", "", new NodeIdentity(name, Duration.ofSeconds(30), api, alone));
  }
}
