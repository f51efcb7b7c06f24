package io.facedrop.console.page;

import io.facedrop.console.door.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
