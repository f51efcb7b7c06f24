package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.Tree;
import io.facedrop.sftp.SftpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Two nodes on one PostgreSQL ledger pick manifests up and publish their batches. */
class NodesInboxAcceptanceTest extends SharedLedger {
  private static final int MANIFESTS = 60;
  private static final List<String> NAMES = List.of("one", "two");

  @Override
  void set(Installation installed) {
    installed.with("facedrop.api.rate", "unlimited").with("facedrop.api.concurrency", "4");
  }

  @Test
  void eachOfManyManifestsInASharedInboxIsAcceptedOnceAndNothingIsSaidOfIt() {
    List<Cli> nodes = NAMES.stream().map(this::node).toList();
    IntStream.range(0, MANIFESTS).forEach(n -> drop("inbox", "m" + n + ".csv", n));

    soon().until(() -> reports() == MANIFESTS);

    assertThat(number("select count(*) from batch")).isEqualTo(MANIFESTS);
    assertThat(archived()).isEqualTo(MANIFESTS);
    assertThat(Tree.wholeFiles(folder.resolve("data/inbox"))).isEmpty();
    eachRowIsPaidForAndPublishedOnce(MANIFESTS);
    nodes.forEach(node -> assertThat(node.terminate()).as(node.said()).isZero());
    nodes.forEach(node -> assertThat(node.said()).doesNotContain("WARN").doesNotContain("ERROR"));
  }

  @Test
  void aContentInTheInboxesOfBothNodesAtOnceIsOneBatchAndOneDuplicate() {
    for (String name : NAMES) {
      node(name, "-Dfacedrop.inbox=data/inbox-" + name);
    }
    NAMES.forEach(name -> drop("inbox-" + name, "m.csv", 1));

    soon().until(() -> reports() == 1 && rejected().size() == 2);

    assertThat(number("select count(*) from batch")).isEqualTo(1);
    assertThat(rejected()).anyMatch(file -> read(file).contains("DUPLICATE_MANIFEST"));
    assertThat(archived()).isEqualTo(1);
    for (String name : NAMES) {
      soon().until(() -> Tree.files(folder.resolve("data/inbox-" + name)).isEmpty());
    }
    eachRowIsPaidForAndPublishedOnce(1);
  }

  @Test
  void whatAKilledNodeHasPickedUpAndAcceptedIsPublishedByTheOther() throws Exception {
    Cli killed = node("one");
    Path inTheWay = facedrop.write("data/success", "so that nothing is published");
    drop("inbox", "accepted.csv", 1);
    soon().until(() -> number("select coalesce(sum(rows), 0) from part") == 1);
    kill(killed);
    long epoch = number("select min(epoch) from node");
    drop("inbox/.work/" + epoch + "~E-1/deep", "picked-up.csv", 2);
    Files.delete(inTheWay);
    Cli survivor = node("two");

    soon().until(() -> reports() == 2);

    assertThat(survivor.said())
        .contains(
            "deep/picked-up.csv was picked up by a node that no longer works, and goes on here")
        .contains("of a node that no longer works ");
    assertThat(archived()).isEqualTo(2);
    assertThat(Tree.files(folder.resolve("data/inbox"))).isEmpty();
    eachRowIsPaidForAndPublishedOnce(2);
    assertThat(survivor.terminate()).as(survivor.said()).isZero();
  }

  @Test
  void onlyOneNodeLooksAtAServerUntilItEndsAndThenTheOther() throws Exception {
    try (SftpServer server = SftpServer.start(folder.resolve("server"))) {
      SftpFolder in = SftpFolder.in(folder.resolve("server/in"));
      facedrop
          .with("facedrop.sftp.uri", server.uri("in"))
          .with("facedrop.sftp.known-hosts", server.knownHosts(folder.resolve("known")).toString())
          .with("facedrop.sftp.password", SftpServer.PASSWORD)
          .with("facedrop.sftp.poll-interval", "200ms")
          .with("facedrop.sftp.quiet-time", "500ms");
      Cli first = node("one", "-Dfacedrop.inbox=data/inbox-one");
      soon().until(() -> first.said().contains(" is watched"));
      Cli second = node("two", "-Dfacedrop.inbox=data/inbox-two");
      in.upload("a.csv", Installation.url(1, "fine").transform(url -> "image_url\n" + url + "\n"));
      soon().until(() -> in.files().stream().anyMatch(file -> file.startsWith(".archive")));
      assertThat(second.said()).doesNotContain(" is watched");

      assertThat(first.terminate()).as(first.said()).isZero();

      in.upload("b.csv", Installation.url(2, "fine").transform(url -> "image_url\n" + url + "\n"));
      soon()
          .until(
              () -> in.files().stream().filter(file -> file.startsWith(".archive")).count() == 2);
      assertThat(second.said()).contains("picked up b.csv on the SFTP server");
      assertThat(archived()).isEqualTo(2);
      eachRowIsPaidForAndPublishedOnce(2);
    }
  }

  /** Puts a manifest of one row there at once and whole, as a rename does. */
  private void drop(String place, String name, int row) {
    try {
      Path aside = facedrop.manifest("aside-" + name, 1, Map.of(0, "fine/" + row));
      Path inbox = Files.createDirectories(folder.resolve("data").resolve(place));
      Files.move(aside, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long reports() {
    return Tree.wholeFiles(folder.resolve("data/report")).stream()
        .filter(file -> file.toString().endsWith(".report.json"))
        .count();
  }

  private int archived() {
    return Tree.wholeFiles(folder.resolve("data/archive")).size();
  }

  private List<Path> rejected() {
    return Tree.wholeFiles(folder.resolve("data/rejected"));
  }

  private void eachRowIsPaidForAndPublishedOnce(int rows) {
    assertThat(facedrop.rows("success"))
        .extracting(row -> row.get("image_url"))
        .hasSize(rows)
        .doesNotHaveDuplicates();
    assertThat(facedrop.rows("dead-letter")).isEmpty();
    assertThat(api.creates()).hasSize(rows);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
  }
}
