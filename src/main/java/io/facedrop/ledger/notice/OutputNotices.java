package io.facedrop.ledger.notice;

import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Notice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Posts which outputs fail, each once until it can be written again. */
public final class OutputNotices {
  /** A shorter failure is no event. */
  public static final Duration WHILE = Duration.ofMinutes(1);

  private final NoticeBoard board;
  private final Standing standing;

  public OutputNotices(Connection connection) {
    this.board = new NoticeBoard(connection);
    this.standing = new Standing(connection);
  }

  /** Whether {@link #look} has something to do. */
  public boolean anyToTell(List<Link> links, long now) throws SQLException {
    for (Link link : links) {
      boolean told = standing.of(link.place()).isPresent();
      if (told ? !link.isFailingOutput() : isToTell(link, now)) {
        return true;
      }
    }
    return false;
  }

  public void look(List<Link> links, long now) throws SQLException {
    for (Link link : links) {
      boolean told = standing.of(link.place()).isPresent();
      if (told && !link.isFailingOutput()) {
        standing.end(link.place());
      } else if (!told && isToTell(link, now)) {
        standing.put(link.place(), "failing", now);
        tell(link, now);
      }
    }
  }

  private void tell(Link link, long now) throws SQLException {
    board.post(
        Notice.Kind.OUTPUT_FAILING,
        Facts.saying(link.place() + " cannot be written: " + link.trouble())
            .and("output", link.place())
            .and("reason", link.trouble())
            .and("since", link.since()),
        now);
  }

  /** Who cannot deliver events cannot tell so by an event. */
  private static boolean isToTell(Link link, long now) {
    return link.isFailingOutput()
        && !link.place().equals(Link.EVENTS)
        && now - link.since().toEpochMilli() >= WHILE.toMillis();
  }
}
