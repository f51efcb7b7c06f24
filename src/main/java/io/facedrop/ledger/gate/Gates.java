package io.facedrop.ledger.gate;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateState.Outage;
import io.facedrop.api.gate.GateState.Reach;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads and writes gates and what happened to them; usable on any connection. */
public final class Gates {
  /** So many of a time's first events, and of its last. */
  private static final long TOLD = 500;

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
           set proven = excluded.proven,
               paused_until = excluded.paused_until,
               pause_cause = excluded.pause_cause,
               level = excluded.level,
               halted_code = excluded.halted_code,
               halt_message = excluded.halt_message,
               halts_creates = excluded.halts_creates,
               halted_at = excluded.halted_at,
               probe_at = excluded.probe_at
         where revision = excluded.revision
        """;
    boolean kept;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      kept =
          Bound.to(statement)
                  .text(authority)
                  .number(state.revision())
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
      saveOutages(authority, state.outages());
    }
    return kept;
  }

  private void saveOutages(String authority, Map<Reach, Outage> outages) throws SQLException {
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

  private Map<Reach, Outage> outages(String authority) throws SQLException {
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

  /** Opens every gate; the process at work sees it by the revision. */
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
                """,
                    COLUMNS));
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
  public void note(Event.Kind kind, Long until, String detail, long now) throws SQLException {
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
          .updateOne("event", detail);
    }
  }

  /** Notes what happened to a batch, which is nobody else's affair. */
  public void noteOf(long batch, String detail, long now) throws SQLException {
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
          .updateOne("event", detail);
    }
  }

  /** Notes that the newest pause lasts longer than it was meant to. */
  public void extendPause(long until) throws SQLException {
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

  /**
   * What happened in a time, and what had closed the gate before. Of very many the first and the
   * last are told, and how many are between.
   */
  public List<Event> events(long batch, Instant from, Instant to) throws SQLException {
    List<Event> events = new ArrayList<>(closedBefore(from));
    String sql =
        """
        select at, kind, until, detail, place, total
          from (select at, kind, until, detail,
                       row_number() over (order by at, rowid) as place,
                       count(*) over () as total
                  from event
                 where at between ? /* from */ and ? /* to */
                   and (batch is null or batch = ?)) /* batch */
         where place <= ? /* first */
            or place > total - ? /* last */
         order by place
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(from.toEpochMilli())
                .number(to.toEpochMilli())
                .number(batch)
                .number(TOLD)
                .number(TOLD)
                .query()) {
      for (long place = 1; row.next(); place++) {
        if (row.getLong("place") > place) {
          long between = row.getLong("place") - place;
          events.add(new Event(Times.instant(row, "at"), Event.Kind.NOTE, null, left(between)));
          place = row.getLong("place");
        }
        events.add(event(row));
      }
    }
    return events;
  }

  private static String left(long events) {
    return String.format(Locale.ROOT, "%,d events before this one are left out", events);
  }

  private List<Event> closedBefore(Instant from) throws SQLException {
    String sql =
        """
        select at, kind, until, detail
          from (select at, kind, until, detail
                  from event
                 where at < ? /* from */
                   and kind <> 'note'
                 order by at desc, rowid desc
                 limit 1)
         where kind = 'halt'
            or until > ? /* from */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement).number(from.toEpochMilli()).number(from.toEpochMilli()).query()) {
      return row.next() ? List.of(event(row)) : List.of();
    }
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        Times.instant(row, "at"),
        Event.Kind.of(row.getString("kind")),
        Times.instant(row, "until"),
        row.getString("detail"));
  }

  private GateState state(ResultSet row) throws SQLException {
    return new GateState(
        row.getLong("revision"),
        row.getInt("proven") == 1,
        new GateState.Pause(
            row.getLong("paused_until"), row.getString("pause_cause"), row.getInt("level")),
        outages(row.getString("authority")),
        new GateState.Halt(
            row.getInt("halted_code"),
            row.getString("halt_message"),
            row.getInt("halts_creates") == 1,
            row.getLong("halted_at"),
            row.getLong("probe_at")));
  }
}
