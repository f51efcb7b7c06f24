package io.facedrop.manifest.url;

/** A host, or with {@code *.} in front all names below it. */
record HostPattern(Host host, String below) {

  private static final String ALL_BELOW = "*.";

  /**
   * @throws IllegalArgumentException for what can be no host
   */
  static HostPattern of(String text) {
    if (text.startsWith(ALL_BELOW)) {
      return new HostPattern(null, text.substring(1));
    }
    boolean bareIpv6 = text.indexOf(':') >= 0 && !text.startsWith("[");
    return new HostPattern(
        Host.named(bareIpv6 ? "[" + text + "]" : text)
            .orElseThrow(() -> new IllegalArgumentException(text + " is no host")),
        null);
  }

  /** Whether a host is meant, however it is read. */
  boolean means(Host other) {
    return host == null ? other.isBelow(below) : other.isSurely(host);
  }

  /** Whether a host is meant in one reading of it at least. */
  boolean mayMean(Host other) {
    return host == null ? other.isBelow(below) : other.isPerhaps(host);
  }
}
