package io.facedrop.ledger.settle;

import io.facedrop.api.answer.Detection;
import io.facedrop.ledger.fault.UnexpectedChangeException;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.Task;
import io.facedrop.ledger.notice.BatchNotices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** Records what became of rows and counts them into the open part of their output. */
public final class Transitions {
  private final Prepared isCancelled;
  private final Prepared record;
  private final Prepared release;
  private final Prepared addRequests;
  private final TrafficCounts traffic;
  private final RequestHistory history;
  private final Trials trials;
  private final OpenParts parts;
  private final Sharing sharing;
  private final EndingCounts ended = new EndingCounts();
  private final LongUnaryOperator earliest;
  private final BatchNotices notices;

  /**
   * @param node that works
   * @param earliest that a moment of our clock can have been for everybody else
   */
  public Transitions(Connection connection, Trials trials, long node, LongUnaryOperator earliest)
      throws SQLException {
    this.trials = trials;
    this.earliest = earliest;
    this.notices = new BatchNotices(connection);
    history = new RequestHistory(connection, node);
    traffic = new TrafficCounts(connection);
    parts = new OpenParts(connection);
    sharing = new Sharing(connection, parts, ended);
    isCancelled =
        new Prepared(
            connection,
            """
            select cancelled_at
              from batch
             where number = ? /* batch */
            """);
    record =
        new Prepared(
            connection,
            """
            insert into progress
                   (id, stage, state, due_at, dated, attempts, requests, possible_duplicate, detect_task_id,
                    submitted_at, unfinished_at, query_failures, missing_since, part, charged,
                    settled_at, reason, code, http_status, message, detect_id, face_count, faces,
                    detected_at, expires_at)
            values (? /* row */, ? /* stage */, ? /* state */, ? /* due */, ? /* dated */, ? /* attempts */, ? /* requests */,
                    ? /* duplicate */, ? /* task */, ? /* submitted */, ? /* unfinished */,
                    ? /* failures */, ? /* missing since */, ? /* part */, ? /* charged */,
                    ? /* settled */, ? /* reason */, ? /* code */, ? /* HTTP status */,
                    ? /* message */, ? /* detection */, ? /* face count */, ? /* faces */,
                    ? /* detected */, ? /* expires */)
            on conflict (id) do update
               set stage = excluded.stage,
                   state = excluded.state,
                   due_at = excluded.due_at,
                   dated = excluded.dated,
                   attempts = excluded.attempts,
                   requests = excluded.requests,
                   possible_duplicate = excluded.possible_duplicate,
                   detect_task_id = excluded.detect_task_id,
                   submitted_at = excluded.submitted_at,
                   unfinished_at = excluded.unfinished_at,
                   query_failures = excluded.query_failures,
                   missing_since = excluded.missing_since,
                   part = excluded.part,
                   charged = excluded.charged,
                   settled_at = excluded.settled_at,
                   reason = excluded.reason,
                   code = excluded.code,
                   http_status = excluded.http_status,
                   message = excluded.message,
                   detect_id = excluded.detect_id,
                   face_count = excluded.face_count,
                   faces = excluded.faces,
                   detected_at = excluded.detected_at,
                   expires_at = excluded.expires_at
             where progress.state not in ('succeeded', 'dead')
            """);
    release =
        new Prepared(
            connection,
            """
            delete from claim
             where row_id in (select value from json_each(?)) /* rows */
            """);
    addRequests =
        new Prepared(
            connection,
            """
            update batch
               set requests = requests + ?, /* requests */
                   worked = case when ? = 1 /* a task was created */ then 1 else worked end,
                   sandbox = case when ? = 1 /* answered by one */ then 1 else sandbox end
             where number = ? /* batch */
            """);
  }

  /**
   * Settles claimed rows.
   *
   * @return as what, in the same order; a row that would wait becomes a dead letter when its batch
   *     was cancelled
   */
  public List<Transition> settle(List<Transition> transitions, long now) throws SQLException {
    if (transitions.isEmpty()) {
      return transitions;
    }
    List<Long> rows = transitions.stream().map(Transition::row).toList();
    Bound.to(release).numbers(rows).updateEach("claim", rows);
    List<Transition> settled = new ArrayList<>(transitions.size());
    for (Transition transition : transitions) {
      boolean over = transition.isStillToSend() && isCancelled(RowId.batch(transition.row()));
      settled.add(over ? transition.cancelled() : transition);
    }
    record(settled, now);
    addRequests(settled);
    traffic.add(settled, now);
    history.add(settled);
    return settled;
  }

