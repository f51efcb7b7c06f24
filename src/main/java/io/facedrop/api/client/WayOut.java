package io.facedrop.api.client;

import java.net.URI;

/**
 * How to reach the API, and with which certificate.
 *
 * @param proxy null for none
 * @param user of the proxy; empty for none
 * @param identity the client certificate, for the API only; null for none
 */
public record WayOut(URI proxy, String user, String password, ClientIdentity identity) {
  /** Without a proxy and a certificate. */
  public static final WayOut DIRECT = new WayOut(null, "", "", null);

  /** A proxy that asks for no password. */
  public static WayOut through(URI proxy) {
    return new WayOut(proxy, "", "", null);
  }

  @Override
  public String toString() {
    return "WayOut[" + proxy + "]";
  }
}
