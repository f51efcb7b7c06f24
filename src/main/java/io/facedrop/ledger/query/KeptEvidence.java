package io.facedrop.ledger.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  private final String api;
  private final Prepared keep;
  private final Prepared find;
  private List<Evidence> kept = List.of();
  private long keptAt = Long.MIN_VALUE / 2;

  public KeptEvidence(Connection connection, String api) throws SQLException {
    this.api = api;
    keep =
        new Prepared(
            connection,
            """
            insert into learnt (api, kept_at, evidence)
            values (? /* API */, ? /* now */, ? /* evidence */)
            on conflict (api) do update
               set kept_at = excluded.kept_at,
                   evidence = excluded.evidence
            """);
    find =
        new Prepared(
            connection,
            """
            select kept_at, evidence
              from learnt
             where api = ? /* API */
            """);
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

  /** What cannot be read is learnt anew, which costs a few queries. */
  private static List<Evidence> read(String text) {
    try {
      return JSON.readValue(text, new TypeReference<>() {});
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.warn(
          "what earlier runs learnt of when tasks end cannot be read, so facedrop learns it anew: {}",
          e.getMessage());
      return List.of();
    }
  }

  /** Keeps it within the running transaction, every few seconds and if it has changed. */
  public void keep(QueryTimes times, long now) throws SQLException {
    if (Math.abs(now - keptAt) < EVERY_MILLIS) {
      return;
    }
    keptAt = now;
    List<Evidence> evidence = times.evidence();
    if (!evidence.isEmpty() && !evidence.equals(kept)) {
      Bound.to(keep).text(api).number(now).text(text(evidence)).updateOne("what is learnt of", api);
      kept = evidence;
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
