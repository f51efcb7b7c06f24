package io.facedrop.api.client;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port of an address, which tell one server from another (RFC 6454). */
public record Origin(String scheme, String host, int port) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  public static Origin of(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    int usual = "https".equals(scheme) ? HTTPS : HTTP;
    return new Origin(
        scheme,
        String.valueOf(address.getHost()).toLowerCase(Locale.ROOT),
        address.getPort() < 0 ? usual : address.getPort());
  }

  public boolean isAt(String otherHost, int otherPort) {
    return host.equalsIgnoreCase(otherHost) && port == (otherPort < 0 ? HTTPS : otherPort);
  }
}
