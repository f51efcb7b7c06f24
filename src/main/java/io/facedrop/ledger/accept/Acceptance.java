package io.facedrop.ledger.accept;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.Counters;
import io.facedrop.ledger.model.Ending;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.Task;
import io.facedrop.ledger.settle.Due;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.Transitions;
import io.facedrop.manifest.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes a manifest in, row by row, and makes it a batch only when all of it is there. */
public final class Acceptance {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern ORIGIN = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}:\\d{1,18}");
  private final String api;
  private final long node;
  private final Transitions transitions;
  private final Prepared begin;
  private final Prepared addRow;
  private final UnseenTasks unseen;
  private final Prepared grow;
  private final Prepared taken;
  private final Prepared accept;
  private final Prepared goOn;

  /**
   * @param api address that batches are accepted for
   * @param node that accepts them; 0 where only one process can work
   */
  public Acceptance(Connection connection, String api, long node, Transitions transitions)
      throws SQLException {
    this.node = node;
    this.api = api;
    this.transitions = transitions;
    begin =
        new Prepared(
            connection,
            """
            insert into batch
                   (manifest, stem, folder, source, archive, format, delimiter, header, sha256,
                    share, api, node, state)
            values (? /* manifest */, ? /* stem */, ? /* folder */, ? /* source */,
                    ? /* archive */, ? /* format */, ? /* delimiter */, ? /* header */,
                    ? /* content */, ? /* share */, ? /* API */, ? /* node */,
                    'loading')
            returning number
            """);
    addRow =
        new Prepared(
            connection,
            """
            insert into manifest_row (id, line, image_url, before, after, origin, detect_task_id)
            values (? /* row */, ? /* line */, ? /* URL */, ? /* before */, ? /* after */,
                    ? /* origin */, ? /* task */)
            """);
    unseen = new UnseenTasks(connection, api);
    grow =
        new Prepared(
            connection,
            """
            update batch
               set rows = rows + ?, /* rows */
                   invalid = invalid + ?, /* invalid ones */
                   adopted = adopted + ? /* with a task */
             where number = ? /* batch */
               and state = 'loading'
            """);
    taken =
        new Prepared(
            connection,
            """
            select count(*)
              from batch
             where id = ? /* id */
            """);
    goOn =
        new Prepared(
            connection,
            """
            update progress
               set dated = 1,
                   due_at = ? /* now */
             where id >= ? /* first of the batch */
               and id < ? /* first of the next */
               -- the join keeps the planner on the ids of the batch
               and state || '' = 'submitted'
            """);
    accept =
        new Prepared(
            connection,
            """
            update batch
               set state = 'open',
                   id = ?, /* id */
                   accepted_at = ?, /* now */
                   publisher = node,
                   turn = (select coalesce(min(turn), 0)
                             from batch indexed by batch_by_turn
                            where state = 'open'
                              and parked = 0
                              and held = 0
                              and cancelled_at is null
                              and next_position < rows)
             where number = ? /* batch */
               and state = 'loading'
            """);
  }

  public long begin(NewBatch batch) throws SQLException {
    try (ResultSet row =
        Bound.to(begin)
            .text(batch.name().fileName())
            .text(batch.name().stem())
            .text(batch.folder())
            .text(batch.source().toString())
            .flag(batch.archive())
            .text(batch.layout().format().name())
            .text(String.valueOf(batch.layout().delimiter()))
            .text(batch.layout().header())
            .text(batch.sha256())
            .flag(batch.share())
            .text(api)
            .number(node)
            .query()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Adds rows in their order. */
  public void add(long batch, RowGroup group, long now) throws SQLException {
    List<Row> rows = group.rows();
    List<String> faults = group.faults();
    List<Transition> invalid = new ArrayList<>();
    List<Transition> adopted = new ArrayList<>();
    addRow.clearAdded();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      long id = RowId.of(batch, group.position() + i);
      Bound.to(addRow)
          .number(id)
          .number(row.line())
          .text(row.imageUrl())
          .text(row.before())
          .text(row.after())
          .text(origin(row))
          .text(row.detectTaskId())
          .add();
      if (faults.get(i) != null) {
        invalid.add(invalid(id, faults.get(i)));
      } else {
        Task task = goesOn(row, now);
        if (task != null) {
          adopted.add(Transition.adopting(id, Due.NEVER, Counters.NONE, task));
        }
      }
    }
    addRow.runAdded();
    transitions.record(invalid, now);
    transitions.record(adopted, now);
    Bound.to(grow)
        .number(rows.size())
        .number(invalid.size())
        .number(adopted.size())
        .number(batch)
        .updateOne("loading batch number", batch);
  }

  /**
   * A row that bears a task of this ledger and this API for the same URL, whose end nobody has
   * seen, is not paid for again: its task is asked for.
   *
   * @return null for any other row
   */
  private Task goesOn(Row row, long now) throws SQLException {
    if (row.detectTaskId() == null) {
      return null;
    }
    long unfinishedAt = unseen.unfinishedAt(row.detectTaskId(), row.imageUrl());
    return unfinishedAt == 0
        ? null
        : new Task(row.detectTaskId(), now, Task.unfinished(unfinishedAt, now), 0, 0);
  }

  public String accept(long batch, String sha256, long now) throws SQLException {
    String id = freeId(sha256, now);
    Bound.to(accept).text(id).number(now).number(batch).updateOne("loading batch number", batch);
    Bound.to(goOn).number(now).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).update();
    return id;
  }

  /** Two batches of one content within a second would bear one name: the later takes the next. */
  private String freeId(String sha256, long now) throws SQLException {
    Instant time = Instant.ofEpochMilli(now);
    while (true) {
      String id = STAMP.format(time) + "-" + sha256.substring(0, 8);
      try (ResultSet row = Bound.to(taken).text(id).query()) {
        if (row.next() && row.getLong(1) == 0) {
          return id;
        }
      }
      time = time.plusSeconds(1);
    }
  }

  /** Ours or nothing: somebody else's text does not come out under our name. */
  private static String origin(Row row) {
    return row.origin() != null && ORIGIN.matcher(row.origin()).matches() ? row.origin() : null;
  }

  private static Transition invalid(long id, String fault) {
    return Transition.dead(
        id, Counters.NONE, Ending.dead(Reason.INVALID_URL, Charged.NO), Answered.not(fault));
  }
}
