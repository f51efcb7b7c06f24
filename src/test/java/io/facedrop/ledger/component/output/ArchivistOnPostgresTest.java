package io.facedrop.ledger.component.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import io.facedrop.ledger.TestNode;
import io.facedrop.ledger.TestSchemas;
import io.facedrop.ledger.TestServer;
import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that lie in the inbox of a node that is dead. */
class ArchivistOnPostgresTest {
  @TempDir Path directory;
  private final TestSchemas schemas = new TestSchemas();
  private final LogLines log = LogLines.of(Archivist.class);
  private String url;
  private TestNode node;
  private Batch batch;
  private long nanos;
  private boolean here;
  private Archivist archivist;

  @BeforeEach
  void start() throws Exception {
    url = schemas.url(directory);
    try (TestNode dead = TestNode.joined(url, "one")) {
      batch = dead.settledBatch(".work/1~E-1/a.csv");
    }
    TestServer.execute(
        "update %s.node set ended_at = ended_at - 10000"
            .formatted(url.replaceFirst(".*currentSchema=", "").replaceFirst("&.*", "")));
    node = TestNode.joined(url, "two");
    node.ledger.publishing().adopt();
    archivist = new Archivist(node.ledger, manifest -> here, () -> nanos);
  }

  @AfterEach
  void stop() {
    node.close();
    schemas.drop();
  }

  @Test
  void oneThatIsHereIsTaken() {
    here = true;

    assertThat(archivist.takes(batch)).isTrue();

    assertThat(log.get()).isEmpty();
  }

  @Test
  void oneThatIsNotHereIsWaitedForAndSpokenOfOnce() {
    assertThat(archivist.takes(batch)).isFalse();
    pass(Duration.ofMinutes(10));
    assertThat(archivist.takes(batch)).isFalse();
    pass(Duration.ofMillis(1));

    assertThat(archivist.takes(batch)).isTrue();

    assertThat(log.get())
        .containsExactly(
            "WARN batch "
                + batch.id()
                + " waits for its manifest, which lies in the inbox of the node one: start that"
                + " node within 10 minutes, or the batch ends without its manifest in the archive");
  }

  @Test
  void aSuccessorOfTheNodeThatHasItGetsTheBatchOnce() throws Exception {
    assertThat(archivist.takes(batch)).isFalse();
    try (TestNode successor = TestNode.joined(url, "one")) {
      assertThat(archivist.takes(batch)).isFalse();

      assertThat(successor.ledger.publishing().settledBatches()).hasSize(1);
      assertThat(node.ledger.publishing().settledBatches()).isEmpty();
      assertThat(log.get())
          .last()
          .isEqualTo("INFO the node one ends batch " + batch.id() + ", whose manifest is not here");
    }
  }

  @Test
  void oneThatThisNodeHasAcceptedItselfIsGone() throws Exception {
    Batch own = node.settledBatch(".work/2~E-2/a.csv");

    assertThat(archivist.takes(own)).isTrue();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
