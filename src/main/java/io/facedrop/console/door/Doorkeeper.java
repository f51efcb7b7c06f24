package io.facedrop.console.door;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Looks at each request before any route does. What is not named here as open to all asks for a
 * token, so that no odd spelling of a path goes round it.
 */
public final class Doorkeeper implements Handler<RoutingContext> {
  private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_ALLOWED = 405;
  private static final int MISDIRECTED = 421;

  private final HostNames names;
  private final Tokens tokens;

  public Doorkeeper(HostNames names, Tokens tokens) {
    this.names = names;
    this.tokens = tokens;
  }

  @Override
  public void handle(RoutingContext context) {
    MultiMap headers = context.request().headers();
    protect(context.response());
    if (!names.has(headers.getAll("Host"))) {
      Refusal.of(
          context,
          MISDIRECTED,
          "facedrop is not reached under this name. If it should be, put the name into"
              + " facedrop.console.allowed-hosts.");
    } else if (!METHODS.contains(context.request().method())) {
      context.response().putHeader("Allow", "GET, HEAD");
      Refusal.of(context, NOT_ALLOWED);
    } else if (!OPEN.contains(context.request().path())
        && !tokens.letLook(headers.getAll("Authorization"))) {
      context.response().putHeader("WWW-Authenticate", "Bearer realm=\"facedrop\"");
      Refusal.of(
          context, UNAUTHORIZED, "Show a token: the header Authorization: Bearer and the token.");
    } else {
      context.next();
    }
  }

  /** What a browser may do with any answer: nothing but show it. */
  private static void protect(HttpServerResponse response) {
    response
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff");
  }
}
