package io.facedrop.ledger.arrival;

import io.facedrop.expect.Expectation;
import io.facedrop.expect.Occasion;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Notice;
import io.facedrop.ledger.notice.Facts;
import io.facedrop.ledger.notice.NoticeBoard;
import io.facedrop.ledger.view.Expected;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides once for each deadline whether an expected manifest has come; usable on any connection.
 * If several deadlines have passed since the last look, decides about the last one only, by the
 * manifests that have come until now.
 */
public final class ExpectedDrops {
  private final Connection connection;
  private final NoticeBoard board;

  public ExpectedDrops(Connection connection) {
    this.connection = connection;
    this.board = new NoticeBoard(connection);
  }

  /** What was found, for the log; empty while there is nothing to say. */
  public Optional<Expected> look(Expectation expectation, Instant now) throws SQLException {
    Watched watched = watched(expectation, now);
    Optional<Instant> passed =
        expectation
            .schedule()
            .last(now.plusMillis(1))
            .filter(deadline -> deadline.toEpochMilli() > watched.judgedTo());
    return passed.isPresent()
        ? judge(expectation, watched, passed.get(), now)
        : warn(expectation, watched, now);
  }

  /** What was due before anybody expected it is nobody's fault. */
  private Watched watched(Expectation expectation, Instant now) throws SQLException {
    Optional<Watched> known = Watched.read(connection, expectation.name());
    if (known.isPresent()) {
      return known.get();
    }
    Watched begun = new Watched(now.toEpochMilli(), 0, 0);
    begun.write(connection, expectation.name());
    return begun;
  }

  private Optional<Expected> judge(
      Expectation expectation, Watched watched, Instant deadline, Instant now) throws SQLException {
    Optional<Instant> arrival = arrival(occasion(expectation, watched, deadline), expectation, now);
    watched
        .judged(deadline.toEpochMilli(), arrival.isPresent())
        .write(connection, expectation.name());
    if (arrival.isPresent()) {
      return Optional.empty();
    }
    board.post(
        Notice.Kind.MANIFEST_LATE,
        facts(expectation, deadline, " has not come by "),
        now.toEpochMilli());
    return Optional.of(expected(expectation, deadline, Expected.State.LATE, null));
  }

  private Optional<Expected> warn(Expectation expectation, Watched watched, Instant now)
      throws SQLException {
    Optional<Instant> next = expectation.schedule().next(now);
    if (next.isEmpty()
        || !expectation.warns()
        || now.isBefore(expectation.warning(next.get()))
        || watched.warnedFor() == next.get().toEpochMilli()
        || arrival(occasion(expectation, watched, next.get()), expectation, now).isPresent()) {
      return Optional.empty();
    }
    Instant deadline = next.get();
    watched.warnedOf(deadline.toEpochMilli()).write(connection, expectation.name());
    board.post(
        Notice.Kind.MANIFEST_EXPECTED_SOON,
        facts(expectation, deadline, " has not come yet; it is expected by "),
        now.toEpochMilli());
    return Optional.of(expected(expectation, deadline, Expected.State.WAITING, null));
  }

  /**
   * The state of an expectation at a moment. If the last deadline was missed and the manifest may
   * still come, it is the state for that deadline; otherwise for the next. Empty when there is no
   * further deadline.
   */
  public Optional<Expected> state(Expectation expectation, Instant now) throws SQLException {
    Watched watched =
        Watched.read(connection, expectation.name()).orElse(new Watched(now.toEpochMilli(), 0, 0));
    Optional<Instant> next = expectation.schedule().next(now);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Occasion occasion = occasion(expectation, watched, next.get());
    List<Instant> arrivals = new Arrivals(connection).of(expectation, occasion.before(), now);
    if (occasion.missed()
        && occasion.belated(arrivals).isEmpty()
        && !now.isAfter(occasion.middle())) {
      return Optional.of(expected(expectation, occasion.before(), Expected.State.LATE, null));
    }
    Optional<Instant> arrival = occasion.arrival(arrivals);
    return Optional.of(
        expected(
            expectation,
            next.get(),
            arrival.isPresent() ? Expected.State.ARRIVED : Expected.State.WAITING,
            arrival.orElse(null)));
  }

  private Optional<Instant> arrival(Occasion occasion, Expectation expectation, Instant now)
      throws SQLException {
    return occasion.arrival(new Arrivals(connection).of(expectation, occasion.before(), now));
  }

  private static Occasion occasion(Expectation expectation, Watched watched, Instant deadline) {
    Instant before = expectation.schedule().last(deadline).orElse(Instant.EPOCH);
    return new Occasion(
        before, deadline, watched.missed() != 0 && watched.missed() == before.toEpochMilli());
  }

  private static Facts facts(Expectation expectation, Instant deadline, String words) {
    return Facts.saying("the manifest " + expectation.files() + words + deadline)
        .and("expected", expectation.name())
        .and("files", expectation.files())
        .and("deadline", deadline);
  }

  private static Expected expected(
      Expectation expectation, Instant deadline, Expected.State state, Instant arrivedAt) {
    return new Expected(expectation.name(), expectation.files(), deadline, state, arrivedAt);
  }

  /** Removes the records of expectations that are no longer configured. */
  public void keepOnly(List<Expectation> expectations) throws SQLException {
    String sql =
        """
        select name
          from expectation
        """;
    List<String> known = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        known.add(row.getString("name"));
      }
    }
    known.removeAll(expectations.stream().map(Expectation::name).toList());
    for (String name : known) {
      try (PreparedStatement statement =
          connection.prepareStatement("delete from expectation where name = ? /* name */")) {
        Bound.to(statement).text(name).updateOne("expectation", name);
      }
    }
  }
}
