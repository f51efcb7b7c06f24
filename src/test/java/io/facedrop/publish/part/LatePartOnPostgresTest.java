package io.facedrop.publish.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.TestNode;
import io.facedrop.ledger.TestSchemas;
import io.facedrop.ledger.TestServer;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part whose node is held up while it is written. */
class LatePartOnPostgresTest {
  @TempDir Path directory;
  private final TestSchemas schemas = new TestSchemas();
  private String url;
  private TestNode node;
  private PartBody body;

  @BeforeEach
  void start() throws Exception {
    url = schemas.url(directory);
    node = TestNode.joined(url, "one");
    Batch batch = node.settledBatch(".work/1~E-1/a.csv");
    Part part = node.ledger.publishing().partsToPublish(Instant.now()).get(0);
    body =
        PartBody.of(
            new DefaultExchange(new DefaultCamelContext()), node.ledger, batch, part, false);
  }

  @AfterEach
  void stop() {
    body.close();
    node.close();
    schemas.drop();
  }

  @Test
  void endsWhileTheLeaseLasts() throws Exception {
    assertThat(body.readAllBytes()).isNotEmpty();
  }

  @Test
  void hasNoEndWhenTheLeaseIsOver() throws Exception {
    assertThat(body.read()).isNotNegative();
    TestServer.execute(
        "update %s.node set lease_until = 0"
            .formatted(url.replaceFirst(".*currentSchema=", "").replaceFirst("&.*", "")));
    assertThatThrownBy(() -> node.ledger.orders().resume()).isInstanceOf(LedgerException.class);

    assertThatThrownBy(() -> body.readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another may publish the part");
  }
}
