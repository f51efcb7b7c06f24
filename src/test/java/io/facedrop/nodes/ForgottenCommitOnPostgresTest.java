package io.facedrop.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerPlace;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.network.HeldLine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power of the database's server fails while a commit is on its way to it. The server forgets
 * the transaction, and may give its number to the next, which is somebody else's.
 */
@Timeout(120)
class ForgottenCommitOnPostgresTest {
  private static final Duration LEASE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private Database database;
  private String url;

  @BeforeEach
  void start() {
    database = new Database(folder);
    // What is not committed stays in the server's memory, so that the power takes it.
    database.books("postgres").execute("alter system set wal_writer_delay = '10s'");
    database.books("postgres").execute("select pg_reload_conf()");
    url = database.create("forgotten").address(database.port()) + "?user=" + Database.USER;
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void isNotTakenForTheNextOnesThatHasItsNumber() throws Exception {
    try (HeldLine line = HeldLine.to(database.port());
        WorkLock.Held first =
            place("one", line.through(url)).take(WorkLock.Patience.WITH_THE_DEAD);
        Ledger one = open("one", line.through(url), first);
        WorkLock.Held second = place("two", url).take(WorkLock.Patience.WITH_THE_DEAD);
        Ledger two = open("two", url, second)) {
      save(two, "two");
      line.hold("COMMIT");
      CompletableFuture<Void> forgotten = CompletableFuture.runAsync(() -> save(one, "forgotten"));
      await().until(line::isHeld);

      database.stop("immediate");
      database.start();
      for (int i = 0; i < 5; i++) {
        save(two, "after-" + i);
      }
      line.release();

      assertThatThrownBy(forgotten::join).hasCauseInstanceOf(LedgerException.class);
      assertThat(gates("forgotten")).isZero();
      save(one, "again");
      assertThat(gates("again")).isEqualTo(1);
    }
  }

  private static void save(Ledger ledger, String gate) {
    assertThat(ledger.gateStore(gate).save(GateState.NEW, "")).isTrue();
  }

  private long gates(String authority) {
    return database
        .books("forgotten")
        .number("select count(*) from gate where authority = '" + authority + "'");
  }

  private static Ledger open(String name, String url, WorkLock.Held held) {
    return place(name, url).open(held.membership(), "", Clock.systemUTC(), at -> at, 0);
  }

  private static LedgerPlace place(String name, String url) {
    return new LedgerPlace(url, "", "", new NodeIdentity(name, LEASE, "", false));
  }
}
