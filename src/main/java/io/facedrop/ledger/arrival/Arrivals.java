package io.facedrop.ledger.arrival;

import io.facedrop.expect.Expectation;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.RejectedManifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When manifests came, accepted or rejected; usable on any connection. */
public final class Arrivals {
  /** Longer than any two deadlines are apart, but for those of whoever excepts whole years. */
  private static final Duration KEPT = Duration.ofDays(400);

  private final Connection connection;

  public Arrivals(Connection connection) {
    this.connection = connection;
  }

  /** A manifest has become a batch. */
  public void accepted(long batch, long now) throws SQLException {
    String sql =
        """
        insert into arrival (path, at)
        select folder || manifest, ? /* now */
          from batch
         where number = ? /* batch */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(now).number(batch).updateOne("arrival of batch", batch);
    }
    forget(now);
  }

  /**
   * A manifest was set aside.
   *
   * @return false when it was set aside before
   */
  public boolean rejected(RejectedManifest manifest, long now) throws SQLException {
    String sql =
        """
        insert into arrival (path, at, source, code, message, line, kept_as)
        values (? /* path */, ? /* now */, ? /* source */, ? /* code */, ? /* message */,
                ? /* line */, ? /* kept as */)
        on conflict (source) do nothing
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      boolean isNew =
          Bound.to(statement)
                  .text(manifest.path())
                  .number(now)
                  .text(manifest.source())
                  .text(manifest.code())
                  .text(manifest.message())
                  .number(manifest.line())
                  .text(manifest.keptAs())
                  .update()
              == 1;
      forget(now);
      return isNew;
    }
  }

  private void forget(long now) throws SQLException {
    String sql =
        """
        delete from arrival
         where at < ? /* long ago */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(now - KEPT.toMillis()).update();
    }
  }

  /** When manifests came that are meant, after a moment and until another, in the order of time. */
  List<Instant> of(Expectation expectation, Instant after, Instant until) throws SQLException {
    String sql =
        """
        select path, at
          from arrival
         where at > ? /* after */
           and at <= ? /* until */
         order by at, number
        """;
    List<Instant> times = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement).number(after.toEpochMilli()).number(until.toEpochMilli()).query()) {
      while (row.next()) {
        if (expectation.isOf(row.getString("path"))) {
          times.add(Times.instant(row, "at"));
        }
      }
    }
    return times;
  }
}
