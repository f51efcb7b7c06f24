package io.facedrop.ledger.read;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Throughput;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Reads how fast batches go; what is counted coarsely is looked at over a longer time. */
public final class Throughputs {
  private static final Duration LATELY = Duration.ofMinutes(1);
  private static final Duration FINE = Duration.ofHours(1);
  private static final Duration COARSE = Duration.ofHours(4);

  private Throughputs() {}

  public static Throughput of(Connection connection, Batch batch, Instant now) throws SQLException {
    Duration age = Duration.between(batch.acceptedAt(), now);
    Duration lately = lately(age);
    String sql =
        """
        select coalesce(sum(case when second >= ? /* lately */ then succeeded + dead else 0 end), 0)
                 as ended,
               coalesce(sum(case when kind = 'CREATE' then requests - again - dead else 0 end), 0)
                 as charged
          from traffic
         where batch = ? /* batch */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(now.minus(lately).getEpochSecond())
                .number(batch.number())
                .query()) {
      row.next();
      double seconds = Math.max(1, Math.min(lately.toSeconds(), age.toSeconds()));
      return new Throughput(
          row.getLong("ended") / seconds,
          Math.max(0, row.getLong("charged")) * Stage.first().credits());
    }
  }

  private static Duration lately(Duration age) {
    if (age.compareTo(FINE) < 0) {
      return LATELY;
    }
    return age.compareTo(COARSE) < 0 ? LATELY.multipliedBy(3) : LATELY.multipliedBy(15);
  }
}
