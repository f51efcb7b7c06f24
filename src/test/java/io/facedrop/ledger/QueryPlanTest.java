package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.accept.Acceptance;
import io.facedrop.ledger.arrival.Rejections;
import io.facedrop.ledger.claim.Claims;
import io.facedrop.ledger.claim.OpenTasks;
import io.facedrop.ledger.query.KeptEvidence;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.FigureQueries;
import io.facedrop.ledger.read.Parts;
import io.facedrop.ledger.read.Standstill;
import io.facedrop.ledger.settle.Transitions;
import io.facedrop.ledger.settle.Trials;
import io.facedrop.ledger.upkeep.Cancellation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each hot statement costs is judged by SQLite's own plan, not by time. */
class QueryPlanTest {
  @TempDir Path directory;
  private LedgerBench bench;
  private Connection connection;
  private final List<String> prepared = new ArrayList<>();

  @BeforeEach
  void open() throws SQLException {
    bench = LedgerBench.at(directory);
    connection = bench.connection();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    bench.close();
  }

  @Test
  void claimingCostsTheSameWhateverTheBacklog() throws SQLException {
    bench.batch(1_000);
    Map<String, List<String>> few = plans();
    bench.batch(500_000);

    assertThat(plans()).isEqualTo(few);
    assertThat(few).isNotEmpty();
    few.forEach(QueryPlanTest::isCheap);
    assertThat(few.values().stream().flatMap(List::stream))
        .contains(
            "SCAN batch USING INDEX batch_by_turn",
            "SEARCH p USING INDEX progress_by_due (due_at<?)",
            "SEARCH m USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
  }

  @Test
  void lookingForSomethingToPublishDoesNotReadWhatWasPublished() throws SQLException {
    Connection recording = recording();
    Batches batches = new Batches(recording);
    Parts parts = new Parts(recording);
    parts.anyDue(0, 0, 0);
    parts.closeDue(0, 0, 0);
    parts.closed(0);
    batches.settled();
    batches.settled(0);
    batches.unacknowledged(0);
    batches.cancelled();
    batches.open();
    batches.onceHeld();
    batches.cancelledSince(Instant.EPOCH);
    FigureQueries.of(recording, LedgerBench.START, false);
    new Standstill(recording).isAtRest(1);

    for (String sql : prepared) {
      assertThat(plan(sql))
          .as(sql)
          .noneMatch(step -> step.matches("SCAN \\w+") || step.contains("SCAN part"));
    }
  }

  @Test
  void lookingForRejectionsReadsNothingButThem() throws SQLException {
    new Rejections(recording()).since(LedgerBench.START, 5);
    new Rejections(recording()).forget(0);

    assertThat(plan(prepared.get(0)))
        .noneMatch(step -> step.matches("SCAN arrival.*"))
        .anyMatch(step -> step.contains("arrival USING INDEX arrival_by_rejection (at>?)"))
        .anyMatch(step -> step.contains("later USING INDEX arrival_by_path (path=?"));
    assertThat(plan(prepared.get(1)))
        .noneMatch(step -> step.matches("SCAN arrival.*"))
        .anyMatch(step -> step.contains("INDEX arrival_by_rejection (at<?)"));
  }

  private Map<String, List<String>> plans() throws SQLException {
    prepared.clear();
    Connection recording = recording();
    new Claims(recording, new OpenTasks(connection), new KeptEvidence(connection, "", 0), 0);
    Transitions transitions =
        new Transitions(recording, new Trials(recording, 100), 0, moment -> moment);
    new Acceptance(recording, "", 0, transitions);
    new Cancellation(recording, transitions);
    Map<String, List<String>> plans = new TreeMap<>();
    for (String sql : prepared) {
      plans.put(sql, plan(sql));
    }
    return plans;
  }

  /** Scans are of an index whose first entry is the answer. */
  private static void isCheap(String sql, List<String> plan) {
    assertThat(plan)
        .as(sql)
        .allMatch(
            step ->
                !step.contains("TEMP B-TREE")
                    && (!step.startsWith("SCAN")
                        // What it scans has a limit.
                        || step.equals("SCAN (subquery-1)")
                        || step.equals("SCAN s")
                        // So many as workers wait at once.
                        || step.equals("SCAN json_each VIRTUAL TABLE INDEX 1:")
                        || step.equals("SCAN batch USING INDEX batch_by_turn")
                        || step.equals("SCAN batch USING COVERING INDEX batch_by_turn")
                        // Of tasks that nobody asks for, once for each thousand of them.
                        || step.equals("SCAN p USING INDEX progress_submitted")
                        || step.equals("SCAN p USING INDEX progress_by_due")));
  }

  private List<String> plan(String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("explain query plan " + sql)) {
      while (row.next()) {
        steps.add(row.getString("detail"));
      }
    }
    return steps;
  }

  private Connection recording() {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                prepared.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
