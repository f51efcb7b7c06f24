package io.facedrop.ledger.settle;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.view.Traffic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the requests of a batch, their latencies and results, for each second. The slots become
 * longer as the batch becomes older: its report shows at most 120 slots, whose lengths are
 * multiples of these.
 */
public final class TrafficCounts {
  private final Prepared add;

  public TrafficCounts(Connection connection) throws SQLException {
    add =
        new Prepared(
            connection,
            """
            insert into traffic
                   (batch, second, kind, latency, requests, again, succeeded, dead)
            select number,
                   accepted + age - age % case when age < 600 then 1
                                               when age < 3600 then 5
                                               when age < 14400 then 60
                                               else 300 end,
                   ? /* kind */, ? /* class */, ? /* requests */, ? /* again */,
                   ? /* succeeded */, ? /* dead */
              from (select number, accepted, case when age < 0 then 0 else age end as age
                      from (select number, accepted_at / 1000 as accepted,
                                   ? /* second */ - accepted_at / 1000 as age
                              from batch
                             where number = ? /* batch */) b) counted
             where true
            on conflict (batch, second, kind, latency) do update
               set requests = traffic.requests + excluded.requests,
                   again = traffic.again + excluded.again,
                   succeeded = traffic.succeeded + excluded.succeeded,
                   dead = traffic.dead + excluded.dead
            """);
  }

  /** What is counted together in a second. */
  private record Place(long batch, Traffic.Kind kind, int latency) {}

  private record Counts(long requests, long again, long succeeded, long dead) {
    static Counts of(Transition transition) {
      return new Counts(
          transition.sent(),
          transition.isAgain() ? 1 : 0,
          transition.state() == RowState.SUCCEEDED ? 1 : 0,
          transition.state() == RowState.DEAD ? 1 : 0);
    }

    static Counts ofFaces() {
      return new Counts(1, 0, 0, 0);
    }

    static Counts ofShared(long rows, Output output) {
      return new Counts(
          0, 0, output == Output.SUCCESS ? rows : 0, output == Output.DEAD_LETTER ? rows : 0);
    }

    Counts and(Counts more) {
      return new Counts(
          requests + more.requests,
          again + more.again,
          succeeded + more.succeeded,
          dead + more.dead);
    }
  }

  /** Counts the requests of transitions, and the time that faces took where they are there. */
  public void add(List<Transition> transitions, long now) throws SQLException {
    Map<Place, Counts> counts = new HashMap<>();
    for (Transition transition : transitions) {
      Request request = transition.request();
      if (request == null) {
        continue;
      }
      long batch = RowId.batch(transition.row());
      counts.merge(
          new Place(batch, Traffic.Kind.of(request.kind()), latency(request.millis())),
          Counts.of(transition),
          Counts::and);
      if (transition.ending().detection() != null) {
        int latency = latency(now - transition.task().submittedAt());
        counts.merge(new Place(batch, Traffic.Kind.FACES, latency), Counts.ofFaces(), Counts::and);
      }
    }
    for (Map.Entry<Place, Counts> count : counts.entrySet()) {
      add(count.getKey(), count.getValue(), now);
    }
  }

  /** Counts rows that were settled by the request of another. */
  public void addShared(OpenParts.Rows rows, Output output, long now) throws SQLException {
    add(
        new Place(rows.batch(), Traffic.Kind.CREATE, Traffic.UNKNOWN),
        Counts.ofShared(rows.count(), output),
        now);
  }

  private void add(Place place, Counts counts, long now) throws SQLException {
    Bound.to(add)
        .text(place.kind().name())
        .number((long) place.latency())
        .number(counts.requests())
        .number(counts.again())
        .number(counts.succeeded())
        .number(counts.dead())
        .number(TimeUnit.MILLISECONDS.toSeconds(now))
        .number(place.batch())
        .updateOne("count of requests", place);
  }

  private static int latency(Long millis) {
    return millis == null ? Traffic.UNKNOWN : Traffic.latencyOf(millis);
  }

  /** The counts of a batch, summed up by slots of time from an instant on. */
  public static List<Traffic> of(Connection connection, long batch, Instant from, Duration slot)
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
