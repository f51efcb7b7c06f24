package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.TestNode;
import io.facedrop.ledger.TestSchemas;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Notice;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several nodes the keeper delivers what all of them have to tell. */
class EventsOnPostgresTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;
  private final TestSchemas schemas = new TestSchemas();
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private TestNode one;
  private TestNode two;
  private DefaultCamelContext first;
  private DefaultCamelContext second;

  @BeforeEach
  void start() throws Exception {
    String url = schemas.url(directory);
    one = TestNode.joined(url, "one");
    two = TestNode.joined(url, "two");
    one.ledger.notices().want(true);
    first = delivering(one);
    second = delivering(two);
  }

  @AfterEach
  void stop() {
    second.stop();
    two.close();
    schemas.drop();
  }

  @Test
  void theKeeperDeliversOnceAndAnotherGoesOnWhenItLeaves() throws Exception {
    await().until(one.ledger::isKeeper);
    Batch early = two.settledBatch(".work/2~E-1/a.csv");
    await().atMost(Duration.ofSeconds(30)).until(() -> two.ledger.waitingEvents() == 0);
    assertThat(delivered).containsExactly("one: manifest accepted of two " + early.id());

    first.stop();
    one.close();
    Batch late = two.settledBatch(".work/2~E-2/b.csv");
    await().atMost(Duration.ofSeconds(60)).until(() -> two.ledger.waitingEvents() == 0);

    assertThat(delivered)
        .containsExactly(
            "one: manifest accepted of two " + early.id(),
            "two: manifest accepted of two " + late.id());
  }

  private DefaultCamelContext delivering(TestNode node) throws Exception {
    DefaultCamelContext context = new DefaultCamelContext();
    context.getRegistry().bind("theLedger", node.ledger);
    context
        .getRegistry()
        .bind(
            "gate",
            new Gate(
                new GateLimits(
                    0, GateLimits.SHARED, 64, 1000, SECOND, SECOND, new Backoff(SECOND, SECOND)),
                node.ledger.gateStore("test"),
                () -> OptionalDouble.of(1),
                Clock.systemUTC()));
    context.getRegistry().bind("rules", LedgerBench.RULES);
    String name = node == one ? "one: " : "two: ";
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("ledger:events")
                .process(
                    exchange ->
                        delivered.add(name + told(exchange.getMessage().getBody(Notice.class))));
          }
        });
    context.start();
    return context;
  }

  private static String told(Notice notice) {
    return notice.kind().words()
        + " of "
        + notice.json().replaceFirst(".*\"node\":\"(\\w+)\".*", "$1")
        + " "
        + notice.json().replaceFirst(".*\"batch\":\"([^\"]+)\".*", "$1");
  }
}
