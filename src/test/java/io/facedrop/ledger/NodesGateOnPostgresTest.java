package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.api.RequestKind;
import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateClosedException;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gates of three nodes on one ledger. */
class NodesGateOnPostgresTest {
  private static final Logger LOG = LoggerFactory.getLogger(NodesGateOnPostgresTest.class);
  private static final int NODES = 3;
  private static final int PER_SECOND = 60;
  private static final double ENOUGH = 0.75;
  private static final Duration SOON = Duration.ofSeconds(1);

  /** One process. */
  private record Node(WorkLock.Held held, Ledger ledger, Gate gate) implements AutoCloseable {
    @Override
    public void close() {
      gate.end();
      ledger.close();
      held.close();
    }
  }

  @TempDir Path directory;
  private final TestSchemas schemas = new TestSchemas();
  private final List<Node> nodes = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    for (int node = 0; node < NODES; node++) {
      nodes.add(node("node " + node));
    }
    await().until(() -> nodes.get(0).ledger().isKeeper());
    Permit first = nodes.get(0).gate().acquire();
    nodes.get(0).gate().report(first, 0, Signal.ANSWERED);
    await().until(() -> nodes.stream().allMatch(node -> node.gate().state().proven()));
  }

  private Node node(String name) throws Exception {
    LedgerPlace place =
        new LedgerPlace(
            schemas.url(directory),
            "",
            "",
            new NodeIdentity(name, Duration.ofSeconds(60), "", false));
    WorkLock.Held held = place.take(WorkLock.Patience.WITH_THE_DEAD);
    Ledger ledger = place.open(held.membership(), "", Clock.systemUTC(), at -> at, 0);
    return new Node(held, ledger, gate(ledger));
  }

  private static Gate gate(Ledger ledger) {
    GateLimits limits =
        new GateLimits(
            TimeUnit.SECONDS.toNanos(1) / PER_SECOND,
            GateLimits.SHARED,
            16,
            5,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    return new Gate(limits, ledger.gateStore("key"), () -> OptionalDouble.of(1), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    schemas.drop();
  }

  private static void send(Gate gate, int code, Signal.Kind kind, String retryAfter)
      throws InterruptedException {
    Permit permit = gate.acquire();
    gate.report(
        permit, 1, new Signal(kind, RequestKind.CREATE, false, code, "as told", retryAfter));
  }

  @Test
  void aPauseAtOneNodeAndAResumeBindAllWithinASecond() throws Exception {
    send(nodes.get(2).gate(), 429, Signal.Kind.REFUSED, "500");
    await()
        .atMost(SOON)
        .until(() -> nodes.stream().allMatch(node -> node.gate().tryAcquire() == null));

    try (Ledger operator = Ledger.open(schemas.url(directory), Clock.systemUTC())) {
      assertThat(operator.orders().resume()).isEqualTo(1);
    }

    await()
        .atMost(SOON)
        .until(() -> nodes.stream().noneMatch(node -> node.gate().state().isClosed()));
  }

  @Test
  void oneCanaryLeavesAndOpensTheGateForAll() throws Exception {
    send(nodes.get(1).gate(), 401, Signal.Kind.HALT, null);
    await().atMost(SOON).until(() -> allHalted());
    CompletableFuture<Permit> canary = CompletableFuture.supplyAsync(() -> acquired(0));

    assertThat(canary.get(10, TimeUnit.SECONDS).canary()).isTrue();
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(() -> nodes.stream().allMatch(node -> node.gate().tryAcquire() == null));
    nodes.get(0).gate().report(canary.join(), 2, Signal.ANSWERED);

    await()
        .atMost(SOON)
        .until(() -> nodes.stream().noneMatch(node -> node.gate().state().isClosed()));
  }

  @Test
  void whenTheKeeperLeavesAnotherSendsTheCanary() throws Exception {
    send(nodes.get(1).gate(), 401, Signal.Kind.HALT, null);
    await().atMost(SOON).until(() -> allHalted());

    nodes.remove(0).close();

    CompletableFuture<Permit> canary = CompletableFuture.supplyAsync(() -> acquired(0));
    assertThat(canary.get(10, TimeUnit.SECONDS).canary()).isTrue();
  }

  private boolean allHalted() {
    return nodes.stream().allMatch(node -> node.gate().state().halted());
  }

  private Permit acquired(int node) {
    try {
      return nodes.get(node).gate().acquire();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLongWriteHoldsUpNoDeparture() throws Exception {
    try (Connection writer = DriverManager.getConnection(schemas.url(directory));
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("select id from identity for update");

      assertThat(departures(SOON)).hasSizeGreaterThan(PER_SECOND / 2);

      writer.rollback();
    }
  }

  @Test
  void whatLeavesGoesOnByItselfWhenTheServerHasCutEveryConnection() throws Exception {
    departures(SOON);
    TestServer.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'facedrop'");

    assertThat(departures(Duration.ofSeconds(3))).hasSizeGreaterThan(PER_SECOND);
  }

  /**
   * More than the rate leaves in no run. How much of it is used is a matter of made-up time: here
   * the machine may be too busy to wake up anybody in time.
   */
  @Test
  void togetherTheyUseTheRateAndNoMore() {
    double used = 0;
    for (int run = 0; run < 4 && used < ENOUGH; run++) {
      long[] times = departures(Duration.ofSeconds(5));
      used = used(times);
      LOG.info("{} of the rate used by {} nodes", used, NODES);
      noSecondHasMoreThanTheRate(times);
    }
    assertThat(used).isGreaterThanOrEqualTo(ENOUGH);
  }

  /** Of the seconds in which all were busy: not the first, and not after the last has begun. */
  private static double used(long[] times) {
    long from = times[0] + TimeUnit.SECONDS.toNanos(1);
    long to = from + TimeUnit.SECONDS.toNanos(4);
    double inside = LongStream.of(times).filter(time -> time >= from && time < to).count();
    return inside / 4 / PER_SECOND;
  }

  /** A thread that has just been let out may be held up before it looks at the clock. */
  private static void noSecondHasMoreThanTheRate(long[] times) {
    for (int first = 0; first + PER_SECOND + 1 < times.length; first++) {
      assertThat(times[first + PER_SECOND + 1] - times[first])
          .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
    }
  }

  private long[] departures(Duration time) {
    ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + time.toNanos();
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int sender = 0; sender < 4 * NODES; sender++) {
      Gate gate = nodes.get(sender % NODES).gate();
      senders.add(
          CompletableFuture.runAsync(
              () -> {
                while (System.nanoTime() < end) {
                  times.add(departure(gate));
                }
              },
              task -> new Thread(task, "sender").start()));
    }
    senders.forEach(CompletableFuture::join);
    return times.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static long departure(Gate gate) {
    try {
      Permit permit = gate.acquire();
      gate.depart(permit, RequestKind.CREATE);
      long now = System.nanoTime();
      gate.report(permit, 1, Signal.ANSWERED);
      return now;
    } catch (GateClosedException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
