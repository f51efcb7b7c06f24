package io.facedrop.ledger;

import io.facedrop.api.answer.Detection;
import io.facedrop.api.gate.Backoff;
import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.query.ListedAges;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A ledger in a directory, what a test does with it, and a second connection that looks on. */
public final class LedgerBench implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-05-27T13:14:04Z");
  public static final ListedAges POLLS =
      new ListedAges(
          Stream.of(2, 3, 5, 8, 10).map(Duration::ofSeconds).toList(),
          Duration.ofSeconds(10),
          Duration.ofMinutes(15));
  public static final TransitionRules RULES =
      new TransitionRules(
          3, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)), false, POLLS);
  public static final String SHA256 = "7f3a91c2".repeat(8);

  private static final int GROUP = 5000;

  public final String url;
  public final Ledger ledger;
  private final Clock clock;
  private final Connection onlooker;

  private LedgerBench(Path directory, String api, Clock clock, int holdAfter) {
    this(TestDatabase.current().url(directory), api, clock, holdAfter);
  }

  private LedgerBench(String url, String api, Clock clock, int holdAfter) {
    this(url, clock, opened(url, api, clock, holdAfter));
  }

  private static Ledger opened(String url, String api, Clock clock, int holdAfter) {
    TestDatabase.current().prepare(url);
    return Ledger.open(url, api, clock, moment -> moment, holdAfter);
  }

  private LedgerBench(String url, Clock clock, Ledger ledger) {
    this.url = url;
    this.clock = clock;
    this.ledger = ledger;
    try {
      this.onlooker = DriverManager.getConnection(url);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A ledger whose time is {@link #START}. */
  public static LedgerBench at(Path directory) {
    return with(directory, new SettableClock(START));
  }

  public static LedgerBench with(Path directory, Clock clock) {
    return of(directory, clock, "");
  }

  /** A ledger that works with this address of the API. */
  public static LedgerBench of(Path directory, Clock clock, String api) {
    return new LedgerBench(directory, api, clock, 0);
  }

  /** A ledger that holds a batch by so many first answers. */
  static LedgerBench holding(Path directory, Clock clock, int holdAfter) {
    return new LedgerBench(directory, "", clock, holdAfter);
  }

  /** The same place, worked by a ledger that somebody else closes. */
  LedgerBench of(Ledger other) {
    return new LedgerBench(url, other.clock(), other);
  }

  public Batch batch(int rows) {
    return batch("cats.csv", IntStream.range(0, rows).mapToObj(LedgerBench::url).toList());
  }

  public Batch batch(String manifest, List<String> urls) {
    long number = loading(manifest, urls);
    return ledger.acceptance().accept(number, SHA256);
  }

  /** A batch of one row, with a content of its own. */
  public Batch batchOf(String manifest, String sha256) {
    return ledger.acceptance().accept(loading(manifest, List.of(url(0))), sha256);
  }

  /** A batch whose rows of one URL share the result of the first. */
  public Batch sharing(List<String> urls) {
    return ledger.acceptance().accept(loading("cats.csv", urls, true), SHA256);
  }

  long loading(String manifest, List<String> urls) {
    return loading(manifest, urls, false);
  }

  long loading(String manifest, List<String> urls, boolean share) {
    long number = begin(manifest, share);
    for (int from = 0; from < urls.size(); from += GROUP) {
      ledger
          .acceptance()
          .add(number, group(from, urls.subList(from, Math.min(from + GROUP, urls.size()))));
    }
    return number;
  }

  long begin(String manifest) {
    return begin(manifest, false);
  }

  long begin(String manifest, boolean share) {
    return ledger
        .acceptance()
        .begin(
            new NewBatch(
                new ManifestName(manifest, manifest.replaceAll("\\..*", ""), Format.CSV, false),
                "",
                Path.of("/inbox", manifest),
                false,
                new Layout(Format.CSV, ',', "image_url,name"),
                SHA256,
                share));
  }

  static RowGroup group(long position, List<String> urls) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      rows.add(new Row(position + i + 2, urls.get(i), "", ",row " + (position + i), null, null));
    }
    return new RowGroup(position, rows);
  }

  static String url(int row) {
    return "https://claimedRows.example/" + row + ".jpg";
  }

  public ClaimedRow claim() {
    return ledger.work().settleAndClaim(null, true);
  }

  List<ClaimedRow> claimAll() {
    List<ClaimedRow> claimedRows = new ArrayList<>();
    for (ClaimedRow claimed = claim(); claimed != null; claimed = claim()) {
      claimedRows.add(claimed);
    }
    return claimedRows;
  }

  void settle(ClaimedRow claimed, Outcome outcome) {
    ledger
        .work()
        .settleAndClaim(
            RULES.transition(claimed, outcome, true, clock.millis(), clock.millis()), false);
  }

  /** Settles a row by a 404 of an address that has never answered anything else. */
  void notFoundUnproven(ClaimedRow claimed) {
    ledger
        .work()
        .settleAndClaim(
            RULES.transition(
                claimed, outcome(Outcome.Kind.NOT_FOUND), false, clock.millis(), clock.millis()),
            false);
  }

  void settle(ClaimedRow claimed, Outcome.Kind kind) {
    settle(claimed, outcome(kind));
  }

  /** Settles every row that can be claimed. */
  public void succeedAll() {
    Transition transition = null;
    do {
      ClaimedRow claimed = ledger.work().settleAndClaim(transition, true);
      transition =
          claimed == null
              ? null
              : RULES.transition(
                  claimed, outcome(Outcome.Kind.SUCCEEDED), true, clock.millis(), clock.millis());
    } while (transition != null);
  }

  /** Settles so many rows. */
  public void succeed(int rows) {
    for (int i = 0; i < rows; i++) {
      settle(claim(), Outcome.Kind.SUCCEEDED);
    }
  }

  /** Tries a row of which no request leaves. */
  public void unreachable() {
    settle(claim(), Outcome.Kind.UNREACHABLE);
  }

  public static Outcome outcome(Outcome.Kind kind) {
    return switch (kind) {
      case SUBMITTED, SUCCEEDED -> new Outcome(kind, null, 200, 200, "ok", "task-1", null, null);
      case RUNNING -> new Outcome(kind, null, 200, 200, "processing", null, null, null);
      case DEAD_LETTER ->
          new Outcome(kind, Reason.VALIDATION_ERROR, 422, 200, "bad", null, null, null);
      case NOT_FOUND -> new Outcome(kind, null, 404, 404, "unknown", null, null, null);
      case RETRY -> new Outcome(kind, Reason.SERVER_ERROR, 500, 500, "broken", null, null, null);
      case REFUSED -> new Outcome(kind, null, 429, 429, "slower", null, null, "7");
      case MAINTENANCE -> new Outcome(kind, null, 455, 503, "later", null, null, null);
      case HALT -> new Outcome(kind, null, 402, 402, "no credits", null, null, null);
      default -> Outcome.withoutAnswer(kind, "no answer");
    };
  }

  /** A result with so many faces. */
  static Outcome faces(int count) {
    String faces = "[" + String.join(",", Collections.nCopies(count, "{}")) + "]";
    return new Outcome(
        Outcome.Kind.SUCCEEDED,
        null,
        200,
        200,
        "success",
        null,
        new Detection("m1", count, faces),
        null);
  }

  Batch now(long batch) {
    return ledger.batch(batch).orElseThrow();
  }

  public Batch now(Batch batch) {
    return ledger.batch(batch.number()).orElseThrow();
  }

  /** From now on the database refuses a change, such as {@code delete}, of a table. */
  void refuse(String change, String table, String message) {
    TestDatabase.current().refusal(change, table, message).forEach(this::execute);
  }

  /** Changes of the table are not refused any more. */
  void allow(String table) {
    TestDatabase.current().permission(table).forEach(this::execute);
  }

  /** Changes the ledger past our own code. */
  public void execute(String sql) {
    try (Statement statement = onlooker.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** A connection past our own code. */
  Connection connection() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** The first column of the first row, as a second connection sees it. */
  public Object see(String sql) {
    try (Statement statement = onlooker.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? inFewBits(row.getObject(1)) : null;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** A number is an {@link Integer} if it can be, and a flag is one, whatever the database has. */
  private static Object inFewBits(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (!(value instanceof Number number) || value instanceof Double) {
      return value;
    }
    long whole = number.longValue();
    return whole == (int) whole ? (Object) (int) whole : (Object) whole;
  }

  /** The state of the row at this position of a batch; null while it is pending. */
  public String state(Batch batch, long position) {
    return (String)
        see("select state from progress where id = " + RowId.of(batch.number(), position));
  }

  /** Every row is a success, a dead letter or open, the sums agree and the file is sound. */
  public void audit(String occasion) {
    TestDatabase.current().audit(this::see, occasion);
    new LedgerAudit(this::see).audit(occasion);
  }

  /** Batches are held as their first answers ask. */
  void auditTrials(int holdAfter, String occasion) {
    new LedgerAudit(this::see).auditTrials(holdAfter, occasion);
  }

  @Override
  public void close() {
    try {
      onlooker.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    ledger.close();
  }
}
