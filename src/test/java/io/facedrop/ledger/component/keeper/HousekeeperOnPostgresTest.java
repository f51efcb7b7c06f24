package io.facedrop.ledger.component.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.files.LogLines;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.TestNode;
import io.facedrop.ledger.TestSchemas;
import io.facedrop.ledger.TestServer;
import io.facedrop.ledger.component.LedgerComponent;
import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one of several nodes does for all. */
class HousekeeperOnPostgresTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;
  private final TestSchemas schemas = new TestSchemas();
  private final LogLines log = LogLines.of(HeldBatches.class);
  private final List<TestNode> nodes = new ArrayList<>();
  private final List<DefaultCamelContext> contexts = new ArrayList<>();
  private String url;

  @BeforeEach
  void start() {
    url = schemas.url(directory);
  }

  @AfterEach
  void stop() {
    contexts.forEach(DefaultCamelContext::stop);
    nodes.forEach(TestNode::close);
    schemas.drop();
  }

  @Test
  void aHeldBatchIsAnnouncedByTheKeeperAndNotOnceForEachNode() throws Exception {
    TestNode keeper = node("one");
    TestNode other = node("two");
    await().until(keeper.ledger::isKeeper);
    keepsHouse(keeper);
    hold(other.settledBatch(".work/2~E-1/a.csv"));
    soon().until(() -> log.get().size() == 1);
    keepsHouse(other);

    // What another node would have announced at its first look is there before this one is.
    Batch second = other.settledBatch(".work/2~E-2/b.csv");
    hold(second);
    soon().until(() -> log.get().stream().anyMatch(line -> line.contains(second.id())));

    assertThat(log.get()).hasSize(2).allMatch(line -> line.contains("is held"));
  }

  private TestNode node(String name) throws Exception {
    TestNode node = TestNode.joined(url, name);
    nodes.add(node);
    return node;
  }

  private void keepsHouse(TestNode node) {
    DefaultCamelContext context = new DefaultCamelContext();
    Backoff backoff = new Backoff(SECOND, SECOND);
    context.getRegistry().bind("theLedger", node.ledger);
    context
        .getRegistry()
        .bind(
            "gate",
            new Gate(
                new GateLimits(0, GateLimits.SHARED, 64, 1000, SECOND, SECOND, backoff),
                node.ledger.gateStore("test"),
                () -> OptionalDouble.of(1),
                Clock.systemUTC()));
    context.getRegistry().bind("rules", LedgerBench.RULES);
    contexts.add(context);
    context.start();
    context.getComponent("ledger", LedgerComponent.class).start();
  }

  private void hold(Batch batch) {
    TestServer.execute(
        "update %s.batch set held = 1, held_at = 1, held_reason = 'NOT_FOUND', held_dead = 1, held_of = 1 where number = %d"
            .formatted(
                url.replaceFirst(".*currentSchema=", "").replaceFirst("&.*", ""), batch.number()));
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
