package io.facedrop.manifest.url;

import java.net.IDN;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL's host as those see it who will ask for it.
 *
 * @param name in lower case and ASCII, without a dot at its end
 * @param addresses that it stands for itself, of which an IPv4 address in octal digits has two, for
 *     not everybody knows of octal; empty for a name
 */
record Host(String name, Set<NetAddress> addresses) {

  // A backslash ends it for browsers, so that it must not be part of it for anybody.
  private static final Pattern AUTHORITY =
      Pattern.compile("[^:]+://(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:/?#\\\\%@]+)(?::\\d*)?(?:[/?#].*)?");

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
  private static final Pattern NUMBER_AT_END = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

  /** Characters that the two standards for such names treat differently. */
  private static final Pattern DEVIATION = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

  /** Names that by their standards mean nothing outside one machine or network. */
  private static final List<String> PRIVATE_NAMES =
      List.of(".localhost", ".localdomain", ".local", ".internal", ".home.arpa");

  /** The host of a URL; empty when it can be read in more than one way. */
  static Optional<Host> of(String url) {
    Matcher matcher = AUTHORITY.matcher(url);
    return matcher.matches() ? named(matcher.group(1)) : Optional.empty();
  }

  static Optional<Host> named(String text) {
    return text.startsWith("[") ? ipv6(text) : plain(text).flatMap(Host::nameOrIpv4);
  }

  private static Optional<String> plain(String text) {
    if (DEVIATION.matcher(text).find()) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
      return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }

  private static Optional<Host> nameOrIpv4(String name) {
    if (!NUMBER_AT_END.matcher(name).matches()) {
      return Optional.of(new Host(name, Set.of()));
    }
    Set<NetAddress> readings = new HashSet<>();
    for (boolean octal : new boolean[] {true, false}) {
      NetAddress.ipv4(name, octal).ifPresent(readings::add);
    }
    return readings.isEmpty() ? Optional.empty() : Optional.of(new Host(name, readings));
  }

  private static Optional<Host> ipv6(String literal) {
    return NetAddress.literal(literal).map(address -> new Host(literal, Set.of(address)));
  }

  boolean isBelow(String dotAndName) {
    return addresses.isEmpty() && name.endsWith(dotAndName);
  }

  boolean isSurely(Host other) {
    return addresses.isEmpty() ? name.equals(other.name) : addresses.equals(other.addresses);
  }

  boolean isPerhaps(Host other) {
    return addresses.isEmpty()
        ? name.equals(other.name)
        : addresses.stream().anyMatch(other.addresses::contains);
  }

  /** Whether nobody outside a machine or a private network could mean anything by it. */
  boolean isPrivate() {
    return addresses.isEmpty()
        ? name.indexOf('.') < 0 || PRIVATE_NAMES.stream().anyMatch(name::endsWith)
        : addresses.stream().anyMatch(NetAddress::isPrivate);
  }
}
