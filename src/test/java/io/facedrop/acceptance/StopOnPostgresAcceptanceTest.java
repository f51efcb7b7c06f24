package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.files.Tree;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A node that is told to stop, and waits for the last answers as long as that takes. */
class StopOnPostgresAcceptanceTest extends SharedLedger {
  private static final int ROWS = 14;
  private static final Duration LATENCY = Duration.ofSeconds(4);
  private static final long LEASE_MILLIS = 20_000;

  /** A heartbeat comes in every third of the lease; this is how much is left right before. */
  private static final long BEFORE_A_BEAT = LEASE_MILLIS * 2 / 3 + 700;

  @Override
  void set(Installation installed) {
    installed
        .with("facedrop.api.rate", "2/s")
        .with("facedrop.api.concurrency", "4")
        .with("facedrop.api.response-timeout", "5s")
        .with("facedrop.node.lease", LEASE_MILLIS / 1000 + "s");
  }

  @Test
  void itsLeaseIsRenewedAndWhatIsAnsweredIsSettled() {
    api.behave(request -> api.usual(request).after(request.creates() ? LATENCY : Duration.ZERO));
    facedrop.manifest("data/inbox/m.csv", ROWS, Map.of());
    Cli node = facedrop.start("serve");
    until(() -> api.creates().size() >= 4 && left() < BEFORE_A_BEAT);
    long leaseUntil = number("select lease_until from node");

    node.process().destroy();

    until(() -> !node.isAlive() || number("select lease_until from node") > leaseUntil);
    assertThat(node.isAlive()).as("it waits for answers when its heart beats").isTrue();
    assertThat(node.exitCode()).as(node.said()).isEqualTo(ExitCode.RESUMABLE);
    assertThat(number("select count(*) from claim")).isZero();
    assertThat(number("select count(*) from node where ended_at is null")).isZero();
    assertThat(number("select count(*) from progress where state = 'succeeded'"))
        .as("each create is settled")
        .isEqualTo(api.creates().size());

    api.behave(api::usual);
    Cli next = facedrop.start("serve");
    until(() -> !Tree.wholeFiles(folder.resolve("data/report")).isEmpty());
    assertThat(next.terminate()).as(next.said()).isZero();
    assertThat(facedrop.rows("success")).hasSize(ROWS);
    assertThat(api.creates()).hasSize(ROWS);
  }

  private long left() {
    return number(
        "select coalesce(max(lease_until) - "
            + schema
            + ".facedrop_now(), 1000000) from node"
            + " where ended_at is null");
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
