package io.facedrop.ledger.read;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.Throughput;
import io.facedrop.ledger.view.Traffic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads how fast batches go; what is counted coarsely is looked at over a longer time. */
public final class Throughputs {
  private static final Duration LATELY = Duration.ofMinutes(1);
  private static final Duration FINE = Duration.ofHours(1);
  private static final Duration COARSE = Duration.ofHours(4);

  private Throughputs() {}

  public static Throughput of(Connection connection, Batch batch, Instant now) throws SQLException {
    Instant accepted = batch.acceptedAt();
    Instant lately = now.minus(lately(Duration.between(accepted, now)));
    Events events = new Events(connection);
    Instant closed = events.last().map(event -> event.closedUntil(now)).orElse(Instant.EPOCH);
    Instant counted = latest(now.minus(Closures.LATELY), accepted);
    // Mostly the gate was not closed for long, and then nothing more needs to be read.
    Closures closures =
        new Closures(
            counted,
            now,
            closed.isBefore(counted) ? List.of() : events.in(batch.number(), counted, now));
    Instant going = closures.recur() ? accepted : latest(closed, accepted);
    Instant from = closures.recur() && lately.isAfter(counted) ? counted : latest(lately, going);
    String sql =
        """
        select coalesce(sum(case when second >= ? /* from */ then succeeded + dead else 0 end), 0)
                 as ended,
               coalesce(sum(case when kind = 'CREATE' then requests - again - dead else 0 end), 0)
                 as charged
          from traffic
         where batch = ? /* batch */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement).number(from.getEpochSecond()).number(batch.number()).query()) {
      row.next();
      double seconds = Math.max(1, Duration.between(from, now).toSeconds());
      return new Throughput(
          row.getLong("ended") / seconds,
          Duration.between(going, from),
          closures.recur() ? closures.openShare() : 1,
          Math.max(0, row.getLong("charged")) * Stage.first().credits());
    }
  }

  /**
   * What happened from a moment on, in batches that were worked then, by slots from that moment.
   *
   * @param seconds of a slot
   */
  public static List<Traffic> slots(Connection connection, Instant from, long seconds)
      throws SQLException {
    String sql =
        """
        select (t.second - ? /* from */) / ? /* slot */ as slot, t.kind, t.latency,
               sum(t.requests) as requests, sum(t.again) as again,
               sum(t.succeeded) as succeeded, sum(t.dead) as dead
          from batch b
          join traffic t on t.batch = b.number
         where (b.state = 'open' or b.completed_at >= ?) /* from */
           and t.second >= ? /* from */
         group by 1, 2, 3
         order by 1, 2, 3
        """;
    List<Traffic> slots = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(from.getEpochSecond())
                .number(seconds)
                .number(from.toEpochMilli())
                .number(from.getEpochSecond())
                .query()) {
      while (row.next()) {
        slots.add(
            new Traffic(
                row.getInt("slot"),
                Traffic.Kind.valueOf(row.getString("kind")),
                row.getInt("latency"),
                row.getLong("requests"),
                row.getLong("again"),
                row.getLong("succeeded"),
                row.getLong("dead")));
      }
    }
    return slots;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration lately(Duration age) {
    if (age.compareTo(FINE) < 0) {
      return LATELY;
    }
    return age.compareTo(COARSE) < 0 ? LATELY.multipliedBy(3) : LATELY.multipliedBy(15);
  }
}
