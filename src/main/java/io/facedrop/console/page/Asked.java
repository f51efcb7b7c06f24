package io.facedrop.console.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** What a request asks for, in its query or in its form. */
final class Asked {
  private Asked() {}

  /** A value of the query; empty for none, or one that cannot be read. */
  static String of(Exchange exchange, String name) {
    String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
    Matcher asked = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
    try {
      return asked.find() ? URLDecoder.decode(asked.group(1), StandardCharsets.UTF_8) : "";
    } catch (IllegalArgumentException broken) {
      return "";
    }
  }

  /** A value of the form that was sent; empty for none. */
  static String inForm(Exchange exchange, String name) {
    String value =
        exchange.getMessage() instanceof HttpMessage request
            ? request.getRequest().getFormAttribute(name)
            : null;
    return value == null ? "" : value;
  }

  /** From where it was sent, for the record. */
  static String from(Exchange exchange) {
    return exchange.getMessage() instanceof HttpMessage request
        ? request.getRequest().remoteAddress().host()
        : "";
  }
}
