package io.facedrop.ledger;

import io.facedrop.api.Detection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongUnaryOperator;

/** Records what became of images and counts them into the open part of their output. */
final class Settlements {
  private final PreparedStatement isCancelled;
  private final PreparedStatement record;
  private final PreparedStatement release;
  private final PreparedStatement addRequests;
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
        connection.prepareStatement(
            """
            select cancelled_at is not null
              from batch
             where number = ? /* batch */
            """);
    record =
        connection.prepareStatement(
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
        connection.prepareStatement(
            """
            delete from claim
             where image = ? /* image */
            """);
    addRequests =
        connection.prepareStatement(
            """
            update batch
               set requests = requests + ? /* requests */
             where number = ? /* batch */
            """);
  }

  /**
   * Settles a claimed image.
   *
   * @return as what; a row that would wait becomes a dead letter when its batch was cancelled
   */
  Settlement settle(Settlement settlement, long now) throws SQLException {
    Bound.to(release).number(settlement.image()).updateOne("claim");
    long batch = Image.batch(settlement.image());
    Settlement settled =
        settlement.isStillToSend() && isCancelled(batch) ? settlement.cancelled() : settlement;
    record(settled, now);
    if (settled.request() != null) {
      Bound.to(addRequests).number(settled.sent()).number(batch).updateOne("batch");
      traffic.add(settled, now);
    }
    return settled;
  }

  /**
   * Records an image that is not claimed, and lets its batch be judged by it; those that share its
   * result are settled later.
   */
  void record(Settlement settlement, long now) throws SQLException {
    Output output = settlement.output();
    Task task = settlement.task();
    Detection detection = settlement.detection();
    OpenParts.Counted counted =
        output == null ? null : parts.count(settlement.image(), output, now);
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
        .number(output == null ? null : Long.valueOf(now))
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
