import io.facedrop.api.RequestKind;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.model.Task;
import io.facedrop.ledger.settle.RowOutcome;
import io.facedrop.ledger.settle.Transition;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How long the ledger takes to settle a group of rows and to claim as many others in one commit,
 * beside a small and a large backlog. Run with facedrop's jar as the class path; the arguments are
 * the ledger's address, the rows of the large backlog, and the number of groups.
 */
final class Backlog {
  private static final int ASKS = 50;
  private static final int LITTLE = 1_000;

  /** Batches until the JVM has compiled the most of it. */
  private static final int WARM_UP = 20;

  /** Rows that the ledger takes in itself; the database makes the others. */
  private static final int ACCEPTED = 5_000;

  private static final String SHA256 = "7f3a91c2".repeat(8);
  private static final List<String> TABLES = List.of("batch", "manifest_row", "progress", "claim");

  private final String url;
  private final Ledger ledger;
  private final boolean server;

  private Backlog(String url) {
    this.url = url;
    this.server = url.startsWith("jdbc:postgresql:");
    this.ledger = Ledger.open(url, Clock.systemUTC());
  }

  public static void main(String[] args) throws SQLException {
    Backlog backlog = new Backlog(args[0]);
    long large = Long.parseLong(args[1]);
    int groups = Integer.parseInt(args[2]);
    try (Ledger ledger = backlog.ledger) {
      backlog.statisticsAreKept(false);
      backlog.little(WARM_UP);
      backlog.say(LITTLE, "no statistics", backlog.little(groups * ASKS / LITTLE));
      backlog.load(large);
      backlog.say(large, "no statistics", backlog.groups(groups));
      if (backlog.server) {
        backlog.execute("analyze");
        backlog.say(large, "analyzed", backlog.groups(groups));
        backlog.statisticsAreKept(true);
      }
    }
  }

  /** A bulk load outruns them: the server looks at large tables once a minute at most. */
  private void statisticsAreKept(boolean kept) throws SQLException {
    if (server) {
      for (String table : TABLES) {
        execute("alter table " + table + " set (autovacuum_enabled = " + kept + ")");
      }
    }
  }

  /** Groups beside one batch of 1,000 rows after the other, of which each is worked to its end. */
  private long[] little(int batches) throws SQLException {
    long[] nanos = new long[batches * LITTLE / ASKS];
    for (int batch = 0; batch < batches; batch++) {
      load(LITTLE + ASKS + 1);
      System.arraycopy(groups(LITTLE / ASKS), 0, nanos, batch * LITTLE / ASKS, LITTLE / ASKS);
    }
    return nanos;
  }

  /** As a manifest is accepted; most rows of a large one are made by the database itself. */
  private void load(long rows) throws SQLException {
    NewBatch batch =
        new NewBatch(
            new ManifestName("rows.csv", "rows", Format.CSV, false),
            "",
            Path.of("/inbox/rows.csv"),
            false,
            new Layout(Format.CSV, ',', "order,image_url"),
            SHA256);
    long number = ledger.acceptance().begin(batch);
    List<Row> first =
        IntStream.range(0, (int) Math.min(ACCEPTED, rows))
            .mapToObj(i -> new Row(i + 2, image(i), i + ",", "", null, null))
            .toList();
    ledger.acceptance().add(number, new RowGroup(0, first));
    if (rows > ACCEPTED) {
      // Accepted by itself; the writer is idle by then.
      ledger.work().durations();
      execute(more(number, rows));
      execute("update batch set rows = " + rows + " where number = " + number);
    }
    ledger.acceptance().accept(number, SHA256);
  }

  private static String image(int number) {
    return String.format(Locale.ROOT, "https://images.example.com/portraits/%09d.jpg", number);
  }

  private String more(long number, long rows) {
    String numbers =
        server
            ? "select n from generate_series(" + ACCEPTED + ", " + (rows - 1) + ") n"
            : "with recursive s (n) as (select "
                + ACCEPTED
                + " union all select n + 1 from s where n < "
                + (rows - 1)
                + ") select n from s";
    String image = server ? "lpad(cast(n as text), 9, '0')" : "substr('000000000' || n, -9)";
    return "insert into manifest_row (id, line, image_url, before, after) select (cast("
        + number
        + " as bigint) << 32) + n, n + 2, 'https://images.example.com/portraits/' || "
        + image
        + " || '.jpg', n || ',', '' from ("
        + numbers
        + ") numbers";
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Nanoseconds of each of so many groups. */
  private long[] groups(int count) {
    Run run = new Run(ledger, count);
    ledger.work().settleAndClaim(null, () -> Wanted.ANYTHING, run::first);
    return run.ended.join();
  }

  private void say(long backlog, String statistics, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "backlog %d %s: median %.3f ms, 99 %% %.3f ms, most %.3f ms, %d groups%n",
        backlog,
        server ? statistics : "by index",
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        nanos.length);
  }

  /**
   * Groups, each asked for on the writer's own thread when the last is committed: so the writer
   * takes all of a group at once.
   */
  private static final class Run {
    private final Ledger ledger;
    private final long[] nanos;
    private final CompletableFuture<long[]> ended = new CompletableFuture<>();
    private final List<ClaimedRow> claimed = new ArrayList<>();
    private int asked;
    private int group = -1;
    private long start;

    Run(Ledger ledger, int groups) {
      this.ledger = ledger;
      this.nanos = new long[groups];
    }

    void first(Supplier<ClaimedRow> answer) {
      asked = 1;
      answered(answer);
    }

    private void answered(Supplier<ClaimedRow> answer) {
      try {
        ClaimedRow row = answer.get();
        if (row == null) {
          throw new IllegalStateException("nothing was there to be claimed");
        }
        claimed.add(row);
        if (claimed.size() == asked) {
          next();
        }
      } catch (RuntimeException e) {
        ended.completeExceptionally(e);
      }
    }

    private void next() {
      long now = System.nanoTime();
      // The first two bring rows up to the number of a group.
      if (group > 0) {
        nanos[group - 1] = now - start;
      }
      group++;
      List<ClaimedRow> rows = new ArrayList<>(claimed);
      claimed.clear();
      boolean last = group > nanos.length;
      asked = last ? rows.size() : ASKS;
      if (last) {
        rows.forEach(row -> ledger.work().settleAndClaim(success(row), this::nothing, x -> {}));
        ended.complete(nanos);
        return;
      }
      start = System.nanoTime();
      for (int i = 0; i < ASKS; i++) {
        Transition brought = i < rows.size() ? success(rows.get(i)) : null;
        ledger.work().settleAndClaim(brought, this::anything, this::answered);
      }
    }

    private Wanted anything() {
      return Wanted.ANYTHING;
    }

    private Wanted nothing() {
      return Wanted.NOTHING;
    }

    private static Transition success(ClaimedRow row) {
      long now = System.currentTimeMillis();
      Task task = Task.created("task-" + row.id(), now, now);
      Outcome outcome =
          new Outcome(
              Outcome.Kind.SUCCEEDED, null, 200, 200, "success", task.id(), null, null, 1, false);
      return new RowOutcome(row, outcome, new Request(RequestKind.CREATE, now, 1L, 1, false))
          .succeeded(1, task);
    }
  }
}
