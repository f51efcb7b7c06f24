package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Takes images to work on: first the results that are due, for they expire and are paid for; then
 * what is to be submitted again, then the next of the batch whose turn it is.
 */
final class Claims {
  /**
   * What was submitted before its batch was cancelled, held or set aside is paid for, and goes on,
   * but never at another address.
   */
  private static final String CLAIMABLE =
      """
      b.state = 'open'
         and b.elsewhere = 0
         and (p.state = 'submitted' or b.parked = 0 and b.held = 0 and b.cancelled_at is null)""";

  /**
   * A row that is polled stays due while it is claimed: to take its time away and give it another
   * would be the dearest part of a poll.
   */
  private static final String POLLS =
      """
      p.state = 'submitted'
         and not exists (select 1 from claim c where c.image = p.id)""";

  private static final String WAITING = "p.state <> 'submitted' and p.state <> 'held'";

  private final OpenTasks openTasks;
  private final DueImages polls;
  private final DueImages freshPolls;
  private final DueImages unfailed;
  private final DueImages retries;
  private final DueImages held;
  private final PendingImages pending;
  private final Prepared nextPoll;
  private final Prepared nextRetry;
  private final Prepared takeDue;
  private final Prepared claim;

  private final Set<Long> taken = new HashSet<>();

  /** Whether the last image to submit was one that had failed before. */
  private boolean retried;

  Claims(Connection connection, OpenTasks openTasks) throws SQLException {
    this.openTasks = openTasks;
    polls = new DueImages(connection, POLLS, CLAIMABLE);
    freshPolls = new DueImages(connection, POLLS + " and p.poll_failures = 0", CLAIMABLE);
    unfailed = new DueImages(connection, WAITING + " and p.attempts = 0", CLAIMABLE);
    retries = new DueImages(connection, WAITING + " and p.attempts > 0", CLAIMABLE);
    held = new DueImages(connection, "p.state <> 'submitted' and p.state = 'held'", CLAIMABLE);
    pending = new PendingImages(connection);
    nextPoll = nextDue(connection, POLLS);
    nextRetry = nextDue(connection, "p.state <> 'submitted'");
    takeDue =
        new Prepared(
            connection,
            """
            update progress
               set due_at = null
             where id in (select value from json_each(?)) /* images */
               and due_at is not null
            """);
    claim =
        new Prepared(
            connection,
            """
            insert into claim (image, claimed_at)
            select value, ? /* now */
              from json_each(?) /* images */
            """);
  }

  private static Prepared nextDue(Connection connection, String states) throws SQLException {
    return new Prepared(
        connection,
        String.format(
            Locale.ROOT,
            """
        select p.due_at
          from progress p
          join batch b on b.number = p.id >> 32
         where p.due_at is not null
           and %s
           and %s
         order by p.due_at
         limit 1
        """,
            states,
            CLAIMABLE));
  }

  /** Something may be due that was not before. */
  void lookAgain() {
    polls.lookAgain();
    freshPolls.lookAgain();
    unfailed.lookAgain();
    retries.lookAgain();
  }

  /**
   * Claims one image for each who asks; one that is held only when there is no other.
   *
   * @return in the order of those who ask; null for whom nothing that is wanted is pending or due,
   *     as far as was looked
   */
  List<Image> take(long now, List<Wanted> asks) throws SQLException {
    polls.begin(now, asks.size());
    freshPolls.begin(now, asks.size());
    unfailed.begin(now, asks.size());
    retries.begin(now, asks.size());
    held.begin(now, asks.size());
    pending.begin(asks.size());
    taken.clear();
    List<Image> images = new ArrayList<>(asks.size());
    List<Long> waited = new ArrayList<>();
    for (Wanted wanted : asks) {
      Image image = take(wanted, waited);
      images.add(image == null && wanted.isAnything() ? insist(wanted, waited) : image);
    }
    pending.end();
    if (!waited.isEmpty()) {
      Bound.to(takeDue).numbers(waited).update(waited.size(), "waiting image");
    }
    claim(images, now);
    return images;
  }

