import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A ledger of many batches, nine of ten complete, for whoever looks at it. Run with facedrop's jar
 * as the class path; the arguments are the ledger's address, the batches, and the rows of each.
 */
final class ManyBatches {
  /** Tasks of each open batch whose result is awaited. */
  private static final int AWAITED = 500;

  /** Seconds of each batch in which rows ended, each with so many classes of latency. */
  private static final int SECONDS = 600;

  private static final int LATENCIES = 6;

  private ManyBatches() {}

  public static void main(String[] args) throws SQLException {
    int batches = Integer.parseInt(args[1]);
    int rows = Integer.parseInt(args[2]);
    try (Ledger ledger = Ledger.open(args[0], Clock.systemUTC());
        Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int batch = 1; batch <= batches; batch++) {
        accept(ledger, batch, rows);
        boolean complete = batch * 10L <= batches * 9L;
        for (String sql : ended(batch, complete ? rows : rows / 2, complete)) {
          statement.execute(sql);
        }
        connection.commit();
      }
      if (args[0].startsWith("jdbc:postgresql:")) {
        statement.execute("analyze");
        connection.commit();
      }
    }
  }

  private static void accept(Ledger ledger, int batch, int rows) {
    String sha256 = String.format(Locale.ROOT, "%08x", batch).repeat(8);
    long number =
        ledger
            .acceptance()
            .begin(
                new NewBatch(
                    new ManifestName("rows.csv", "rows", Format.CSV, false),
                    "",
                    Path.of("/inbox/rows-" + batch + ".csv"),
                    false,
                    new Layout(Format.CSV, ',', "order,image_url"),
                    sha256,
                    false));
    List<Row> all =
        IntStream.range(0, rows)
            .mapToObj(
                i -> new Row(i + 2, "https://images.example.com/" + i, i + ",", "", null, null))
            .toList();
    ledger.acceptance().add(number, new RowGroup(0, all));
    ledger.acceptance().accept(number, sha256);
  }

  /** So many rows have ended, one of ten as a dead letter; of an open batch some are awaited. */
  private static List<String> ended(int batch, int rows, boolean complete) {
    String id = "(cast(" + batch + " as bigint) << 32)";
    String place = "(id - " + id + ")";
    String within = " from manifest_row where id >= " + id + " and id < " + id + " + ";
    String progress =
        "insert into progress (id, stage, state, attempts, requests, detect_task_id, submitted_at,"
            + " unfinished_at, part, charged, settled_at, reason, due_at, dated)"
            + " select id, 'detect', ";
    return List.of(
        progress
            + "case when id % 10 = 0 then 'dead' else 'succeeded' end, 1, 2, 'task-' || id, 1, 1, 1,"
            + " 'yes', 1, case when id % 10 = 0 then 'SERVER_ERROR' end, null, 1"
            + within
            + rows,
        progress
            + "'submitted', 1, 1, 'task-' || id, 1, 1, null, 'yes', null, null, 1, 0"
            + within
            + (rows + AWAITED)
            + " and "
            + place
            + " >= "
            + (complete ? rows + AWAITED : rows),
        part(batch, "success", rows - rows / 10, rows),
        part(batch, "dead-letter", rows / 10, rows),
        "insert into traffic (batch, second, kind, latency, requests, again, succeeded, dead) select "
            + batch
            + ", accepted_at / 1000 + s, 'QUERY', l, 1, 0, 1, 0 from batch, ("
            + numbers("s", SECONDS)
            + ") seconds, ("
            + numbers("l", LATENCIES)
            + ") latencies where number = "
            + batch,
        "update batch set next_position = "
            + (complete ? rows : rows + AWAITED)
            + (complete ? ", state = 'complete', completed_at = accepted_at + 600000" : "")
            + " where number = "
            + batch);
  }

  private static String part(int batch, String output, int rows, int last) {
    return "insert into part (batch, output, number, state, rows, first_row, last_row, opened_at,"
        + " file, published_at) values ("
        + batch
        + ", '"
        + output
        + "', 1, 'published', "
        + rows
        + ", "
        + ((long) batch << 32)
        + ", "
        + (((long) batch << 32) + last - 1)
        + ", 1, 'rows.csv', 1)";
  }

  private static String numbers(String name, int count) {
    return "with recursive n ("
        + name
        + ") as (select 1 union all select "
        + name
        + " + 1 from n where "
        + name
        + " < "
        + count
        + ") select "
        + name
        + " from n";
  }
}
