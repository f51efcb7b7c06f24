package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.Publishers.Node;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several nodes publishes a batch. */
class PublishersOnPostgresTest {
  @TempDir Path directory;
  private final TestSchemas schemas = new TestSchemas();
  private final List<TestNode> nodes = new ArrayList<>();
  private String url;

  @BeforeEach
  void start() {
    url = schemas.url(directory);
  }

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
    schemas.drop();
  }

  @Test
  void onlyTheNodeThatAcceptedABatchPublishesIt() throws Exception {
    TestNode one = node("one");
    TestNode two = node("two");

    Batch batch = one.settledBatch(".work/1~E-1/a.csv");

    assertThat(parts(two)).isEmpty();
    assertThat(settled(two)).isEmpty();
    assertThat(two.ledger.publishing().unacknowledgedBatches()).isEmpty();
    assertThat(two.ledger.publishing().adopt()).isFalse();
    assertThat(settled(one)).containsExactly(batch.number());
    assertThat(parts(one)).hasSize(1);
    assertThat(one.ledger.publishing().unacknowledgedBatches()).hasSize(1);
    assertThat(one.ledger.publishing().former(batch)).isEmpty();
  }

  @Test
  void aSuccessorOfTheDeadNodesNameAdoptsItsBatchesAtOnce() throws Exception {
    TestNode two = node("two");
    Batch batch = acceptedByADeadNode("one");
    TestNode successor = node("one");

    assertThat(two.ledger.publishing().adopt()).isTrue();
    assertThat(settled(two)).isEmpty();
    assertThat(successor.ledger.publishing().adopt()).isFalse();

    assertThat(settled(successor)).containsExactly(batch.number());
    assertThat(two.ledger.publishing().adopt()).isFalse();
    assertThat(settled(two)).isEmpty();
  }

  @Test
  void anyNodeAdoptsBatchesWhenNoSuccessorHasComeForAWhile() throws Exception {
    TestNode two = node("two");
    TestNode three = node("three");
    Batch batch = acceptedByADeadNode("one");
    change("update %s.node set ended_at = ended_at - 10000 where name = 'one'");

    assertThat(two.ledger.publishing().adopt()).isFalse();
    assertThat(three.ledger.publishing().adopt()).isFalse();

    assertThat(settled(two)).containsExactly(batch.number());
    assertThat(settled(three)).isEmpty();
    assertThat(parts(two)).hasSize(1);
  }

  @Test
  void whatADeadNodeMayHaveBegunIsKnownToWhoAdopts() throws Exception {
    TestNode two = node("two");
    Batch batch = acceptedByADeadNode("one");
    change("update %s.node set ended_at = ended_at - 10000 where name = 'one'");
    long dead = nodes.get(0).epoch() + 1;

    two.ledger.publishing().adopt();

    assertThat(two.ledger.publishing().former(batch)).containsExactly(dead);
    assertThat(two.ledger.isAlive(dead)).isFalse();
    assertThat(two.ledger.isAlive(two.epoch())).isTrue();
    assertThat(two.ledger.publishing().acceptor(batch)).contains(new Node(dead, "one"));
  }

  @Test
  void aBatchIsHandedToANodeOfTheNameOfTheOneThatAcceptedIt() throws Exception {
    TestNode two = node("two");
    Batch batch = acceptedByADeadNode("one");
    change("update %s.node set ended_at = ended_at - 10000 where name = 'one'");
    two.ledger.publishing().adopt();
    assertThat(two.ledger.publishing().handOver(batch)).isEmpty();
    TestNode successor = node("one");

    assertThat(two.ledger.publishing().handOver(batch))
        .contains(new Node(successor.epoch(), "one"));

    assertThat(settled(successor)).containsExactly(batch.number());
    assertThat(settled(two)).isEmpty();
    assertThat(two.ledger.publishing().handOver(batch)).isEmpty();
  }

  private TestNode node(String name) throws Exception {
    TestNode node = TestNode.joined(url, name);
    nodes.add(node);
    return node;
  }

  private Batch acceptedByADeadNode(String name) throws Exception {
    try (TestNode dead = TestNode.joined(url, name)) {
      return dead.settledBatch(".work/1~E-1/a.csv");
    }
  }

  private static List<Long> settled(TestNode node) {
    return node.ledger.publishing().settledBatches().stream().map(Batch::number).toList();
  }

  private static List<Part> parts(TestNode node) {
    return node.ledger.publishing().partsToPublish(Instant.now());
  }

  private void change(String sql) {
    TestServer.execute(
        sql.formatted(url.replaceFirst(".*currentSchema=", "").replaceFirst("&.*", "")));
  }
}
