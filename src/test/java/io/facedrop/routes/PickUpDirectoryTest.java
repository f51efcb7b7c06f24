package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.LogLines;
import io.facedrop.intake.PickedUpFiles;
import io.facedrop.ledger.model.Batch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PickUpDirectoryTest extends RouteTest {
  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest");
  }

  @Test
  void movesAManifestIntoAClaimOfItsOwnAndAcceptsItThere() throws Exception {
    drop("partner/north/m.csv", "image_url\nhttps://a.example/1.png\n");
    context.start();
    Batch batch = onlyBatch();
    assertThat(batch.folder()).isEqualTo("partner/north/");
    assertThat(batch.archive()).isTrue();
    assertThat(batch.source().toString()).matches("\\.work/[^/]+/partner/north/m\\.csv");
    assertThat(files("inbox")).containsExactly(batch.source().toString());
  }

  @Test
  void offersAManifestAgainThatTheLedgerCouldNotTakeAndLogsOneLine() throws Exception {
    ledgerFile("create trigger full before insert on part begin select raise(abort, 'full'); end");
    LogLines log = LogLines.of(PickedUpFiles.class);
    drop("north/m.csv", "image_url\nhttps://a.example/1.png\nno URL\n");
    context.start();
    soon().until(() -> log.everything().contains("cannot be accepted yet"));
    ledgerFile("drop trigger full");
    assertThat(onlyBatch().rows()).isEqualTo(2);
    assertThat(log.get())
        .filteredOn(line -> line.startsWith("ERROR"))
        .singleElement()
        .asString()
        .startsWith("ERROR north/m.csv cannot be accepted yet: the ledger could not be written")
        .endsWith("; it is tried again");
    assertThat(log.everything()).doesNotContain("\tat ").doesNotContain(" WARN ");
    assertThat(ledger.openBatches()).hasSize(1);
  }

  private void ledgerFile(String sql) throws SQLException {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger.db"));
        Statement statement = file.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void keepsTwoManifestsOfOneNameApart() throws Exception {
    context.start();
    drop("m.csv", "image_url\nhttps://a.example/1.png\n");
    Batch first = onlyBatch();
    drop("m.csv", "image_url\nhttps://a.example/2.png\n");
    soon().until(() -> ledger.newestBatches(10).size() == 2);
    Batch second = ledger.newestBatches(10).get(0);
    assertThat(inbox(first)).hasContent("image_url\nhttps://a.example/1.png\n");
    assertThat(inbox(second)).hasContent("image_url\nhttps://a.example/2.png\n");
    assertThat(files("inbox")).hasSize(2);
  }

  @Test
  void ignoresHiddenFilesAndUnfinishedNames() throws Exception {
    List<String> unfinished =
        List.of(
            ".hidden.csv",
            ".hidden/m.csv",
            "m.csv.tmp",
            "m.csv.part",
            "M.CSV.PART",
            "deep/m.csv.partial",
            "m.csv.filepart",
            "m.csv~");
    for (String name : unfinished) {
      drop(name, "image_url\nhttps://a.example/" + name + "\n");
    }
    context.start();
    soon().until(() -> Files.isDirectory(home.resolve("inbox/.work")));
    drop("m.csv", "image_url\nhttps://a.example/1.png\n");
    onlyBatch();
    assertThat(files("inbox")).containsAll(unfinished).hasSize(unfinished.size() + 1);
    assertThat(files("rejected")).isEmpty();
  }

  @Test
  void doesNotTakeAManifestThatStillGrows() throws Exception {
    Path growing = drop("m.csv", "image_url\n");
    context.start();
    int[] rows = {0};
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              Files.writeString(
                  growing, "https://a.example/" + ++rows[0] + ".png\n", StandardOpenOption.APPEND);
              return rows[0] == 40;
            });
    assertThat(ledger.newestBatches(10)).isEmpty();
    assertThat(onlyBatch().rows()).isEqualTo(40);
  }

  @Test
  void waitsLongerForTheFirstBytesOfAnEmptyFile() throws Exception {
    Path empty = drop("m.csv", "");
    context.start();
    await()
        .during(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> Files.exists(empty));
    soon().until(() -> !files("rejected").isEmpty());
    assertThat(ledger.newestBatches(10)).isEmpty();
    soon().until(() -> entries("inbox/.work").isEmpty());
  }
}
