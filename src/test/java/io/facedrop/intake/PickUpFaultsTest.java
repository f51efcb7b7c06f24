package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import io.facedrop.ledger.LedgerBench;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickUpFaultsTest {
  @TempDir Path inbox;
  private LedgerBench bench;
  private PickUpFaults faults;
  private final LogLines log = LogLines.of(PickUpFaults.class);
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @BeforeEach
  void open() {
    bench = LedgerBench.at(inbox);
    faults = new PickUpFaults(inbox, new PickUps(bench.ledger, new DoneFiles(inbox, "")));
    GenericFile<File> file = new GenericFile<>();
    file.setFile(inbox.resolve("deep/m.csv").toFile());
    file.setRelativeFilePath("deep/m.csv");
    exchange.setProperty(FileComponent.FILE_EXCHANGE_FILE, file);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aFileThatAnotherNodeHasTakenIsNotSpokenOfAndTheFolderForItIsRemoved() throws Exception {
    Path unused = Files.createDirectories(inbox.resolve(".work/" + exchange.getExchangeId()));
    Files.createDirectories(unused.resolve("deep"));

    fails();

    assertThat(log.get()).isEmpty();
    assertThat(unused).doesNotExist();
  }

  @Test
  void aFileThatWasTakenAfterAllStays() throws Exception {
    Path taken = Files.createDirectories(inbox.resolve(".work/" + exchange.getExchangeId()));
    Files.createFile(taken.resolve("m.csv"));

    fails();

    assertThat(taken.resolve("m.csv")).exists();
  }

  @Test
  void aFileThatStaysIsSpokenOfOnce() throws Exception {
    Files.createFile(Files.createDirectories(inbox.resolve("deep")).resolve("m.csv"));

    fails();
    fails();

    assertThat(log.get())
        .containsExactly("WARN deep/m.csv cannot be picked up: no right; it will be tried again");
  }

  @Test
  void anInboxThatCannotBeLookedAtIsSpokenOfOnce() {
    faults.handleException("Failed polling", new IllegalStateException("stale file handle"));
    faults.handleException("Failed polling", new IllegalStateException("stale file handle"));

    assertThat(log.get())
        .containsExactly(
            "WARN the inbox "
                + inbox
                + " cannot be looked at: stale file handle; it will be tried again");
  }

  private void fails() {
    faults.handleException("", exchange, new GenericFileOperationFailedException("no right"));
  }
}
