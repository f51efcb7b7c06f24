package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumFilesTest {
  @TempDir Path inbox;
  private ChecksumFiles checksums;
  private Path pickedUp;

  @BeforeEach
  void pickUp() throws IOException {
    checksums = new ChecksumFiles(inbox);
    pickedUp = put(".work/A-1/partner/m.csv");
  }

  @Test
  void aChecksumFollowsItsManifest() throws IOException {
    Path dropped = put("partner/m.csv.sha256");

    follow(pickedUp);

    assertThat(dropped).doesNotExist();
    assertThat(inbox.resolve(".work/A-1/partner/m.csv.sha256")).exists();
  }

  @Test
  void aChecksumStaysWithTheNextManifestOfThatName() throws IOException {
    put("partner/m.csv");
    Path dropped = put("partner/m.csv.sha256");

    follow(pickedUp);

    assertThat(dropped).exists();
  }

  @Test
  void aChecksumThatIsThereAlreadyIsNotReplaced() throws IOException {
    Path first = PreparedLedger.manifest(inbox.resolve(".work/A-1/partner/m.csv.sha256"), "7f3a");
    put("partner/m.csv.sha256");

    follow(pickedUp);

    assertThat(first).hasContent("7f3a");
  }

  @Test
  void whatWasFetchedFromAServerHasBroughtItsOwn() throws IOException {
    Path fetched = put(".work/sftp-A-1/partner/m.csv");
    Path dropped = put("partner/m.csv.sha256");

    follow(fetched);

    assertThat(dropped).exists();
  }

  @Test
  void removesAChecksumThatACrashHasLeftWithoutItsManifest() throws IOException {
    Path stale = put(".work/A-2/n.csv.sha256");
    Path needed = put(".work/A-1/partner/m.csv.sha256");
    Path fetched = put(".work/sftp-A-3/o.csv.sha256");

    checksums.removeStale();

    assertThat(stale.getParent()).doesNotExist();
    assertThat(needed).exists();
    assertThat(fetched).as("its manifest is still on its way").exists();
  }

  @Test
  void hasNothingToRemoveWhereNothingWasPickedUp() {
    new ChecksumFiles(inbox.resolve("none")).removeStale();

    assertThat(pickedUp).exists();
  }

  private void follow(Path manifest) throws IOException {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(manifest.toFile());
    checksums.follow(exchange);
  }

  private Path put(String name) throws IOException {
    return PreparedLedger.manifest(inbox.resolve(name), "");
  }
}