  private void addRequests(List<Transition> settled) throws SQLException {
    Map<Long, Long> requests = new HashMap<>();
    Set<Long> worked = new HashSet<>();
    Set<Long> sandboxed = new HashSet<>();
    for (Transition transition : settled) {
      long batch = RowId.batch(transition.row());
      requests.merge(batch, (long) transition.sent(), Long::sum);
      if (transition.request() != null && transition.request().sandbox()) {
        sandboxed.add(batch);
      }
      if (transition.task() != null) {
        worked.add(batch);
      }
    }
    for (Map.Entry<Long, Long> sent : requests.entrySet()) {
      Bound.to(addRequests)
          .number(sent.getValue())
          .flag(worked.contains(sent.getKey()))
          .flag(sandboxed.contains(sent.getKey()))
          .number(sent.getKey())
          .updateOne("batch number", sent.getKey());
    }
  }

  /**
   * Records rows that are not claimed, and lets their batches be judged by them; those that share
   * their results are settled later.
   */
  public void record(List<Transition> transitions, long now) throws SQLException {
    Map<OpenParts.Place, OpenParts.Counted> counted = parts.count(transitions, now);
    record.clearAdded();
    for (Transition transition : transitions) {
      add(transition, counted.get(OpenParts.Place.of(transition)), now);
    }
    runAdded(transitions);
    tellDoubts(transitions, now);
    for (Transition transition : transitions) {
      trials.look(transition, now);
      ended.add(transition);
      OpenParts.Counted part = counted.get(OpenParts.Place.of(transition));
      if (part != null && part.shares()) {
        sharing.begin(transition.row());
      }
    }
  }

  /** Who settles rows in doubt by the hundred tells of them once a batch. */
  private void tellDoubts(List<Transition> transitions, long now) throws SQLException {
    Map<Long, Long> doubts = new HashMap<>();
    for (Transition transition : transitions) {
      if (transition.ending().reason() == Reason.IN_DOUBT) {
        doubts.merge(RowId.batch(transition.row()), 1L, Long::sum);
      }
    }
    for (Map.Entry<Long, Long> doubt : doubts.entrySet()) {
      notices.doubts(doubt.getKey(), doubt.getValue(), now);
    }
  }

  private void runAdded(List<Transition> transitions) throws SQLException {
    int[] changed = record.runAdded();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] != 1) {
        throw new UnexpectedChangeException(
            1, "open state of " + RowId.words(transitions.get(i).row()), changed[i]);
      }
    }
  }

  private void add(Transition transition, OpenParts.Counted counted, long now) throws SQLException {
    Task task = transition.task();
    Detection detection = transition.ending().detection();
    Bound.to(record)
        .number(transition.row())
        .text(transition.stage().word())
        .text(transition.state().word())
        .number(transition.due().at())
        .flag(transition.due().dated())
        .number(transition.counters().attempts())
        .number(transition.counters().requests())
        .flag(transition.counters().possibleDuplicate())
        .text(task == null ? null : task.id())
        .number(task == null ? null : Long.valueOf(task.submittedAt()))
        .number(task == null ? null : Long.valueOf(task.unfinishedAt()))
        .number(task == null ? 0L : task.failures())
        .number(task == null ? null : Long.valueOf(task.missingSince()))
        .number(counted == null ? null : Long.valueOf(counted.part()))
        .text(transition.ending().charged().word())
        .number(counted == null ? null : Long.valueOf(now))
        .text(transition.ending().reason() == null ? null : transition.ending().reason().name())
        .number(transition.answered().code())
        .number(transition.answered().httpStatus())
        .text(transition.answered().message())
        .text(detection == null ? null : detection.detectId())
        .number(detection == null ? null : Integer.valueOf(detection.faceCount()))
        .text(detection == null ? null : detection.faces())
        .number(detection == null ? null : Long.valueOf(now))
        .number(detection == null ? null : Long.valueOf(expiresAt(task, now)))
        .add();
  }

  /** The rows that have ended. */
  public EndingCounts ended() {
    return ended;
  }

  /** What rows have in common that share a result. */
  public Sharing sharing() {
    return sharing;
  }

  private long expiresAt(Task task, long now) {
    return earliest.applyAsLong(Math.min(task.unfinishedAt(), now)) + Task.VALID_MILLIS;
  }

  private boolean isCancelled(long batch) throws SQLException {
    try (ResultSet row = Bound.to(isCancelled).number(batch).query()) {
      return row.next() && row.getLong(1) != 0;
    }
  }
}
