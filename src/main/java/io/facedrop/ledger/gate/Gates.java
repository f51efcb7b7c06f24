package io.facedrop.ledger.gate;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads and writes gates and what happened to them; usable on any connection. */
public final class Gates {
  private final Connection connection;

  public Gates(Connection connection) {
    this.connection = connection;
  }

  private static final String COLUMNS =
      """
      authority, revision, proven, paused_until, pause_cause, level, halted_code,
             halt_message, halts_creates, halted_at, probe_at""";

  public Optional<GateState> load(String authority) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        select %s
          from gate
         where authority = ? /* authority */
        """,
            COLUMNS);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(authority).query()) {
      return row.next() ? Optional.of(state(row)) : Optional.empty();
    }
  }

  public long revision(String authority) throws SQLException {
    String sql =
        """
        select revision
          from gate
         where authority = ? /* authority */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(authority).query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Keeps the state; false when another process has changed the gate since it was read. */
  public boolean save(String authority, GateState state) throws SQLException {
    String sql =
        """
        insert into gate
               (authority, revision, proven, paused_until, pause_cause, level, halted_code,
                halt_message, halts_creates, halted_at, probe_at)
        values (? /* authority */, ? /* revision */, ? /* proven */, ? /* paused until */,
                ? /* cause */, ? /* level */, ? /* halted by */, ? /* message */,
                ? /* creates only */, ? /* halted at */, ? /* probe at */)
        on conflict (authority) do update
           set revision = excluded.revision,
               proven = excluded.proven,
               paused_until = excluded.paused_until,
               pause_cause = excluded.pause_cause,
               level = excluded.level,
               halted_code = excluded.halted_code,
               halt_message = excluded.halt_message,
               halts_creates = excluded.halts_creates,
               halted_at = excluded.halted_at,
               probe_at = excluded.probe_at
         where gate.revision = excluded.revision - 1
        """;
    boolean kept;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      kept =
          Bound.to(statement)
                  .text(authority)
                  .number(state.revision() + 1)
                  .flag(state.proven())
                  .number(state.pause().until())
                  .text(state.pause().cause())
                  .number((long) state.pause().level())
                  .number((long) state.halt().code())
                  .text(state.halt().message())
                  .flag(state.halt().creates())
                  .number(state.halt().at())
                  .number(state.halt().probeAt())
                  .update()
              == 1;
    }
    if (kept) {
      new GateOutages(connection).save(authority, state.outages());
    }
    return kept;
  }

  /** A process begins to use the gate of this address and key. */
  public void begin(String authority, long now) throws SQLException {
    String sql =
        """
        insert into gate
               (authority, revision, proven, paused_until, pause_cause, level, halted_code,
                halt_message, halts_creates, halted_at, probe_at, begun_at)
        values (? /* authority */, 0, 0, 0, '', 0, 0, '', 0, 0, 0, ? /* now */)
        on conflict (authority) do update
           set begun_at = excluded.begun_at
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(authority).number(now).updateOne("gate", authority);
    }
  }

  /** Notes which gate a node uses; of a process that is none, nobody asks. */
  public void use(String authority, long node) throws SQLException {
    String sql =
        """
        update node
           set gate = ? /* authority */
         where epoch = ? /* node */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(authority).number(node).update();
    }
  }

  /**
   * The gate that processes use: of those of living nodes one that is halted, if there is one. Else
   * it is the one that a process has begun to use last.
   *
   * @return empty when none has
   */
  public Optional<GateState> inUse(long now) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        select %s
          from gate
          left join (select distinct n.gate
                       from node n
                      where n.ended_at is null
                        and n.lease_until > ? /* now */) living
            on living.gate = authority
         where begun_at > 0
         order by living.gate is null, living.gate is null or halted_code = 0, begun_at desc, authority
         limit 1
        """,
            COLUMNS);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(now).query()) {
      return row.next() ? Optional.of(state(row)) : Optional.empty();
    }
  }

  /** Opens every gate; the processes at work see it by the revision. */
  public int resume() throws SQLException {
    String sql =
        """
        update gate
           set revision = revision + 1,
               paused_until = 0,
               pause_cause = '',
               level = 0,
               halted_code = 0,
               halt_message = '',
               halts_creates = 0,
               halted_at = 0,
               probe_at = 0
         where halted_code <> 0
            or paused_until <> 0
            or authority in (select authority from outage)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        PreparedStatement outages = connection.prepareStatement("delete from outage")) {
      int opened = statement.executeUpdate();
      outages.executeUpdate();
      return opened;
    }
  }

  /** Every gate that is known. */
  public List<GateState> all() throws SQLException {
    List<GateState> states = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                String.format(
                    Locale.ROOT,
                    """
                select %s
                  from gate
                 order by authority
                """,
                    COLUMNS));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        states.add(state(row));
      }
    }
    return states;
  }

  private GateState state(ResultSet row) throws SQLException {
    return new GateState(
        row.getLong("revision"),
        row.getInt("proven") == 1,
        new GateState.Pause(
            row.getLong("paused_until"), row.getString("pause_cause"), row.getInt("level")),
        new GateOutages(connection).of(row.getString("authority")),
        new GateState.Halt(
            row.getInt("halted_code"),
            row.getString("halt_message"),
            row.getInt("halts_creates") == 1,
            row.getLong("halted_at"),
            row.getLong("probe_at")));
  }
}
