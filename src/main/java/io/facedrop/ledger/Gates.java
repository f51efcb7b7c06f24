package io.facedrop.ledger;

import io.facedrop.api.GateState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes gates and what happened to them; usable on any connection. */
final class Gates {
  private final Connection connection;

  Gates(Connection connection) {
    this.connection = connection;
  }

  Optional<GateState> load(String authority) throws SQLException {
    String sql =
        """
        select revision, proven, paused_until, pause_cause, probing, level, halted_code,
               halt_message, halted_at, probe_at
          from gate
         where authority = ? /* authority */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(authority).query()) {
      return row.next() ? Optional.of(state(row)) : Optional.empty();
    }
  }

  long revision(String authority) throws SQLException {
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
  boolean save(String authority, GateState state) throws SQLException {
    String sql =
        """
        insert into gate
               (authority, revision, proven, paused_until, pause_cause, probing, level,
                halted_code, halt_message, halted_at, probe_at)
        values (? /* authority */, ? /* revision */, ? /* proven */, ? /* paused until */,
                ? /* cause */, ? /* probing */, ? /* level */, ? /* halted by */,
                ? /* message */, ? /* halted at */, ? /* probe at */)
        on conflict (authority) do update
           set proven = excluded.proven,
               paused_until = excluded.paused_until,
               pause_cause = excluded.pause_cause,
               probing = excluded.probing,
               level = excluded.level,
               halted_code = excluded.halted_code,
               halt_message = excluded.halt_message,
               halted_at = excluded.halted_at,
               probe_at = excluded.probe_at
         where revision = excluded.revision
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement)
              .text(authority)
              .number(state.revision())
              .flag(state.proven())
              .number(state.pausedUntil())
              .text(state.pauseCause())
              .flag(state.probing())
              .number((long) state.level())
              .number((long) state.haltedCode())
              .text(state.haltMessage())
              .number(state.haltedAt())
              .number(state.probeAt())
              .update()
          == 1;
    }
  }

  /** Opens every gate; the process at work sees it by the revision. */
  int resume() throws SQLException {
    String sql =
        """
        update gate
           set revision = revision + 1,
               paused_until = 0,
               pause_cause = '',
               probing = 0,
               level = 0,
               halted_code = 0,
               halt_message = '',
               halted_at = 0,
               probe_at = 0
         where halted_code <> 0
            or paused_until <> 0
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    }
  }

  /** Every gate that is known. */
  List<GateState> all() throws SQLException {
    String sql =
        """
        select revision, proven, paused_until, pause_cause, probing, level, halted_code,
               halt_message, halted_at, probe_at
          from gate
        """;
    List<GateState> states = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        states.add(state(row));
      }
    }
    return states;
  }

  /**
   * Notes what happened to a gate.
   *
   * @param until epoch milliseconds; null unless it is a pause
   */
  void note(Event.Kind kind, Long until, String detail, long now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into event (at, kind, until, detail)
            values (? /* now */, ? /* kind */, ? /* until */, ? /* detail */)
            """)) {
      Bound.to(statement)
          .number(now)
          .text(kind.word())
          .number(until)
          .text(detail)
          .updateOne("event");
    }
  }

  /** Notes what happened to a batch, which is nobody else's affair. */
  void noteOf(long batch, String detail, long now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into event (at, kind, detail, batch)
            values (? /* now */, ? /* kind */, ? /* detail */, ? /* batch */)
            """)) {
      Bound.to(statement)
          .number(now)
          .text(Event.Kind.NOTE.word())
          .text(detail)
          .number(batch)
          .updateOne("event");
    }
  }

  /** Notes that the newest pause lasts longer than it was meant to. */
  void extendPause(long until) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            update event
               set until = max(until, ?) /* until */
             where rowid = (select max(rowid) from event where kind <> 'note')
               and kind = 'pause'
            """)) {
      Bound.to(statement).number(until).update();
    }
  }

  /** What happened in a time, the newest of it, and what had closed the gate before. */
  List<Event> events(long batch, Instant from, Instant to) throws SQLException {
    String sql =
        """
        select at, kind, until, detail
          from (select at, kind, until, detail
                  from event
                 where at between ? /* from */ and ? /* to */
                   and (batch is null or batch = ? /* batch */)
                 order by at desc, rowid desc
                 limit 1000)
         union all
        select at, kind, until, detail
          from (select at, kind, until, detail
                  from event
                 where at < ? /* from */
                   and kind <> 'note'
                 order by at desc, rowid desc
                 limit 1)
         where kind = 'halt'
            or until > ? /* from */
         order by 1
        """;
    List<Event> events = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(from.toEpochMilli())
                .number(to.toEpochMilli())
                .number(batch)
                .number(from.toEpochMilli())
                .number(from.toEpochMilli())
                .query()) {
      while (row.next()) {
        events.add(
            new Event(
                Batches.instant(row, 1),
                Event.Kind.of(row.getString(2)),
                Batches.instant(row, 3),
                row.getString(4)));
      }
    }
    return events;
  }

  private static GateState state(ResultSet row) throws SQLException {
    return new GateState(
        row.getLong(1),
        row.getInt(2) == 1,
        row.getLong(3),
        row.getString(4),
        row.getInt(5) == 1,
        row.getInt(6),
        row.getInt(7),
        row.getString(8),
        row.getLong(9),
        row.getLong(10));
  }
}
