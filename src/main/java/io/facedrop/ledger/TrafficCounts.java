package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts what the requests of a batch took and came to, second by second. */
final class TrafficCounts {
  private final PreparedStatement add;
  private final PreparedStatement addShared;

  TrafficCounts(Connection connection) throws SQLException {
    add =
        connection.prepareStatement(
            """
            insert into traffic
                   (batch, second, kind, latency, requests, again, succeeded, dead)
            values (? /* batch */, ? /* second */, ? /* kind */, ? /* class */, 1, ? /* again */,
                    ? /* succeeded */, ? /* dead */)
            on conflict do update
               set requests = requests + 1,
                   again = again + excluded.again,
                   succeeded = succeeded + excluded.succeeded,
                   dead = dead + excluded.dead
            """);
    addShared =
        connection.prepareStatement(
            """
            insert into traffic
                   (batch, second, kind, latency, requests, again, succeeded, dead)
            values (? /* batch */, ? /* second */, 'POST', ? /* class */, 0, 0,
                    ? /* succeeded */, ? /* dead */)
            on conflict do update
               set succeeded = succeeded + excluded.succeeded,
                   dead = dead + excluded.dead
            """);
  }

  /** Counts the request of a settlement, and the time that the faces took if they are there. */
  void add(Settlement settlement, long now) throws SQLException {
    Request request = settlement.request();
    Bound.to(add)
        .number(Image.batch(settlement.image()))
        .number(TimeUnit.MILLISECONDS.toSeconds(now))
        .text(request.kind().name())
        .number((long) latency(request.millis()))
        .flag(settlement.isAgain())
        .flag(settlement.state() == Settlement.State.SUCCEEDED)
        .flag(settlement.state() == Settlement.State.DEAD)
        .updateOne("count of requests");
    if (settlement.detection() != null) {
      addFaces(settlement, now);
    }
  }

  /** Counts rows that were settled by the request of another. */
  void addShared(OpenParts.Rows rows, Output output, long now) throws SQLException {
    Bound.to(addShared)
        .number(rows.batch())
        .number(TimeUnit.MILLISECONDS.toSeconds(now))
        .number((long) Traffic.UNKNOWN)
        .number(output == Output.SUCCESS ? rows.count() : 0L)
        .number(output == Output.DEAD_LETTER ? rows.count() : 0L)
        .updateOne("count of requests");
  }

  private void addFaces(Settlement settlement, long now) throws SQLException {
    Bound.to(add)
        .number(Image.batch(settlement.image()))
        .number(TimeUnit.MILLISECONDS.toSeconds(now))
        .text(Traffic.Kind.FACES.name())
        .number((long) latency(now - settlement.task().submittedAt()))
        .flag(false)
        .flag(false)
        .flag(false)
        .updateOne("count of requests");
  }

  private static int latency(Long millis) {
    return millis == null ? Traffic.UNKNOWN : Traffic.latencyOf(millis);
  }

  /** The counts of a batch, summed up by slots of time from an instant on. */
  static List<Traffic> of(Connection connection, long batch, Instant from, Duration slot)
      throws SQLException {
    String sql =
        """
        select (second - ? /* from */) / ? /* seconds in a slot */, kind, latency, sum(requests),
               sum(again), sum(succeeded), sum(dead)
          from traffic
         where batch = ? /* batch */
         group by 1, 2, 3
         order by 1, 2, 3
        """;
    List<Traffic> traffic = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(from.getEpochSecond())
                .number(slot.toSeconds())
                .number(batch)
                .query()) {
      while (row.next()) {
        traffic.add(
            new Traffic(
                row.getInt(1),
                Traffic.Kind.valueOf(row.getString(2)),
                row.getInt(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)));
      }
    }
    return traffic;
  }
}
