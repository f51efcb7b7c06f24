package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import io.facedrop.files.SmallDisk;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.model.Link;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxWatchTest {
  private static final String GONE = "is gone: mount its volume, or make the folder again";

  @TempDir Path directory;
  private final LogLines log = LogLines.of(InboxWatch.class);
  private final AtomicLong nanos = new AtomicLong();
  private LedgerBench bench;
  private Path inbox;
  private InboxWatch watch;

  @BeforeEach
  void open() throws IOException {
    bench = LedgerBench.at(directory);
    inbox = Files.createDirectory(directory.resolve("inbox"));
    watch = new InboxWatch(inbox, bench.ledger.deliveries(), 0, nanos::get);
  }

  @AfterEach
  void close() {
    watch.close();
    bench.close();
  }

  @Test
  void anInboxThatIsMadeIsToldOf() {
    Path absent = directory.resolve("a/b");

    InboxWatch.begin(absent, bench.ledger);

    assertThat(absent).isDirectory();
    assertThat(log.get())
        .containsExactly("INFO the inbox " + absent + " was not there and is made");
  }

  @Test
  void manifestsOfOpenBatchesThatAreMissingAtTheStartAreToldOf() throws IOException {
    Path manifest =
        PreparedLedger.manifest(inbox.resolve("m.csv"), "image_url\nhttps://a.example/1.png\n");
    new PreparedLedger(bench.ledger).accept(manifest, "", true);
    InboxWatch.begin(inbox, bench.ledger);
    assertThat(log.get()).isEmpty();
    Files.delete(manifest);

    InboxWatch.begin(inbox, bench.ledger);

    assertThat(log.get())
        .containsExactly(
            "WARN 1 manifest is missing in the inbox "
                + inbox
                + ", of open batches: is its volume mounted? Their rows go on, and serve archives"
                + " them when they are there again");
  }

  @Test
  void saysThatTheInboxIsGoneRemindsAndSaysWhenItIsBack() throws IOException {
    watch.look();
    assertThat(trouble()).isEmpty();
    Path elsewhere = Files.move(inbox, directory.resolve("elsewhere"));

    watch.look();
    nanos.addAndGet(Duration.ofMinutes(4).toNanos());
    watch.look();
    String gone =
        "ERROR the inbox "
            + inbox
            + " "
            + GONE
            + "; facedrop goes on by itself when it is back, and works on meanwhile with what it"
            + " has accepted";
    assertThat(log.get()).containsExactly(gone);
    assertThat(trouble()).isEqualTo(GONE);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    watch.look();
    assertThat(log.get()).containsExactly(gone, gone);

    Files.move(elsewhere, inbox);
    watch.look();
    watch.look();
    assertThat(log.get())
        .containsExactly(gone, gone, "INFO the inbox " + inbox + " can be used again, going on");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void saysOnceThatAnotherFolderStandsThere() throws IOException {
    watch.look();
    Files.move(inbox, directory.resolve("elsewhere"));
    Files.createDirectory(inbox);

    watch.look();
    watch.look();

    assertThat(log.get())
        .singleElement()
        .asString()
        .startsWith("WARN the inbox " + inbox + " is another folder than before: was a volume");
  }

  @Test
  void saysThatNobodyCanWriteThere() throws Exception {
    try (SmallDisk disk = SmallDisk.readOnly(inbox)) {
      assertThat(InboxWatch.fault(disk.folder())).startsWith("cannot be written to");
    }
    assertThat(InboxWatch.fault(inbox)).isEmpty();
  }

  private String trouble() {
    return bench.ledger.links().stream()
        .filter(link -> link.place().equals(Link.inbox(inbox, 0)))
        .findFirst()
        .orElseThrow()
        .trouble();
  }
}
