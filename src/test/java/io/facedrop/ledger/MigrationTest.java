package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  private static final String PROGRESS =
      """
      select id, state, due_at, attempts, requests, possible_duplicate, detect_task_id,
             submitted_at, unfinished_at, poll_failures, missing_since, part, charged, settled_at,
             reason, code, http_status, message, detect_id, face_count, faces, detected_at,
             expires_at
        from progress
       order by id
      """;

  @TempDir Path directory;
  private String url;

  @BeforeEach
  void name() {
    url = "jdbc:sqlite:" + directory.resolve("ledger.db");
  }

  @Test
  void newLedgerHasTheSchemaThatIsCurrent() throws SQLException {
    new Database(url).migrate();

    assertThat(rows("select max(cast(version as integer)) from flyway_schema_history"))
        .containsExactly(List.of(String.valueOf(Database.SCHEMA)));
  }

  @Test
  void rowsOfAnEarlierVersionAreKeptAsTheyAre() throws SQLException {
    migrateTo("5");
    execute(
        """
        insert into batch
               (number, id, manifest, stem, folder, source, archive, format, delimiter, header,
                sha256, state, rows)
        values (1, 'b', 'm.csv', 'm', '', '/m.csv', 0, 'CSV', ',', 'image_url', 'aa', 'open', 4)
        """);
    for (int row = 0; row < 4; row++) {
      execute(
          "insert into image (id, line, url, before, after) values (%d, %d, 'https://a', '', '')"
              .formatted(Image.id(1, row), row + 2));
    }
    execute(
        """
        insert into progress
               (id, state, due_at, attempts, requests, possible_duplicate, charged, code, message)
        values (4294967296, 'waiting', 17, 1, 2, 1, 'unknown', 500, 'busy')
        """);
    execute(
        """
        insert into progress
               (id, state, due_at, attempts, requests, detect_task_id, submitted_at, unfinished_at,
                poll_failures, missing_since, charged)
        values (4294967297, 'submitted', 18, 1, 3, 'dit1', 5, 6, 2, 7, 'yes')
        """);
    execute(
        """
        insert into progress
               (id, state, attempts, requests, detect_task_id, submitted_at, unfinished_at, part,
                charged, settled_at, code, http_status, message, detect_id, face_count, faces,
                detected_at, expires_at)
        values (4294967298, 'succeeded', 1, 2, 'dit2', 5, 6, 1, 'yes', 9, 200, 200, 'success',
                'm1', 1, '[{"id":0}]', 9, 3600006)
        """);
    execute(
        """
        insert into progress
               (id, state, attempts, requests, part, charged, settled_at, reason, code, message)
        values (4294967299, 'dead', 1, 1, 1, 'no', 9, 'VALIDATION_ERROR', 422, 'no image')
        """);
    List<List<String>> before = rows(PROGRESS);

    new Database(url).migrate();

    assertThat(rows(PROGRESS)).isEqualTo(before).hasSize(4);
    assertThat(rows("pragma foreign_key_check")).isEmpty();
    assertThat(rows("pragma integrity_check")).containsExactly(List.of("ok"));
    assertThatThrownBy(() -> execute("update progress set state = 'unheard of'"))
        .hasMessageContaining("CHECK constraint failed");
  }

  private void migrateTo(String version) {
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:io/facedrop/ledger/migration")
        .target(version)
        .load()
        .migrate();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
          columns.add(row.getString(column));
        }
        rows.add(columns);
      }
    }
    return rows;
  }
}
