package io.facedrop.ledger.gate;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.view.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happened to gates, batches and processes, for the reports. */
public final class Events {
  /** So many of a time's first events, and of its last. */
  private static final long TOLD = 500;

  private final Connection connection;

  public Events(Connection connection) {
    this.connection = connection;
  }

  /**
   * Notes what happened to a gate or a process.
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

  /** Records an event of one batch only. */
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
               set until = ? /* until */
             where id = (select max(id)
                           from event
                          where kind in ('pause', 'halt', 'open'))
               and kind = 'pause'
               and until < ? /* until */
            """)) {
      Bound.to(statement).number(until).number(until).update();
    }
  }

  /**
   * The events of a batch, those of gates and processes within a time span, and the one before it
   * that closed the gate. Of very many, returns the first and the last ones, and the number
   * between.
   */
  public List<Event> in(long batch, Instant from, Instant to) throws SQLException {
    List<Event> events = new ArrayList<>(closedBefore(from));
    String sql =
        """
        select at, kind, until, detail, place, total
          from (select at, kind, until, detail,
                       row_number() over (order by at, id) as place,
                       count(*) over () as total
                  from event
                 where batch = ? /* batch */
                    or batch is null and at between ? /* from */ and ? /* to */) told
         where place <= ? /* first */
            or place > total - ? /* last */
         order by place
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(batch)
                .number(from.toEpochMilli())
                .number(to.toEpochMilli())
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

  /** What was told last of a gate; empty for nothing. */
  public Optional<Event> last() throws SQLException {
    return newest(
        """
        select at, kind, until, detail
          from event
         where kind in ('pause', 'halt', 'open')
         order by at desc, id desc
         limit 1
        """);
  }

  /** Which came last, a start or a stop; empty for neither. */
  public Optional<Event> lastOfProcesses() throws SQLException {
    return newest(
        """
        select at, kind, until, detail
          from event
         where kind in ('stop', 'start')
         order by id desc
         limit 1
        """);
  }

  private Optional<Event> newest(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(event(row)) : Optional.empty();
    }
  }

  private List<Event> closedBefore(Instant from) throws SQLException {
    String sql =
        """
        select at, kind, until, detail
          from (select at, kind, until, detail
                  from event
                 where at < ? /* from */
                   and kind in ('pause', 'halt', 'open')
                 order by at desc, id desc
                 limit 1) newest
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
}
