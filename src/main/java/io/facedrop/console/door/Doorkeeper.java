package io.facedrop.console.door;

import io.facedrop.console.door.Sessions.Session;
import io.facedrop.console.door.Tokens.Holder;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at each request before any route does. What is not named here as open to all asks for a
 * token, so that no odd spelling of a path goes round it. Whoever gets in is told to the routes as
 * the user of the request.
 */
public final class Doorkeeper implements Handler<RoutingContext> {
  static final String LOGIN = "/login";
  private static final Set<String> OPEN =
      Set.of("/health/live", "/health/ready", LOGIN, "/page.css", "/page.js");
  private static final Set<String> FOR_ALL = Set.of(LOGIN, Login.OUT);
  private static final Set<HttpMethod> LOOKING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final int SEE_OTHER = 303;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_ALLOWED = 405;
  private static final int MISDIRECTED = 421;

  private final HostNames names;
  private final Tokens tokens;
  private final Sessions sessions;
  private final Session unasked;

  Doorkeeper(HostNames names, Tokens tokens, Sessions sessions) {
    this.names = names;
    this.tokens = tokens;
    this.sessions = sessions;
    this.unasked = sessions.unasked(new Holder(Role.OPERATOR, ""));
  }

  @Override
  public void handle(RoutingContext context) {
    MultiMap headers = context.request().headers();
    HttpMethod method = context.request().method();
    protect(context.response());
    if (!names.has(headers.getAll("Host"))) {
      Refusal.of(
          context,
          MISDIRECTED,
          "facedrop is not reached under this name. If it should be, put the name into"
              + " facedrop.console.allowed-hosts.");
    } else if (LOOKING.contains(method)) {
      letLook(context);
    } else if (method.equals(HttpMethod.POST)) {
      letAct(context);
    } else {
      context.response().putHeader("Allow", "GET, HEAD, POST");
      Refusal.of(context, NOT_ALLOWED);
    }
  }

  private void letLook(RoutingContext context) {
    Session session = session(context);
    if (session.role() != Role.NOBODY || OPEN.contains(context.request().path())) {
      enter(context, session);
    } else if (wantsPage(context)) {
      context.response().setStatusCode(SEE_OTHER).putHeader("Location", LOGIN).end();
    } else {
      context.response().putHeader("WWW-Authenticate", "Bearer realm=\"facedrop\"");
      Refusal.of(
          context, UNAUTHORIZED, "Show a token: the header Authorization: Bearer and the token.");
    }
  }

  private void letAct(RoutingContext context) {
    Session session = session(context);
    boolean forAll = FOR_ALL.contains(context.request().path());
    if (!isOurs(context.request().headers())) {
      Refusal.of(context, FORBIDDEN, "This form is not of facedrop's own pages.");
    } else if (!forAll && session.role() == Role.NOBODY) {
      Refusal.of(context, UNAUTHORIZED, "Log in first.");
    } else if (!forAll && session.role() != Role.OPERATOR) {
      Refusal.of(context, FORBIDDEN, "The viewer's token only looks.");
    } else {
      enter(context, session);
    }
  }

  private static void enter(RoutingContext context, Session session) {
    context.setUser(
        User.create(
            new JsonObject()
                .put(Visitor.ROLE, session.role().name())
                .put(Visitor.NAME, session.holder().name())
                .put(Visitor.FORM, session.form())));
    context.next();
  }

  private Session session(RoutingContext context) {
    if (tokens.areNone()) {
      return unasked;
    }
    List<String> authorizations = context.request().headers().getAll("Authorization");
    if (!authorizations.isEmpty()) {
      return new Session(tokens.holder(authorizations), "", Long.MAX_VALUE);
    }
    return Optional.ofNullable(context.request().getCookie(Sessions.COOKIE))
        .map(Cookie::getValue)
        .flatMap(sessions::of)
        .orElse(new Session(Holder.NOBODY, "", 0));
  }

  /** A browser says which page a form is of. */
  private static boolean isOurs(MultiMap headers) {
    List<String> origins = headers.getAll("Origin");
    return origins.size() == 1
        && origins.get(0).replaceFirst("^https?://", "").equalsIgnoreCase(headers.get("Host"));
  }

  private static boolean wantsPage(RoutingContext context) {
    String accepted = context.request().getHeader("Accept");
    return accepted != null && accepted.contains("text/html");
  }

  /** What a browser may do with an answer, unless a route says more. */
  private static void protect(HttpServerResponse response) {
    response
        .putHeader("Cache-Control", "no-store")
        .putHeader(Policy.HEADER, Policy.STRICT)
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("X-Content-Type-Options", "nosniff");
  }
}
