package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.facedrop.files.LogLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemotePickUpsTest extends PickedUpOnServer {
  private final LogLines log = LogLines.of(RemotePickUps.class);
  private Path inbox;
  private RemotePickUps pickUps;

  @BeforeEach
  void look() {
    inbox = home.resolve("inbox");
    pickUps = new RemotePickUps(inbox, ledger.deliveries());
  }

  @Test
  void fetchesAClaimUntilItLiesInTheInbox() throws IOException {
    assertThat(isFetched(pickUp.belowWork())).isTrue();

    Path fetched = pickUp.in(inbox);
    Files.createDirectories(fetched.getParent());
    Files.createFile(fetched);

    assertThat(isFetched(pickUp.belowWork())).isFalse();
  }

  @Test
  void fetchesNothingAgainThatWasAccepted() {
    ledger.accept(pickUp);

    assertThat(isFetched(pickUp.belowWork())).isFalse();
  }

  @Test
  void fetchesNothingAgainThatWasRejected() {
    ledger.reject(pickUp, "20260527T131404Z-m.csv");

    assertThat(isFetched(pickUp.belowWork())).isFalse();
  }

  @Test
  void leavesToItsManifestTheChecksum() throws IOException {
    put(pickUp.belowWork() + ".sha256", "7f3a");

    assertThat(isFetched(pickUp.belowWork() + ".sha256")).isFalse();
  }

  @Test
  void looksIntoFoldersAndAtNothingThatSomebodyPutThere() throws IOException {
    put("partner/other.csv", "");

    assertThat(isFetched("partner")).isTrue();
    assertThat(isFetched("partner/other.csv")).isFalse();
  }

  @Test
  void leavesToAnotherLedgerWhatItHasPickedUpAndSaysSoOnce() throws IOException {
    put("partner/00000000-E-7~m.csv", "image_url\n");
    put("00000000-E-8~n.csv", "image_url\n");

    assertThat(isFetched("partner/00000000-E-7~m.csv")).isFalse();
    assertThat(isFetched("00000000-E-8~n.csv")).isFalse();

    assertThat(log.get())
        .containsExactly(
            "WARN partner/m.csv on the SFTP server was picked up by a facedrop with another ledger, so"
                + " this one leaves it, and others like it, alone. If that ledger is lost, move such"
                + " files from .work back to the folder");
  }

  @Test
  void putsAFileIntoTheInboxUnderItsPickUp() throws IOException {
    Exchange exchange = fetching("image_url\n", 10);

    assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo(pickUp.local());
    assertThat(exchange.getMessage().getHeader(FileConstants.FILE_NAME_ONLY)).isEqualTo("m.csv");
    assertThat(exchange.getMessage().getBody(InputStream.class)).hasContent("image_url\n");
    pickUps.announce(exchange);
    assertThat(log.get())
        .containsExactly("INFO fetched partner/m.csv from the SFTP server, 10 bytes");
  }

  @Test
  void failsWhereAFileDoesNotComeWhole() {
    InputStream body = fetching("image", 10).getMessage().getBody(InputStream.class);

    assertThatIOException()
        .isThrownBy(body::readAllBytes)
        .withMessage("it ended after 5 bytes, and the server's listing says 10");
  }

  private boolean isFetched(String name) {
    return pickUps.accept(listed(name));
  }

  /** An exchange whose file has been listed with this length, and brings this content. */
  private Exchange fetching(String content, long length) {
    Exchange exchange = about(listed(pickUp.belowWork()));
    exchange.getMessage().setHeader(Exchange.FILE_LENGTH, length);
    exchange
        .getMessage()
        .setBody(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    pickUps.fetch(exchange);
    return exchange;
  }
}
