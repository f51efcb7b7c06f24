package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.operator.NamedBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Answers a request for a page. */
final class PageAnswer {
  private static final int SEE_OTHER = 303;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private PageAnswer() {}

  /**
   * With a page.
   *
   * @param part name of the template of its own part
   */
  static void page(Exchange exchange, String title, String part, Map<String, Object> data) {
    html(exchange, Frame.of(title, part, data, Visitor.of(exchange)));
  }

  private static void html(Exchange exchange, String html) {
    exchange.getMessage().setBody(html.getBytes(StandardCharsets.UTF_8));
  }

  /** Says in words that there is no such thing. */
  static void missing(Exchange exchange, String words) {
    refuse(exchange, NOT_FOUND, "Not found", words);
  }

  /** The batch that a page is asked for, maybe abbreviated; else says why it is none. */
  static Optional<Batch> batch(Exchange exchange, LedgerReader ledger, String name) {
    NamedBatch named = NamedBatch.of(ledger, name);
    if (named.only().isEmpty()) {
      String trouble = named.trouble();
      missing(
          exchange, trouble.substring(0, 1).toUpperCase(Locale.ROOT) + trouble.substring(1) + ".");
    }
    return named.only();
  }

  /** Says in words that this is not allowed. */
  static void forbidden(Exchange exchange, String words) {
    refuse(exchange, FORBIDDEN, "Not allowed", words);
  }

  /** Says that a form is none of those that are out. */
  static void old(Exchange exchange) {
    forbidden(exchange, "This form is old, or not of facedrop's own pages. Load its page anew.");
  }

  /** Says no in words. */
  static void refuse(Exchange exchange, int status, String title, String words) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    page(exchange, title, "refused.html", Map.of("title", title, "words", words));
  }

  /** With another page of ours. */
  static void elsewhere(Exchange exchange, String path) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, SEE_OTHER);
    exchange.getMessage().setHeader("Location", path);
    exchange.getMessage().setBody(new byte[0]);
  }

  /** The last name of the path that was asked for; empty for none. */
  static String last(Message request) {
    String path = request.getHeader(Exchange.HTTP_PATH, "", String.class);
    List<String> names = List.of(path.split("/", -1));
    return names.get(names.size() - 1);
  }
}
