package io.facedrop.api.client;

import io.facedrop.words.Cause;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;

/** What stood in the way to the API, and what to do about it, in words for the operator. */
public final class Obstacle {
  private static final int AUTHENTICATE = 407;

  /** What the proxy answered instead of letting a request through. */
  public String words(HttpRoute route, HttpResponse answer) {
    String what = route.isTunnelled() ? "CONNECT " + route.getTargetHost().toHostString() : "us";
    return String.format(
        Locale.ROOT,
        "the proxy %s answered %d to %s; %s",
        route.getProxyHost().toURI(),
        answer.getCode(),
        what,
        advice(answer.getCode()));
  }

  private static String advice(int status) {
    return switch (status) {
      case AUTHENTICATE ->
          "check facedrop.api.proxy-user and facedrop.api.proxy-password (it must accept Basic)";
      case 401, 403, 405 -> "ask its administrator to let this machine reach that address";
      case 502, 503, 504 -> "it cannot reach that address itself: ask its administrator";
      default -> "check facedrop.api.proxy";
    };
  }

  /** What failed before the request left. */
  public String words(HttpRoute route, Exception failure) {
    HttpHost proxy = route.getProxyHost();
    String said = Cause.of(failure);
    if (failure instanceof ConnectionRequestTimeoutException) {
      return "no connection became free in time";
    }
    if (failure instanceof SSLException) {
      return "no secure connection with " + route.getTargetHost().toURI() + advice(said);
    }
    if (proxy == null) {
      return said;
    }
    return isConnecting(failure)
        ? String.format(
            Locale.ROOT,
            "the proxy %s cannot be reached; check facedrop.api.proxy (%s)",
            proxy.toURI(),
            said)
        : String.format(
            Locale.ROOT,
            "the proxy %s made no way to %s; check facedrop.api.proxy, and ask its administrator (%s)",
            proxy.toURI(),
            route.getTargetHost().toHostString(),
            said);
  }

  private static boolean isConnecting(Exception failure) {
    return failure instanceof UnknownHostException
        || failure instanceof ConnectTimeoutException
        || failure instanceof SocketException && !"Connection reset".equals(failure.getMessage());
  }

  private static String advice(String said) {
    return said.contains("PKIX") || said.contains("trustAnchors")
        ? "; if a private authority signs its certificate, or a proxy looks into it, name a trust"
            + " store that holds that authority: -Djavax.net.ssl.trustStore=… ("
            + said
            + ")"
        : " (" + said + ")";
  }
}
