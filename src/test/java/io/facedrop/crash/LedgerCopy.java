package io.facedrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a kill has left in the ledger, read from a copy, so that the program itself has to bring its
 * own ledger in order.
 */
final class LedgerCopy {
  /**
   * A row whose request may have been on the wire.
   *
   * @param hasTask whether the request could only ask for a result
   */
  record InFlight(String stem, long line, boolean hasTask) {}

  /** A row that is marked as a possible duplicate. */
  record Marked(String stem, long line) {}

  private static final String IN_FLIGHT =
      """
      select b.stem, m.line, coalesce(p.state = 'submitted', 0)
        from claim c
        join manifest_row m on m.id = c.row_id
        join batch b on b.number = c.row_id >> 32
        left join progress p on p.id = c.row_id
      """;

  private static final String MARKED =
      """
      select b.stem, m.line
        from progress p
        join manifest_row m on m.id = p.id
        join batch b on b.number = p.id >> 32
       where p.possible_duplicate = 1
      """;

  private final List<InFlight> inFlight = new ArrayList<>();
  private final List<Marked> marked = new ArrayList<>();

  private LedgerCopy(Path copy) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      try (ResultSet verdict = statement.executeQuery("pragma integrity_check")) {
        assertThat(verdict.getString(1)).as("the ledger's integrity").isEqualTo("ok");
      }
      if (!hasTables(statement)) {
        return;
      }
      try (ResultSet row = statement.executeQuery(IN_FLIGHT)) {
        while (row.next()) {
          inFlight.add(new InFlight(row.getString(1), row.getLong(2), row.getBoolean(3)));
        }
      }
      try (ResultSet row = statement.executeQuery(MARKED)) {
        while (row.next()) {
          marked.add(new Marked(row.getString(1), row.getLong(2)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Killed in its first moments, the program has not made all of them. */
  private static boolean hasTables(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select count(*) from sqlite_master where name in ('claim', 'progress_submitted')")) {
      return row.getInt(1) == 2;
    }
  }

  static LedgerCopy of(Path ledger, Path scratch) {
    Path copy = scratch.resolve("copy.db");
    try {
      for (String suffix : List.of("", "-wal")) {
        Path part = Path.of(ledger + suffix);
        Path target = Path.of(copy + suffix);
        Files.deleteIfExists(target);
        if (Files.exists(part)) {
          Files.copy(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.deleteIfExists(Path.of(copy + "-shm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LedgerCopy(copy);
  }

  List<InFlight> inFlight() {
    return inFlight;
  }

  List<Marked> marked() {
    return marked;
  }
}
