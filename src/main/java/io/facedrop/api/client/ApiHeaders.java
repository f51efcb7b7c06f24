package io.facedrop.api.client;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Lets only what the API needs out, and only what we read back in. */
public final class ApiHeaders implements HeaderFilterStrategy {
  /** In every answer of a sandbox, and of nobody else. */
  public static final String SANDBOX = "X-Facedrop-Sandbox";

  private static final Set<String> OUT = caseless("x-api-key", "Accept");
  private static final Set<String> IN = caseless("Retry-After", "Date");

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !OUT.contains(name);
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return !IN.contains(name);
  }

  private static Set<String> caseless(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Set.of(names));
    return set;
  }
}
