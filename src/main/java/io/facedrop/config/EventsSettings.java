package io.facedrop.config;

import io.facedrop.config.Settings.Events;
import io.facedrop.words.Cause;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Reads where events go: any Camel endpoint whose jar is there. */
final class EventsSettings {
  private static final String KEY = "facedrop.events.uri";

  /** So that a receiver that is silent keeps nothing waiting, unless the address says otherwise. */
  private static final Map<String, String> HTTP = new LinkedHashMap<>();

  private static final Map<String, String> MAIL = new LinkedHashMap<>();

  static {
    HTTP.put("connectTimeout", "5000");
    HTTP.put("connectionRequestTimeout", "5000");
    HTTP.put("responseTimeout", "10000");
    HTTP.put("soTimeout", "10000");
    MAIL.put("connectionTimeout", "10000");
    // Camel ignores it otherwise, for who does not know where a subject is from.
    MAIL.put("useHeaderSubject", "true");
  }

  private EventsSettings() {}

  static Events read(Readings in) {
    String uri = in.secret(KEY);
    String bounded = uri.isEmpty() ? "" : bounded(uri);
    if (!uri.isEmpty()) {
      String fault = fault(uri, bounded);
      if (!fault.isEmpty()) {
        in.fault(KEY + " " + new EventSecrets(uri).hiddenIn(fault));
      }
    }
    in.resolved().put(KEY, bounded);
    return new Events(bounded);
  }

  private static String bounded(String uri) {
    Map<String, String> options =
        uri.matches("https?:.*") ? HTTP : uri.matches("smtps?:.*") ? MAIL : Map.of();
    StringBuilder bounded = new StringBuilder(uri);
    options.forEach(
        (name, value) -> {
          if (!uri.matches(".*[?&]" + name + "=.*")) {
            bounded.append(bounded.indexOf("?") < 0 ? '?' : '&').append(name + "=" + value);
          }
        });
    return bounded.toString();
  }

  /** What Camel has against the address, without the address; empty for nothing. */
  private static String fault(String uri, String bounded) {
    String scheme = uri.replaceFirst(":.*", "");
    if (scheme.equals(uri) || !scheme.matches("[a-z][a-z0-9+.-]*")) {
      return "must be the address of a Camel endpoint, such as https://host/path or file:directory";
    }
    try (CamelContext context = new DefaultCamelContext()) {
      if (context.getComponent(scheme, true, false) == null) {
        return "needs Camel's component "
            + scheme
            + ", which is not here: put its jars beside facedrop's";
      }
      // What it refers to by name is not made yet.
      if (!uri.contains("=#")) {
        context.getEndpoint(bounded);
      }
      return "";
    } catch (Exception refused) {
      return "cannot be used: " + words(refused);
    }
  }

  /** The innermost message, which does not repeat the address. */
  private static String words(Throwable refused) {
    return Cause.root(refused).replaceFirst("^.*due to: ", "");
  }
}