  /** Before somebody goes away with nothing, it is looked whether that is true. */
  private Image insist(Wanted wanted, List<Long> waited) throws SQLException {
    polls.insist();
    freshPolls.insist();
    unfailed.insist();
    retries.insist();
    return take(wanted, waited);
  }

  /** Two looks of a round may have found the same. */
  private Image take(Wanted wanted, List<Long> waited) throws SQLException {
    Image image = find(wanted, waited);
    while (image != null && !taken.add(image.id())) {
      image = find(wanted.inTurn(), waited);
    }
    if (image != null) {
      openTasks.claimed(image);
    }
    return image;
  }

  private Image find(Wanted wanted, List<Long> waited) throws SQLException {
    boolean room = wanted.pending() && openTasks.areFewerThan(wanted.mostOpenTasks());
    Image image = wanted.isOfFresh() ? fresh(wanted, room, waited) : null;
    if (image == null && room && wanted.first() == Stage.PENDING) {
      image = toSubmit(waited);
    }
    if (image == null && wanted.submitted()) {
      image = polls.next();
    }
    if (image == null && room) {
      image = toSubmit(waited);
    }
    if (image == null && room && !pending.isUnfinished()) {
      image = next(held, waited);
    }
    return image;
  }

  /** One that has not failed yet, of the stage that goes first; null for none. */
  private Image fresh(Wanted wanted, boolean room, List<Long> waited) throws SQLException {
    Image image = null;
    if (room && wanted.first() != Stage.SUBMITTED) {
      image = wanted.choice() == Wanted.Choice.ELSEWHERE ? pending.elsewhere() : pending.next();
      image = image == null ? next(unfailed, waited) : image;
    }
    if (image == null && wanted.submitted() && wanted.first() != Stage.PENDING) {
      image = freshPolls.next();
    }
    return image;
  }

  /**
   * Those that have failed before go in turn with those that have not, and never before for long.
   */
  private Image toSubmit(List<Long> waited) throws SQLException {
    Image image = next(unfailed, waited);
    if (image == null && !retried) {
      image = next(retries, waited);
      retried = image != null;
    } else if (image == null) {
      image = pending.next();
      retried = false;
    }
    if (image == null) {
      image = pending.next();
    }
    return image == null ? next(retries, waited) : image;
  }

  private static Image next(DueImages due, List<Long> waited) throws SQLException {
    Image image = due.next();
    if (image != null) {
      waited.add(image.id());
    }
    return image;
  }

  private void claim(List<Image> images, long now) throws SQLException {
    List<Long> claimed = images.stream().filter(Objects::nonNull).map(Image::id).toList();
    if (!claimed.isEmpty()) {
      Bound.to(claim).number(now).numbers(claimed).update(claimed.size(), "claim");
    }
  }

  /** Whether pending images may be left that the last look did not reach. */
  boolean isUnfinished() {
    return pending.isUnfinished();
  }

  /** When the next image that is wanted will be due; {@link Long#MAX_VALUE} when none waits. */
  long nextDue(Wanted wanted) throws SQLException {
    boolean room = wanted.pending() && openTasks.areFewerThan(wanted.mostOpenTasks());
    return Math.min(
        wanted.submitted() ? first(nextPoll) : Long.MAX_VALUE,
        room ? first(nextRetry) : Long.MAX_VALUE);
  }

  private static long first(Prepared statement) throws SQLException {
    try (ResultSet row = statement.query()) {
      return row.next() ? row.getLong(1) : Long.MAX_VALUE;
    }
  }

  /** From the columns of the statements that tell what is due, or was claimed. */
  static Image claimed(ResultSet row) throws SQLException {
    return image(row, task(row));
  }

  /** From the columns of the statements that tell what is pending too. */
  static Image image(ResultSet row, Task task) throws SQLException {
    return new Image(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6) == 1,
        task);
  }

  private static Task task(ResultSet row) throws SQLException {
    String id = row.getString(7);
    return id == null
        ? null
        : new Task(id, row.getLong(8), row.getLong(9), row.getInt(10), row.getLong(11));
  }
}
