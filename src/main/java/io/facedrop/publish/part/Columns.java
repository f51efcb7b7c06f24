package io.facedrop.publish.part;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.Output;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.csv.FormulaCell;
import io.facedrop.manifest.format.RowText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The columns that an output adds to a manifest's own, and their values. */
public final class Columns {
  private static final List<String> BOTH =
      List.of(
          "facedrop_batch",
          "facedrop_line",
          "facedrop_origin",
          "facedrop_attempts",
          "facedrop_requests",
          "facedrop_detect_task_id",
          "facedrop_charged");
  private static final List<String> SUCCESS =
      List.of(
          "facedrop_detect_id",
          "facedrop_face_count",
          "facedrop_faces",
          "facedrop_detected_at",
          "facedrop_detect_id_expires_at",
          "facedrop_possible_duplicate");
  private static final List<String> DEAD_LETTER =
      List.of(
          "facedrop_reason",
          "facedrop_code",
          "facedrop_http_status",
          "facedrop_message",
          "facedrop_failed_at");

  private static final Pattern PLAIN_ID = Pattern.compile("[\\w-]+");

  private final Batch batch;
  private final Output output;
  private final boolean json;
  private final List<String> names;

  Columns(Batch batch, Output output) {
    this.batch = batch;
    this.output = output;
    this.json = batch.layout().format() == Format.JSONL;
    this.names = new ArrayList<>(BOTH);
    names.addAll(output == Output.SUCCESS ? SUCCESS : DEAD_LETTER);
  }

  List<String> names() {
    return names;
  }

  /** In the order of the names: cells for CSV, JSON for JSONL; null where there is none. */
  List<String> values(EndedRow row) {
    List<String> values = new ArrayList<>(names.size());
    values.add(text(batch.id()));
    values.add(Long.toString(row.line()));
    values.add(text(row.origin() == null ? batch.id() + ":" + row.line() : row.origin()));
    values.add(Integer.toString(row.attempts()));
    values.add(Integer.toString(row.requests()));
    values.add(text(json ? row.detectTaskId() : id(row.detectTaskId())));
    values.add(text(row.charged()));
    if (output == Output.SUCCESS) {
      addSuccess(values, row);
    } else {
      addDeadLetter(values, row);
    }
    return values;
  }

  /** Where faces were not awaited, what belongs to them is empty. */
  private void addSuccess(List<String> values, EndedRow row) {
    values.add(text(json ? row.detectId() : id(row.detectId())));
    values.add(row.faceCount() == null ? null : row.faceCount().toString());
    values.add(row.faces());
    values.add(text(time(row.detectedAt())));
    values.add(text(time(row.expiresAt())));
    values.add(Boolean.toString(row.possibleDuplicate()));
  }

  private void addDeadLetter(List<String> values, EndedRow row) {
    values.add(text(row.reason()));
    values.add(row.code() == null ? null : row.code().toString());
    values.add(row.httpStatus() == null ? null : row.httpStatus().toString());
    values.add(text(json ? row.message() : FormulaCell.harmlessThroughout(row.message())));
    values.add(text(time(row.settledAt())));
  }

  private String text(String value) {
    if (value == null || !json) {
      // No manifest may hold a NUL; JSON has an escape for it.
      return value == null ? null : value.replace('\0', '\uFFFD');
    }
    StringBuilder quoted = new StringBuilder();
    RowText.of(batch.layout()).appendCell(quoted, value);
    return quoted.toString();
  }

  /** The next step needs an id as it is; one of letters, digits and dashes can run nothing. */
  private static String id(String id) {
    boolean plain = id == null || PLAIN_ID.matcher(id).matches();
    // What begins with a quote gets one too, or it would lose its own when it is read again.
    return plain ? id : id.startsWith("'") ? "'" + id : FormulaCell.harmless(id);
  }

  /** In whole seconds, rounded down; null for none. */
  public static String time(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
