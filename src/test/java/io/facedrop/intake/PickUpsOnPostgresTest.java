package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.TestNode;
import io.facedrop.ledger.TestSchemas;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Picked-up files of several nodes with one inbox. */
class PickUpsOnPostgresTest {
  @TempDir Path inbox;
  private final TestSchemas schemas = new TestSchemas();
  private TestNode living;
  private TestNode dead;
  private TestNode node;
  private PickUps pickUps;

  @BeforeEach
  void start() throws Exception {
    String url = schemas.url(inbox);
    living = TestNode.joined(url, "living");
    dead = TestNode.joined(url, "dead");
    dead.settledBatch(".work/" + dead.epoch() + "~E-1/a.csv");
    dead.close();
    node = TestNode.joined(url, "this one");
    pickUps = new PickUps(node.ledger, new DoneFiles(inbox, "${file:name}.done"));
  }

  @AfterEach
  void stop() {
    node.close();
    living.close();
    schemas.drop();
  }

  @Test
  void thePickUpOfANodeBearsItsNumber() throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    assertThat(pickUps.name(exchange)).isEqualTo(node.epoch() + "~" + exchange.getExchangeId());
    assertThat(pickUps.isOurs(pickedUp(node.epoch() + "~E-7"))).isTrue();
  }

  @Test
  void whatALivingNodeHasPickedUpIsLeftToIt() throws Exception {
    Path folder = pickedUp(living.epoch() + "~E-7");

    assertThat(pickUps.isOurs(folder)).isFalse();

    assertThat(folder.resolve("a.csv")).exists();
  }

  @Test
  void whatADeadNodeHasPickedUpBecomesOurs() throws Exception {
    Path folder = pickedUp(dead.epoch() + "~E-7");
    Path done = Files.createFile(inbox.resolve("a.csv.done"));

    assertThat(pickUps.isOurs(folder)).isFalse();

    Path ours = inbox.resolve(".work/" + node.epoch() + "~E-7");
    assertThat(folder).doesNotExist();
    assertThat(ours.resolve("a.csv")).exists();
    assertThat(pickUps.isOurs(ours)).isTrue();
    assertThat(done).doesNotExist();
  }

  @Test
  void whatBearsNoNodeBecomesOurs() throws Exception {
    assertThat(pickUps.isOurs(pickedUp("E-7"))).isFalse();

    assertThat(inbox.resolve(".work/" + node.epoch() + "~E-7/a.csv")).exists();
  }

  @Test
  void whatADeadNodeHasAcceptedStaysWhereTheLedgerKnowsIt() throws Exception {
    Path folder = pickedUp(dead.epoch() + "~E-1");

    assertThat(pickUps.isOurs(folder)).isFalse();

    assertThat(folder.resolve("a.csv")).exists();
  }

  @Test
  void whoIsSlowerFindsNothing() throws Exception {
    Path gone = inbox.resolve(".work/" + dead.epoch() + "~E-7");

    assertThat(pickUps.isOurs(gone)).isFalse();
  }

  @Test
  void aFolderThatADeadNodeHasMadeForNothingIsRemoved() throws Exception {
    Path folder = Files.createDirectories(inbox.resolve(".work/" + dead.epoch() + "~E-7/deep"));

    assertThat(pickUps.isOurs(folder.getParent())).isFalse();

    assertThat(folder.getParent()).doesNotExist();
  }

  @Test
  void whatWasFetchedIsTheKeepers() throws Exception {
    PickUps keepers = new PickUps(living.ledger, new DoneFiles(inbox, ""));
    Path folder = pickedUp("sftp-0a1b2c3d-E-1");

    await().until(() -> keepers.isOurs(folder));

    assertThat(pickUps.isOurs(folder)).isFalse();
  }

  private Path pickedUp(String name) throws Exception {
    return PreparedLedger.manifest(inbox.resolve(".work/" + name + "/a.csv"), "image_url\n")
        .getParent();
  }
}
