package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.LedgerException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path directory;

  @Test
  void writingConnectionIsDurableAndPatient() throws Exception {
    try (LedgerBench bench = LedgerBench.at(directory)) {
      Field writing = Ledger.class.getDeclaredField("writing");
      writing.setAccessible(true);
      Connection connection = (Connection) writing.get(bench.ledger);

      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "synchronous")).as("2 is FULL").isEqualTo("2");
      assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
      assertThat(Integer.parseInt(pragma(connection, "busy_timeout")))
          .isGreaterThanOrEqualTo(10_000);
    }
  }

  @Test
  void missingDirectoryIsMade() {
    Path file = directory.resolve("data/deep/ledger.db");

    Ledger.open("jdbc:sqlite:" + file, Clock.systemUTC()).close();

    assertThat(file).exists();
    assertThat(new LedgerPlace("jdbc:sqlite:" + file).file()).contains(file);
  }

  @Test
  void fileThatIsNoLedgerIsRefusedByName() throws IOException {
    Path file = Files.writeString(directory.resolve("ledger.db"), "not a database ".repeat(100));

    assertThatThrownBy(() -> Ledger.open("jdbc:sqlite:" + file, Clock.systemUTC()))
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith(
            "the ledger " + file + " is damaged, or no ledger: expected a whole");
  }

  private static String pragma(Connection connection, String name) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma " + name)) {
      return row.getString(1);
    }
  }
}
