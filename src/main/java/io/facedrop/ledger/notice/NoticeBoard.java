package io.facedrop.ledger.notice;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Notice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Notices that wait for their delivery. Each is posted in the transaction of the change that it
 * reports; usable on any connection. If no receiver is configured, nothing is posted.
 */
public final class NoticeBoard {
  private final Connection connection;

  public NoticeBoard(Connection connection) {
    this.connection = connection;
  }

  /** Whether a receiver is configured. */
  public boolean isWanted() throws SQLException {
    String sql =
        """
        select notices
          from identity
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  /** Notices are posted from now on, or not. */
  public void want(boolean wanted) throws SQLException {
    String sql =
        """
        update identity
           set notices = ? /* wanted */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).flag(wanted).updateOne("identity", "of the ledger");
    }
  }

  /** Posts what is of no batch. */
  public void post(Notice.Kind kind, Facts facts, long now) throws SQLException {
    if (isWanted()) {
      add(kind, null, facts, 0, now);
    }
  }

  /** Posts what is of a batch, after all that was posted of it before. */
  void post(Notice.Kind kind, long batch, Facts facts, long now) throws SQLException {
    close(batch);
    add(kind, batch, facts, 0, now);
  }

  /**
   * @param dueAt until when more may be counted into it; 0 for no more
   */
  void add(Notice.Kind kind, Long batch, Facts facts, long dueAt, long now) throws SQLException {
    new Overflow(connection).makeRoom(now);
    insert(kind, batch, facts, dueAt, now);
  }

  void insert(Notice.Kind kind, Long batch, Facts facts, long dueAt, long now) throws SQLException {
    String sql =
        """
        insert into notice (id, at, kind, batch, due_at, body)
        values (? /* id */, ? /* now */, ? /* kind */, ? /* batch */, ? /* due */, ? /* body */)
        """;
    String id = UUID.randomUUID().toString();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement)
          .text(id)
          .number(now)
          .text(kind.words())
          .number(batch)
          .number(dueAt)
          .text(facts.body(kind.words(), id, now))
          .updateOne("notice", kind.words());
    }
  }

  /** Nothing more is counted into what was posted of a batch. */
  private void close(long batch) throws SQLException {
    String sql =
        """
        update notice
           set due_at = 0
         where batch = ? /* batch */
           and due_at <> 0
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(batch).update();
    }
  }

  /** Nothing more is counted into any. */
  public void closeAll() throws SQLException {
    String sql =
        """
        update notice
           set due_at = 0
         where due_at <> 0
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  /**
   * The first that can be handed out.
   *
   * @param now a notice into which more may be counted until later is passed over
   */
  public Optional<Notice> first(long now) throws SQLException {
    String sql =
        """
        select number, id, kind, body
          from notice
         where due_at <= ? /* now */
            or due_at > ? /* later than any, by a clock that was set back */
         order by number
         limit 1
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(now).number(now + Doubts.WHILE_MILLIS).query()) {
      return row.next() ? Optional.of(notice(row)) : Optional.empty();
    }
  }

  private static Notice notice(ResultSet row) throws SQLException {
    String body = row.getString("body");
    return new Notice(
        row.getLong("number"),
        row.getString("id"),
        Notice.Kind.of(row.getString("kind")),
        Facts.of(body).message(),
        body);
  }

  /** Whether more may still be counted into a notice, so that it has to be closed first. */
  public boolean isOpen(Notice notice) throws SQLException {
    String sql =
        """
        select due_at
          from notice
         where id = ? /* id */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(notice.id()).query()) {
      return row.next() && row.getLong(1) != 0;
    }
  }

  /** Nothing more is counted into this one. */
  public void close(Notice notice) throws SQLException {
    String sql =
        """
        update notice
           set due_at = 0
         where id = ? /* id */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(notice.id()).update();
    }
  }

  /** It is delivered; another process may have said so before. */
  public void remove(Notice notice) throws SQLException {
    String sql =
        """
        delete from notice
         where id = ? /* id */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(notice.id()).update();
    }
  }

  /** How many wait. */
  public long waiting() throws SQLException {
    String sql =
        """
        select count(*)
          from notice
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
