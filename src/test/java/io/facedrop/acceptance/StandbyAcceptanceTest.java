package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL ledger, of which one is killed, or frozen and woken. */
class StandbyAcceptanceTest extends SharedLedger {
  private static final int ROWS = 300;
  private static final int CONCURRENCY = 4;

  @Override
  void set(Installation installed) {
    installed
        .with("facedrop.api.rate", "40/s")
        .with("facedrop.api.concurrency", String.valueOf(CONCURRENCY));
  }

  @Test
  void serveStandsByWhileARunWorksAndGoesOnWhereItWasKilled() throws Exception {
    Path manifest = facedrop.manifest("m.csv", ROWS, Map.of());
    Cli first =
        facedrop.start(
            "-Dfacedrop.node.name=one", "-Dfacedrop.api.rate=10/s", "run", manifest.toString());
    await().atMost(Duration.ofSeconds(60)).until(() -> sentBy() > 40);
    Cli second = standby();

    signal(first, "KILL");

    ends();
    assertThat(second.said()).contains("standing by: process ").contains(" of the node one");
    assertThat(second.terminate()).isZero();
    nothingIsLostOrPaidTwice();
  }

  @Test
  void aServeThatStandsByStopsInOrder() throws Exception {
    Path manifest = facedrop.manifest("m.csv", ROWS, Map.of());
    facedrop.start(
        "-Dfacedrop.node.name=one", "-Dfacedrop.api.rate=1/s", "run", manifest.toString());
    await().atMost(Duration.ofSeconds(60)).until(() -> sentBy() > 0);
    Cli second = standby();

    assertThat(second.terminate()).as(second.said()).isZero();
    assertThat(second.said()).contains("stopped while standing by").doesNotContain("stop it first");
  }

  @Test
  @Tag("long")
  void aNodeThatWasFrozenPastItsLeaseSendsNothingWhenItWakes() throws Exception {
    Cli frozen = node("one");
    Cli second = node("two");
    drop();
    signal(frozen, "STOP");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> second.said().contains("another node has died"));
    assertThat(status()).contains("node one: process " + frozen.process().pid() + ", ended at ");

    signal(frozen, "CONT");

    assertThat(frozen.exitCode()).as(frozen.said()).isEqualTo(75);
    assertThat(frozen.said()).contains("the lease of the node one has ended");
    ends();
    assertThat(second.terminate()).isZero();
    nothingIsLostOrPaidTwice();
  }

  private long sentBy() {
    return api.creates().size();
  }

  private Cli standby() throws Exception {
    Cli standby = facedrop.start("-Dfacedrop.node.name=two", "serve");
    await().atMost(Duration.ofSeconds(60)).until(() -> standby.said().contains("standing by"));
    assertThat(status()).contains("of the node one");
    return standby;
  }

  private String status() throws Exception {
    Cli status = facedrop.start("status");
    assertThat(status.exitCode()).as(status.said()).isZero();
    return status.said();
  }

  private void drop() {
    facedrop.manifest("data/inbox/m.csv", ROWS, Map.of());
    await().atMost(Duration.ofSeconds(60)).until(() -> api.creates().size() > 60);
  }

  /** The report appears last. */
  private void ends() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                Tree.wholeFiles(folder.resolve("data/report")).stream()
                    .anyMatch(file -> file.toString().endsWith(".report.json")));
    assertThat(facedrop.rows("success").size() + facedrop.rows("dead-letter").size())
        .isEqualTo(ROWS);
  }

  private void nothingIsLostOrPaidTwice() {
    Set<String> urls = new HashSet<>();
    facedrop.rows("success").forEach(row -> assertThat(urls.add(row.get("image_url"))).isTrue());
    List<Map<String, String>> dead = facedrop.rows("dead-letter");
    dead.forEach(row -> assertThat(urls.add(row.get("image_url"))).isTrue());
    assertThat(urls).hasSize(ROWS);
    assertThat(dead)
        .hasSizeLessThanOrEqualTo(CONCURRENCY)
        .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
    Map<String, Long> posts =
        api.creates().stream()
            .collect(Collectors.groupingBy(it -> it.request().url(), Collectors.counting()));
    assertThat(posts).allSatisfy((url, count) -> assertThat(count).as(url).isEqualTo(1));
  }
}
