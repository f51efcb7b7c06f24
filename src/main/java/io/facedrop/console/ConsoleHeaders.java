package io.facedrop.console;

import io.facedrop.console.door.Policy;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Lets no header in: Camel would make headers of the message of what a request says, its query and
 * its form included, and send them back. So what goes out is what a route has set, and of that only
 * what is named here.
 */
public final class ConsoleHeaders implements HeaderFilterStrategy {
  private static final Set<String> OUT = Set.of("Location", "Content-Disposition", Policy.HEADER);

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !OUT.contains(name);
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return true;
  }
}
