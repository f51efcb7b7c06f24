package io.facedrop.ledger.gate;

import io.facedrop.api.gate.GateState.Outage;
import io.facedrop.api.gate.GateState.Reach;
import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** Reads and writes what is out of gates; usable on any connection. */
final class GateOutages {
  private final Connection connection;

  GateOutages(Connection connection) {
    this.connection = connection;
  }

  void save(String authority, Map<Reach, Outage> outages) throws SQLException {
    try (PreparedStatement clear =
        connection.prepareStatement(
            """
            delete from outage
             where authority = ? /* authority */
            """)) {
      Bound.to(clear).text(authority).update();
    }
    for (Map.Entry<Reach, Outage> out : outages.entrySet()) {
      try (PreparedStatement add =
          connection.prepareStatement(
              """
              insert into outage (authority, reach, cause, doubtful, level, probe_at, row_wait)
              values (? /* authority */, ? /* reach */, ? /* cause */, ? /* doubtful */,
                      ? /* level */, ? /* probe at */, ? /* row wait */)
              """)) {
        Bound.to(add)
            .text(authority)
            .text(out.getKey().name())
            .text(out.getValue().cause())
            .flag(out.getValue().doubtful())
            .number((long) out.getValue().level())
            .number(out.getValue().probeAt())
            .number(out.getValue().rowWait())
            .updateOne("outage of", authority);
      }
    }
  }

  Map<Reach, Outage> of(String authority) throws SQLException {
    Map<Reach, Outage> outages = new EnumMap<>(Reach.class);
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                select reach, cause, doubtful, level, probe_at, row_wait
                  from outage
                 where authority = ? /* authority */
                """);
        ResultSet row = Bound.to(statement).text(authority).query()) {
      while (row.next()) {
        outages.put(
            Reach.valueOf(row.getString("reach")),
            new Outage(
                row.getString("cause"),
                row.getInt("doubtful") == 1,
                row.getInt("level"),
                row.getLong("probe_at"),
                row.getLong("row_wait")));
      }
    }
    return outages;
  }
}
