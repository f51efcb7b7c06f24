package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.SmallDisk;
import io.facedrop.files.Tree;
import io.facedrop.ledger.fault.LedgerException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However little room there is when a ledger is made, all of it is made or nothing. */
class FirstStartOnAFullDiskTest {
  private static final int MOST_BLOCKS = 260;
  private static final int STEP = 12;

  @TempDir Path home;

  @Test
  void itSaysThatTheDiskIsFullAndTheNextStartWorks() throws Exception {
    boolean refused = false;
    boolean made = false;
    for (int blocks = new Random().nextInt(STEP); blocks < MOST_BLOCKS; blocks += STEP) {
      try (SmallDisk disk = SmallDisk.at(home.resolve("disk-" + blocks), 2)) {
        String url = "jdbc:sqlite:" + disk.folder().resolve("ledger.db");
        disk.fillBut(blocks);
        String what = blocks + " blocks left";
        try (Ledger ledger = Ledger.open(url, Clock.systemUTC())) {
          made = true;
        } catch (LedgerException e) {
          refused = true;
          assertThat(e).as(what).hasMessageMatching("(?s).*( is full|No space left).*");
        }

        disk.makeRoom();
        try (Ledger ledger = Ledger.open(url, Clock.systemUTC())) {
          assertThat(ledger.openBatches()).as(what).isEmpty();
        }
        assertThat(integrity(url)).as(what).isEqualTo("ok");
        assertThat(Tree.files(disk.folder()))
            .as(what)
            .extracting(file -> file.getFileName().toString())
            .noneMatch(name -> name.startsWith(".ledger"));
      }
    }
    assertThat(refused).isTrue();
    assertThat(made).isTrue();
  }

  private static String integrity(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma integrity_check")) {
      row.next();
      return row.getString(1);
    }
  }
}
