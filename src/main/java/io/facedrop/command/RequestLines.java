package io.facedrop.command;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.view.RowHistory;
import io.facedrop.words.Count;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The requests of a row in their order, a line each: those that are kept, and what is known anyway.
 */
final class RequestLines {
  private final RowHistory row;

  RequestLines(RowHistory row) {
    this.row = row;
  }

  List<String> all() {
    List<String> lines = new ArrayList<>();
    boolean created = row.submittedAt() == null;
    for (RowHistory.Sent sent : row.kept()) {
      if (!created && sent.sentAt().isAfter(row.submittedAt())) {
        lines.add(creation());
        created = true;
      }
      lines.add(line(sent));
    }
    if (!created) {
      lines.add(creation());
    }
    if (row.faceCount() != null) {
      lines.add(line(row.settledAt(), "query", "code 200", "", "faces found"));
    }
    if (row.requests() > lines.size()) {
      lines.add("    of " + Count.of(row.requests(), "request") + " the others are not kept");
    }
    if (!lines.isEmpty()) {
      lines.add(0, "");
      lines.add(1, "  requests");
    }
    return lines;
  }

  private String creation() {
    return line(row.submittedAt(), "create", "code 200", "", "task " + row.detectTaskId());
  }

  private static String line(RowHistory.Sent sent) {
    String millis = sent.millis() == null ? "no answer" : sent.millis() + " ms";
    String node = sent.node() == null ? "" : ", sent by " + sent.node();
    return line(
        sent.sentAt(),
        sent.kind() == RequestKind.CREATE ? "create" : "query",
        code(sent.code(), sent.httpStatus()),
        millis,
        cameTo(sent) + ": " + sent.message() + node);
  }

  private static String cameTo(RowHistory.Sent sent) {
    return sent.reason() == null ? sent.state() : sent.state() + " (" + sent.reason() + ")";
  }

  private static String line(Instant at, String kind, String code, String millis, String words) {
    return String.format(
        Locale.ROOT,
        "    %s  %-6s  %-9s  %9s  %s",
        at.truncatedTo(ChronoUnit.SECONDS),
        kind,
        code,
        millis,
        words);
  }

  private static String code(Integer code, Integer status) {
    if (code != null) {
      return "code " + code;
    }
    return status == null ? "" : "HTTP " + status;
  }

  /** What the API said, in a line. */
  static String answer(Answered answered) {
    String code = code(answered.code(), answered.httpStatus());
    return code.isEmpty() ? answered.message() : code + ": " + answered.message();
  }
}
