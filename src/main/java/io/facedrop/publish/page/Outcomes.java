package io.facedrop.publish.page;

import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.view.Tally;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.words.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what rows came to: successes and the reasons of dead letters, with their shares. */
final class Outcomes {
  private static final Map<String, String> MEANINGS = meanings();

  private final BatchReport report;
  private final long rows;
  private final Map<String, Long> byReason = new LinkedHashMap<>();

  Outcomes(BatchReport report) {
    this.report = report;
    this.rows = report.batch().rows();
    report
        .totals()
        .deadLetters()
        .forEach(tally -> byReason.merge(tally.reason(), tally.rows(), Long::sum));
  }

  /** The pieces of one bar, by reason. */
  List<Page.Share> shares() {
    List<Page.Share> shares = new ArrayList<>();
    if (report.batch().succeeded() > 0) {
      shares.add(share("succeeded", "succeeded", report.batch().succeeded()));
    }
    byReason.forEach((reason, count) -> shares.add(share(kind(reason), reason, count)));
    return shares;
  }

  /** The lines of a table, by reason and code. */
  List<Page.Reason> reasons() {
    List<Page.Reason> lines = new ArrayList<>();
    if (report.batch().succeeded() > 0) {
      lines.add(line("succeeded", "succeeded", "200", "", report.batch().succeeded()));
    }
    for (Tally tally : report.totals().deadLetters()) {
      String code = tally.code() == null ? "–" : tally.code().toString();
      String meaning = MEANINGS.getOrDefault(tally.reason(), "");
      lines.add(line(kind(tally.reason()), tally.reason(), code, meaning, tally.rows()));
    }
    return lines;
  }

  private Page.Share share(String kind, String label, long count) {
    return new Page.Share(kind, label, count, Words.percent(count, rows));
  }

  private Page.Reason line(String kind, String word, String code, String meaning, long count) {
    String width = String.format(Locale.ROOT, "%.2f", rows == 0 ? 0 : 100.0 * count / rows);
    return new Page.Reason(
        kind, word, code, meaning, Count.number(count), Words.percent(count, rows), width);
  }

  /** Colours go by frequency, so that the most frequent differ the most. */
  private String kind(String reason) {
    return "r" + List.copyOf(byReason.keySet()).indexOf(reason) % Reason.values().length;
  }

  private static Map<String, String> meanings() {
    Map<Reason, String> meanings = new LinkedHashMap<>();
    meanings.put(
        Reason.INVALID_URL,
        "the URL is not absolute http or https, is too long, or breaks another rule;"
            + " no request was made");
    meanings.put(Reason.VALIDATION_ERROR, "the API finds the request invalid");
    meanings.put(Reason.NOT_FOUND, "the API cannot find it");
    meanings.put(Reason.GENERATION_FAILED, "the API said that the task failed (code 501)");
    meanings.put(Reason.SERVER_ERROR, "the API failed at every attempt");
    meanings.put(Reason.DETECTION_FAILED, "the task failed");
    meanings.put(Reason.DETECTION_TIMEOUT, "the task was not finished in time");
    meanings.put(Reason.RESULT_UNREADABLE, "the task's result made no sense");
    meanings.put(
        Reason.IN_DOUBT, "a request was sent, but no usable answer came: it may have been charged");
    meanings.put(Reason.CANCELLED, "the batch was cancelled before its turn");
    Map<String, String> words = new LinkedHashMap<>();
    meanings.forEach((reason, meaning) -> words.put(reason.name(), meaning));
    return words;
  }
}
