package io.facedrop.ledger.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.words.Cause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of when the tasks of an API end, so that a restart need not learn it again.
 */
public final class KeptEvidence {
  private static final Logger LOG = LoggerFactory.getLogger(KeptEvidence.class);
  private static final long EVERY_MILLIS = TimeUnit.SECONDS.toMillis(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FIND =
      """
      select kept_at, evidence, queries_per_task, likely_age, node
        from learnt
       where api = ? /* API */
      """;

  private final String api;
  private final long node;
  private final Prepared keep;
  private final Prepared find;
  private List<Evidence> kept = List.of();
  private long keptAt = Long.MIN_VALUE / 2;

  /**
   * @param node that learns; 0 where only one process can work
   */
  public KeptEvidence(Connection connection, String api, long node) throws SQLException {
    this.node = node;
    this.api = api;
    keep =
        new Prepared(
            connection,
            """
            insert into learnt (api, kept_at, evidence, queries_per_task, likely_age, node)
            values (? /* API */, ? /* now */, ? /* evidence */, ? /* queries */, ? /* age */,
                    ? /* node */)
            on conflict (api) do update
               set kept_at = excluded.kept_at,
                   evidence = excluded.evidence,
                   queries_per_task = excluded.queries_per_task,
                   likely_age = excluded.likely_age,
                   node = excluded.node
            """);
    find = new Prepared(connection, FIND);
  }

  /** What an earlier process has learnt; a beginner knows nothing. */
  public TaskDurations durations(long now) throws SQLException {
    try (ResultSet row = Bound.to(find).text(api).query()) {
      return row.next()
          ? new TaskDurations(
              read(row.getString("evidence")), Math.min(now, row.getLong("kept_at")))
          : new TaskDurations(now);
    }
  }

  /** What was known of the tasks of an API when it was kept last; on any connection. */
  public static TaskTimes known(Connection connection, String api) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND);
        ResultSet row = Bound.to(statement).text(api).query()) {
      return row.next()
          ? new TaskTimes(
              row.getDouble("queries_per_task"), Duration.ofMillis(row.getLong("likely_age")))
          : TaskTimes.UNKNOWN;
    }
  }

  /** What cannot be read is learnt anew, which costs a few queries. */
  private static List<Evidence> read(String text) {
    try {
      return JSON.readValue(text, new TypeReference<>() {});
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.warn(
          "what earlier runs learnt of when tasks end cannot be read, so facedrop learns it anew: {}",
          Cause.of(e));
      return List.of();
    }
  }

  /**
   * Keeps it within the running transaction, every few seconds and if it has changed. Who knows
   * nothing hears of what another node has learnt, and does not write over it.
   */
  public void keep(QueryTimes times, long now) throws SQLException {
    if (Math.abs(now - keptAt) < EVERY_MILLIS) {
      return;
    }
    keptAt = now;
    if (node != 0 && times.known().likely().isZero() && isKnownToOthers(times, now)) {
      return;
    }
    List<Evidence> evidence = times.evidence();
    if (!evidence.isEmpty() && !evidence.equals(kept)) {
      TaskTimes known = times.known();
      Bound.to(keep)
          .text(api)
          .number(now)
          .text(text(evidence))
          .real(known.queriesPerTask())
          .number(known.likely().toMillis())
          .number(node)
          .updateOne("what is learnt of", api);
      kept = evidence;
    }
  }

  private boolean isKnownToOthers(QueryTimes times, long now) throws SQLException {
    try (ResultSet row = Bound.to(find).text(api).query()) {
      if (!row.next() || row.getLong("likely_age") == 0 || row.getLong("node") == node) {
        return false;
      }
      times.heard(read(row.getString("evidence")), row.getLong("kept_at"), now);
      return !times.known().likely().isZero();
    }
  }

  private static String text(List<Evidence> evidence) {
    try {
      return JSON.writeValueAsString(evidence);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
