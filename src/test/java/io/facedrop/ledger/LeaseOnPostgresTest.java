package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who works on a ledger that lies on a server. */
class LeaseOnPostgresTest {
  private static final Duration LEASE = Duration.ofSeconds(3);

  @TempDir Path directory;
  private final TestSchemas schemas = new TestSchemas();
  private String url;

  @BeforeEach
  void start() {
    url = schemas.url(directory);
  }

  @AfterEach
  void stop() {
    schemas.drop();
  }

  @Test
  void oneProcessAtATimeWorksAndAnotherIsTurnedAway() throws Exception {
    try (WorkLock.Held first = place("one").take(WorkLock.Patience.WITH_THE_DEAD)) {
      assertThat(place("two").worker()).contains(words("one"));

      assertThatThrownBy(() -> place("two").take(WorkLock.Patience.WITH_THE_DEAD))
          .isInstanceOf(LedgerInUseException.class)
          .hasMessageContaining(words("one"));

      assertThat(first.membership().lasts(Duration.ZERO)).isTrue();
    }
    assertThat(place("two").worker()).isEmpty();
    place("two").take(WorkLock.Patience.WITH_THE_DEAD).close();
  }

  @Test
  void aKilledProcessIsOutlastedWhateverItsName() throws Exception {
    WorkLock.Held killed = place("one").take(WorkLock.Patience.WITH_THE_DEAD);
    frozen();

    try (WorkLock.Held successor = place("one").take(WorkLock.Patience.WITH_THE_DEAD)) {
      assertThat(successor.membership().lasts(Duration.ofSeconds(1))).isTrue();
      assertThat(epochs()).hasSize(2);
      // It wakes, and leaves: its successor is none of its business.
      killed.close();
      assertThat(place("two").worker()).contains(words("one"));
    }
  }

  @Test
  void aFrozenProcessWritesNothingWhenItWakesAndStops() throws Exception {
    List<Throwable> told = new CopyOnWriteArrayList<>();
    try (WorkLock.Held held = place("one").take(WorkLock.Patience.WITH_THE_DEAD);
        Ledger frozen = place("one").open(held.membership(), "", Clock.systemUTC(), at -> at, 0)) {
      frozen.whenBroken(told::add);
      frozen.work().lookAgain(0);
      frozen.orders().resume();
      TestServer.execute("update " + schema() + ".node set lease_until = 0");

      assertThatThrownBy(() -> frozen.orders().resume())
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("the lease of the node one has ended");

      assertThat(frozen.lasts(Duration.ZERO)).isFalse();
      assertThat(told).hasSize(1);
      assertThat(told.get(0)).hasMessageContaining("sends and writes nothing more");
    }
  }

  @Test
  void aProcessWhoseHeartbeatFailsStopsBeforeItsLeaseEnds() throws Exception {
    try (WorkLock.Held held = place("one").take(WorkLock.Patience.WITH_THE_DEAD)) {
      CompletableFuture<Throwable> lost = new CompletableFuture<>();
      held.membership().whenLost(lost::complete);
      TestServer.execute("alter table " + schema() + ".node rename to away");
      long start = System.nanoTime();
      try {
        assertThat(lost.get(20, TimeUnit.SECONDS)).hasMessageContaining("cannot be reached");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LEASE);
        assertThat(held.membership().lasts(Duration.ZERO)).isFalse();
      } finally {
        TestServer.execute("alter table " + schema() + ".away rename to node");
      }
    }
  }

  @Test
  void whoStandsByTakesOverWhenTheOtherLeaves() throws Exception {
    WorkLock.Held first = place("one").take(WorkLock.Patience.WITH_THE_DEAD);
    CompletableFuture<WorkLock.Held> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return place("two").take((process, lives) -> true);
              } catch (LedgerInUseException e) {
                throw new AssertionError(e);
              }
            });
    long before = leaseUntil();
    await().atMost(Duration.ofSeconds(10)).until(() -> leaseUntil() > before);
    assertThat(second).isNotDone();

    first.close();

    try (WorkLock.Held successor = second.get(10, TimeUnit.SECONDS)) {
      assertThat(place("three").worker()).contains(words("two"));
      assertThat(successor.membership().lasts(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void aLeaseBeginsWhenItIsGivenAndNotWhenItIsAskedFor() throws Exception {
    place("one").take(WorkLock.Patience.WITH_THE_DEAD).close();
    CompletableFuture<WorkLock.Held> joining;
    try (Connection frozen = DriverManager.getConnection(url);
        Statement statement = frozen.createStatement()) {
      frozen.setAutoCommit(false);
      statement.execute("select id from identity for update");
      long start = System.nanoTime();
      joining = CompletableFuture.supplyAsync(this::takenByTwo);
      await().until(() -> System.nanoTime() - start > LEASE.toNanos());
      assertThat(joining).isNotDone();
    }

    try (WorkLock.Held joined = joining.get(10, TimeUnit.SECONDS)) {
      assertThat(joined.membership().lasts(LEASE.dividedBy(2))).isTrue();
    }
  }

  private WorkLock.Held takenByTwo() {
    try {
      return place("two").take(WorkLock.Patience.WITH_THE_DEAD);
    } catch (LedgerInUseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLeaseIsRenewedForAsLongAsTheProcessLives() throws Exception {
    try (WorkLock.Held held = place("one").take(WorkLock.Patience.WITH_THE_DEAD)) {
      long first = leaseUntil();
      await().atMost(Duration.ofSeconds(10)).until(() -> leaseUntil() > first + 1_500);
      assertThat(held.membership().lasts(Duration.ofSeconds(1))).isTrue();
    }
  }

  private LedgerPlace place(String name) {
    return new LedgerPlace(url, "", "", new NodeIdentity(name, LEASE, "", true));
  }

  private static String words(String name) {
    return ProcessHandle.current().pid() + " of the node " + name;
  }

  private String schema() {
    return url.replaceFirst(".*currentSchema=", "").replaceFirst("&.*", "");
  }

  /** No heartbeat reaches the row any more: it bears an epoch that nobody has. */
  private void frozen() {
    TestServer.execute(
        "insert into %1$s.node (name, process, api, alone, started_at, lease_until) select name, process,"
                .formatted(schema())
            + " api, alone, started_at, lease_until from %1$s.node".formatted(schema()));
    TestServer.execute(
        "delete from %1$s.node where epoch = (select min(epoch) from %1$s.node)"
            .formatted(schema()));
  }

  private List<Long> epochs() throws Exception {
    return numbers("select epoch from " + schema() + ".node");
  }

  private long leaseUntil() throws Exception {
    return numbers("select max(lease_until) from " + schema() + ".node").get(0);
  }

  private List<Long> numbers(String sql) throws Exception {
    try (var connection = java.sql.DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      List<Long> numbers = new java.util.ArrayList<>();
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
      return numbers;
    }
  }
}
