package io.facedrop.console.door;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under which the console is reached. A page of somebody else's that gives its own name
 * our address (DNS rebinding) would otherwise read what is shown here.
 */
public final class HostNames {
  private static final Pattern FORM = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:\\d{1,5})?");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names = new HashSet<>(LOOPBACK);

  /**
   * @param host that is listened on
   * @param allowed further names
   */
  public HostNames(String host, Collection<String> allowed) {
    names.add(bracketed(host));
    allowed.forEach(name -> names.add(bracketed(name)));
  }

  private static String bracketed(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }

  /**
   * Whether it is one of them, whatever the port.
   *
   * @param headers every {@code Host} of a request
   */
  boolean has(List<String> headers) {
    if (headers.size() != 1) {
      return false;
    }
    Matcher host = FORM.matcher(headers.get(0).toLowerCase(Locale.ROOT));
    return host.matches() && names.contains(host.group(1));
  }
}
