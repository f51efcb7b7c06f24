package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.read.BatchApi;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Which open batches are worked from now on, and by which address of the API. */
public final class Whereabouts {
  private final Connection connection;

  public Whereabouts(Connection connection) {
    this.connection = connection;
  }

  /**
   * Sets batches of another API aside. A batch that is worked, and of no API yet, is of this one
   * from now on.
   *
   * @param api address by which is worked; empty where that does not matter
   * @param named the batches that are to be worked; null for all
   * @return numbers of the batches that are of another address than before
   */
  public List<Long> bind(String api, Collection<Batch> named, long now) throws SQLException {
    List<Long> moved = new ArrayList<>();
    if (!api.isEmpty()) {
      for (long number : unbound(api)) {
        if (named == null || named.stream().anyMatch(batch -> batch.number() == number)) {
          move(number, api);
          moved.add(number);
        }
      }
      setAside(api);
      restQueries(now);
    }
    return moved;
  }

  /** Open batches of an address that has never created a task, and is not this one. */
  private List<Long> unbound(String api) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
            select b.number
              from batch b
             where b.state = 'open'
               and b.api <> ? /* API */
               and %s = ''
            """,
            BatchApi.ADDRESS);
    List<Long> numbers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(api).query()) {
      while (row.next()) {
        numbers.add(row.getLong("number"));
      }
    }
    return numbers;
  }

  private void move(long batch, String api) throws SQLException {
    String sql =
        """
        update batch
           set api = ? /* API */
         where number = ? /* batch */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(api).number(batch).updateOne("batch number", batch);
    }
  }

  private void setAside(String api) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
            update batch as b
               set elsewhere = case when %s in ('', ?) /* API */ then 0 else 1 end
             where state = 'open'
            """,
            BatchApi.ADDRESS);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(api).update();
    }
  }

  /** Tasks that nobody may ask for are not due, and not in the way of those that are. */
  private void restQueries(long now) throws SQLException {
    String sql =
        """
        update progress
           set dated = 1,
               due_at = case when 1 = (select elsewhere
                                         from batch
                                        where number = progress.id >> 32)
                             then null
                             else coalesce(due_at, ?) end /* now */
         where state = 'submitted'
           and exists (select 1
                         from batch
                        where number = progress.id >> 32
                          and state = 'open'
                          and (elsewhere = 1) = (progress.due_at is not null))
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(now).update();
    }
  }

  /**
   * Suspends every open batch except these (null for no exception), and always those of another
   * API. All batches start from the same turn again. Otherwise a suspended batch would delay the
   * others until it had caught up.
   */
  public void park(Collection<Batch> named) throws SQLException {
    try (PreparedStatement all =
            connection.prepareStatement(
                """
                update batch
                   set parked = case when ? = 1 /* set aside */ then 1 else elsewhere end,
                       turn = 0
                 where state = 'open'
                """);
        PreparedStatement one =
            connection.prepareStatement(
                """
                update batch
                   set parked = 0
                 where number = ? /* batch */
                   and elsewhere = 0
                """)) {
      Bound.to(all).flag(named != null).update();
      if (named != null) {
        for (Batch batch : named) {
          Bound.to(one).number(batch.number()).update();
        }
      }
    }
  }
}
