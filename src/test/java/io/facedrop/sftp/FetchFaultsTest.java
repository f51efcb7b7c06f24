package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.facedrop.files.LogLines;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchFaultsTest extends LookedAtFolder {
  private static final String DENIED =
      "permission denied by the server: the account needs to read, write and rename there"
          + " (Permission denied)";

  private final LogLines log = LogLines.of(FetchFaults.class);
  private FetchFaults faults;

  @BeforeEach
  void listen() {
    faults = new FetchFaults(watch, nanos::get);
  }

  @Test
  void saysOnceWhatCouldNotBePickedUp() {
    // The name of a pickUp is new each time.
    fails("Cannot rename file: m.csv to: .work/0a1b2c3d-E-1~m.csv");
    fails("Cannot rename file: m.csv to: .work/0a1b2c3d-E-2~m.csv");

    assertThat(log.get())
        .containsExactly("WARN Cannot rename file: m.csv: " + DENIED + "; it will be tried again");
  }

  @Test
  void remindsOfItAfterFiveMinutes() {
    fails("Cannot rename file: m.csv to: .work/0a1b2c3d-E-1~m.csv");
    pass(Duration.ofMinutes(5));
    fails("Cannot rename file: m.csv to: .work/0a1b2c3d-E-2~m.csv");

    assertThat(log.get()).hasSize(2);
  }

  @Test
  void showsNoAddressWhereCamelShowsIt() {
    faults.handleException(
        PLACE + "?password=xxx cannot begin processing file: m.csv",
        exchange(),
        new IOException("gone"));

    assertThat(log.get())
        .containsExactly(
            "WARN facedrop cannot begin processing file: m.csv: the server failed (gone); it will"
                + " be tried again");
  }

  @Test
  void saysThatAFileDidNotComeWholeAndThatItIsFetchedAgain() {
    Exchange exchange = exchange();
    exchange.setVariable("dropped", "partner/m.csv");
    exchange.setProperty(
        Exchange.EXCEPTION_CAUGHT,
        new IOException(
            "while it was written",
            new IOException("it ended after 5 bytes, and the server's listing says 10")));

    faults.tell(exchange);

    assertThat(log.get())
        .containsExactly(
            "WARN partner/m.csv could not be fetched whole from the SFTP server (it ended after 5"
                + " bytes, and the server's listing says 10); it stays in the working folder there and is"
                + " fetched again");
  }

  @Test
  void tellsTheWatchToo() {
    watch.begin(null, dropped);
    fails("Cannot rename file: m.csv to: .work/0a1b2c3d-E-1~m.csv");
    watch.commit(null, dropped, 0);

    assertThat(troubles()).containsExactly("Cannot rename file: m.csv: " + DENIED);
  }

  @Test
  void leavesAFailedLookToTheWatch() {
    faults.handleException("a look", new IOException("gone"));
    faults.handleException(new IOException("gone"));

    assertThat(log.get()).isEmpty();
  }

  private void fails(String camelsWords) {
    Exception denied =
        new GenericFileOperationFailedException(
            camelsWords,
            new SftpException(ChannelSftp.SSH_FX_PERMISSION_DENIED, "Permission denied"));
    faults.handleException("cannot begin", exchange(), denied);
  }

  private Exchange exchange() {
    return dropped.createExchange();
  }
}
