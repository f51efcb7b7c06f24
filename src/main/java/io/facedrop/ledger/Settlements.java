package io.facedrop.ledger;

import io.facedrop.api.Detection;
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

/** Records what became of images and counts them into the open part of their output. */
final class Settlements {
  private final Prepared isCancelled;
  private final Prepared record;
  private final Prepared release;
  private final Prepared addRequests;
  private final TrafficCounts traffic;
  private final Trials trials;
  private final OpenParts parts;
  private final Sharing sharing;
  private final LongUnaryOperator earliest;

  /**
   * @param earliest that a moment of our clock can have been for everybody else
   */
  Settlements(Connection connection, Trials trials, LongUnaryOperator earliest)
      throws SQLException {
    this.trials = trials;
    this.earliest = earliest;
    traffic = new TrafficCounts(connection);
    parts = new OpenParts(connection);
    sharing = new Sharing(connection, parts);
    isCancelled =
        new Prepared(
            connection,
            """
            select cancelled_at is not null
              from batch
             where number = ? /* batch */
            """);
    record =
        new Prepared(
            connection,
            """
            insert into progress
                   (id, state, due_at, attempts, requests, possible_duplicate, detect_task_id,
                    submitted_at, unfinished_at, poll_failures, missing_since, part, charged,
                    settled_at, reason, code, http_status, message, detect_id, face_count, faces,
                    detected_at, expires_at)
            values (? /* image */, ? /* state */, ? /* due */, ? /* attempts */, ? /* requests */,
                    ? /* duplicate */, ? /* task */, ? /* submitted */, ? /* unfinished */,
                    ? /* failures */, ? /* missing since */, ? /* part */, ? /* charged */,
                    ? /* settled */, ? /* reason */, ? /* code */, ? /* HTTP status */,
                    ? /* message */, ? /* detection */, ? /* face count */, ? /* faces */,
                    ? /* detected */, ? /* expires */)
            on conflict (id) do update
               set state = excluded.state,
                   due_at = excluded.due_at,
                   attempts = excluded.attempts,
                   requests = excluded.requests,
                   possible_duplicate = excluded.possible_duplicate,
                   detect_task_id = excluded.detect_task_id,
                   submitted_at = excluded.submitted_at,
                   unfinished_at = excluded.unfinished_at,
                   poll_failures = excluded.poll_failures,
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
             where state not in ('succeeded', 'dead')
            """);
    release =
        new Prepared(
            connection,
            """
            delete from claim
             where image in (select value from json_each(?)) /* images */
            """);
    addRequests =
        new Prepared(
            connection,
            """
            update batch
               set requests = requests + ?, /* requests */
                   sandbox = max(sandbox, ?) /* answered by one */
             where number = ? /* batch */
            """);
  }

  /**
   * Settles claimed images.
   *
   * @return as what, in the same order; a row that would wait becomes a dead letter when its batch
   *     was cancelled
   */
  List<Settlement> settle(List<Settlement> settlements, long now) throws SQLException {
    if (settlements.isEmpty()) {
      return settlements;
    }
    Bound.to(release)
        .numbers(settlements.stream().map(Settlement::image).toList())
        .update(settlements.size(), "claim");
    List<Settlement> settled = new ArrayList<>(settlements.size());
    for (Settlement settlement : settlements) {
      boolean over = settlement.isStillToSend() && isCancelled(Image.batch(settlement.image()));
      settled.add(over ? settlement.cancelled() : settlement);
    }
    record(settled, now);
    addRequests(settled);
    traffic.add(settled, now);
    return settled;
  }

  private void addRequests(List<Settlement> settled) throws SQLException {
    Map<Long, Long> requests = new HashMap<>();
    Set<Long> sandboxed = new HashSet<>();
    for (Settlement settlement : settled) {
      long batch = Image.batch(settlement.image());
      requests.merge(batch, (long) settlement.sent(), Long::sum);
      if (settlement.request() != null && settlement.request().sandbox()) {
        sandboxed.add(batch);
      }
    }
    for (Map.Entry<Long, Long> sent : requests.entrySet()) {
      Bound.to(addRequests)
          .number(sent.getValue())
          .flag(sandboxed.contains(sent.getKey()))
          .number(sent.getKey())
          .updateOne("batch");
    }
  }

  /**
   * Records images that are not claimed, and lets their batches be judged by them; those that share
   * their results are settled later.
   */
  void record(List<Settlement> settlements, long now) throws SQLException {
    Map<OpenParts.Place, OpenParts.Counted> counted = parts.count(settlements, now);
    for (Settlement settlement : settlements) {
      record(settlement, counted.get(OpenParts.Place.of(settlement)), now);
    }
  }

  private void record(Settlement settlement, OpenParts.Counted counted, long now)
      throws SQLException {
    Task task = settlement.task();
    Detection detection = settlement.detection();
    Bound.to(record)
        .number(settlement.image())
        .text(settlement.state().word())
        .number(settlement.dueAt())
        .number(settlement.attempts())
        .number(settlement.requests())
        .flag(settlement.possibleDuplicate())
        .text(task == null ? null : task.id())
        .number(task == null ? null : Long.valueOf(task.submittedAt()))
        .number(task == null ? null : Long.valueOf(task.unfinishedAt()))
        .number(task == null ? 0L : task.failures())
        .number(task == null ? null : Long.valueOf(task.missingSince()))
        .number(counted == null ? null : Long.valueOf(counted.part()))
        .text(settlement.charged().word())
        .number(counted == null ? null : Long.valueOf(now))
        .text(settlement.reason() == null ? null : settlement.reason().name())
        .number(settlement.code())
        .number(settlement.httpStatus())
        .text(settlement.message())
        .text(detection == null ? null : detection.detectId())
        .number(detection == null ? null : Integer.valueOf(detection.faceCount()))
        .text(detection == null ? null : detection.faces())
        .number(detection == null ? null : Long.valueOf(now))
        .number(detection == null ? null : Long.valueOf(expiresAt(task, now)))
        .updateOne("open image");
    trials.look(settlement, now);
    if (counted != null && counted.shares()) {
      sharing.begin(settlement.image());
    }
  }

  /** What rows have in common that share a result. */
  Sharing sharing() {
    return sharing;
  }

  private long expiresAt(Task task, long now) {
    return earliest.applyAsLong(Math.min(task.unfinishedAt(), now)) + Task.VALID_MILLIS;
  }

  private boolean isCancelled(long batch) throws SQLException {
    try (ResultSet row = Bound.to(isCancelled).number(batch).query()) {
      return row.next() && row.getInt(1) == 1;
    }
  }
}
