package io.facedrop.console.page;

import io.facedrop.console.door.Policy;
import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.RowHistory;
import io.facedrop.manifest.url.UrlRule;
import io.facedrop.operator.UrlSearch;
import io.facedrop.words.Count;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** A row, found as {@code facedrop_origin} names it or by its URL, with its requests. */
public final class RowPage {
  private static final Pattern ROW =
      Pattern.compile("([0-9TZa-f-]{1,40})(?::(\\d{1,18}))?", Pattern.CASE_INSENSITIVE);

  private static final String NONE =
      "No row is found. Name it as facedrop_origin does: the id of its batch, or the beginning of it"
          + " or of its eight digits at the end, a colon, and the line of the manifest on which it"
          + " starts.";

  private static final String NOWHERE = "No row with this URL was found. ";

  private final LedgerReader ledger;
  private final UrlSearch search;
  private final UrlRule rule;

  /**
   * @param rule for the URLs whose pictures may be shown
   */
  public RowPage(LedgerReader ledger, UrlSearch search, UrlRule rule) {
    this.ledger = ledger;
    this.search = search;
    this.rule = rule;
  }

  public void show(Exchange exchange) {
    String asked = asked(exchange).strip();
    if (asked.matches("https?://.*")) {
      PageAnswer.page(exchange, "Rows", "rows.html", data(asked, search.of(asked)));
      return;
    }
    Matcher row = ROW.matcher(asked);
    if (!row.matches()) {
      PageAnswer.missing(exchange, NONE);
      return;
    }
    PageAnswer.batch(exchange, ledger, row.group(1))
        .ifPresent(batch -> show(exchange, batch, row.group(2)));
  }

  /**
   * @param line null where only the batch was named
   */
  private void show(Exchange exchange, Batch batch, String line) {
    if (line == null) {
      PageAnswer.elsewhere(exchange, "/batch/" + batch.id());
      return;
    }
    ledger
        .of(batch)
        .row(Long.parseLong(line))
        .ifPresentOrElse(
            row -> show(exchange, batch, row), () -> PageAnswer.missing(exchange, NONE));
  }

  private void show(Exchange exchange, Batch batch, RowHistory row) {
    boolean acts = Visitor.of(exchange).isOperator();
    boolean asksForPicture = !Asked.of(exchange, "picture").isEmpty();
    if (asksForPicture && !acts) {
      PageAnswer.forbidden(exchange, "Pictures are for the operator's token only.");
      return;
    }
    Map<String, Object> data = data(batch, row);
    Optional<Picture> picture = acts ? Picture.of(row.imageUrl(), rule) : Optional.empty();
    data.put("row", batch.id() + ":" + row.line());
    data.put("picture", picture.map(Picture::origin).orElse(""));
    data.put("shown", asksForPicture);
    if (asksForPicture && picture.isPresent()) {
      exchange.getMessage().setHeader(Policy.HEADER, Policy.withPicturesOf(picture.get().origin()));
    }
    PageAnswer.page(exchange, "Line " + row.line(), "row.html", data);
  }

  private static String asked(Exchange exchange) {
    return Asked.of(exchange, "row");
  }

  private static Map<String, Object> data(String url, UrlSearch.Found found) {
    Map<String, Object> data = new HashMap<>();
    data.put("url", url);
    data.put("looked", (found.places().isEmpty() ? NOWHERE : "") + looked(found));
    data.put(
        "rows",
        found.places().stream()
            .map(
                place ->
                    Map.of(
                        "row",
                        place.batch().id() + ":" + place.line(),
                        "line",
                        Text.number(place.line()),
                        "manifest",
                        place.batch().folder() + place.batch().manifest(),
                        "accepted",
                        Text.time(place.batch().acceptedAt())))
            .toList());
    return data;
  }

  private static String looked(UrlSearch.Found found) {
    String were = found.looked() == 1 ? "batch was" : Count.of(found.looked(), "batch") + " were";
    if (!found.all()) {
      return "Only the newest " + were + " looked through: there may be more.";
    }
    return (found.looked() == 1 ? "The only " : "All ") + were + " looked through.";
  }

  private static Map<String, Object> data(Batch batch, RowHistory row) {
    Map<String, Object> data = new HashMap<>();
    data.put("batch", batch.id());
    data.put("manifest", batch.folder() + batch.manifest());
    data.put("line", Text.number(row.line()));
    data.put("url", row.imageUrl());
    data.put("origin", text(row.origin()));
    data.put("state", row.state());
    data.put("reason", text(row.reason()));
    data.put("task", text(row.detectTaskId()));
    data.put("submitted", Text.time(row.submittedAt()));
    data.put("settled", Text.time(row.settledAt()));
    data.put("due", row.settledAt() == null ? Text.time(row.dueAt()) : "");
    data.put(
        "attempts",
        Text.number(row.attempts())
            + Text.agreeing(row.attempts(), " counts as an attempt", " count as attempts"));
    data.put("requests", Text.number(row.requests()));
    data.put("faces", row.faceCount() == null ? "" : Text.number(row.faceCount()));
    data.put("message", row.answered() == null ? "" : text(row.answered().message()));
    data.put("file", text(row.file()));
    data.put("again", row.laterDrops());
    data.put("hasNodes", row.kept().stream().anyMatch(sent -> !text(sent.node()).isEmpty()));
    data.put("kept", row.kept().stream().map(RowPage::sent).toList());
    return data;
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  private static Map<String, Object> sent(RowHistory.Sent sent) {
    Map<String, Object> line = new HashMap<>();
    line.put("at", Text.time(sent.sentAt()));
    line.put("kind", sent.kind().name().toLowerCase(java.util.Locale.ROOT));
    line.put("code", sent.code() == null ? "" : String.valueOf(sent.code()));
    line.put("status", sent.httpStatus() == null ? "" : String.valueOf(sent.httpStatus()));
    line.put("took", sent.millis() == null ? "no answer" : Text.number(sent.millis()) + " ms");
    line.put("node", text(sent.node()));
    line.put("came", sent.reason() == null ? sent.state() : sent.state() + ", " + sent.reason());
    line.put("message", text(sent.message()));
    return line;
  }
}
