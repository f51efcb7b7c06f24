package io.facedrop.console.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Answers a request for a page. */
final class PageAnswer {
  private static final int NOT_FOUND = 404;

  private PageAnswer() {}

  static void html(Exchange exchange, String html) {
    exchange.getMessage().setBody(html.getBytes(StandardCharsets.UTF_8));
  }

  /** Says in words that there is no such thing. */
  static void missing(Exchange exchange, String words) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_FOUND);
    html(exchange, Frame.of("Not found", "missing.html", Map.of("words", words)));
  }

  /** The last name of the path that was asked for; empty for none. */
  static String last(Message request) {
    String path = request.getHeader(Exchange.HTTP_PATH, "", String.class);
    List<String> names = List.of(path.split("/", -1));
    return names.get(names.size() - 1);
  }
}
