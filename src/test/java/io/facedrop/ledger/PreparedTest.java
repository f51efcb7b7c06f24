package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedTest {
  private static final String LARGE = "x".repeat(100_000);

  @TempDir Path folder;

  @Test
  void aStatementThatFailedForWantOfRoomRunsOnceThereIsSome() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder + "/a.db");
        Statement plain = connection.createStatement()) {
      plain.execute("create table kept (value text)");
      Prepared insert = new Prepared(connection, "insert into kept values (?)");
      plain.execute("pragma max_page_count = 10");

      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> Bound.to(insert).text(LARGE).update())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("SQLITE_FULL");
      }
      plain.execute("pragma max_page_count = 1000");

      assertThat(Bound.to(insert).text(LARGE).update()).isOne();
    }
  }
}
