package io.facedrop.console.door;

import io.facedrop.console.door.Tokens.Holder;
import io.facedrop.publish.page.HtmlTemplate;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;

/** Takes a token from a browser, once, and gives it a cookie instead. */
final class Login {
  private static final HtmlTemplate PAGE = HtmlTemplate.beside(Login.class, "login.html");
  static final String OUT = "/logout";
  private static final int LARGEST = 4_096;
  private static final int SEE_OTHER = 303;
  private static final int UNAUTHORIZED = 401;

  /** Whoever tries tokens waits. */
  private static final long WRONG_MILLIS = 500;

  private final Tokens tokens;
  private final Sessions sessions;

  Login(Tokens tokens, Sessions sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  void answer(Router router) {
    router.get(Doorkeeper.LOGIN).handler(context -> show(context, ""));
    router
        .post(Doorkeeper.LOGIN)
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST))
        .handler(this::take);
    router.post(OUT).handler(BodyHandler.create(false).setBodyLimit(LARGEST)).handler(this::leave);
  }

  private static void show(RoutingContext context, String trouble) {
    context
        .response()
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(PAGE.html(Map.of("trouble", trouble)));
  }

  private void take(RoutingContext context) {
    String token = context.request().getFormAttribute("token");
    Holder holder = tokens.holderOf(token == null ? "" : token.strip());
    if (holder.role() == Role.NOBODY) {
      context
          .vertx()
          .setTimer(
              WRONG_MILLIS,
              waited -> {
                context.response().setStatusCode(UNAUTHORIZED);
                show(context, "facedrop does not know this token.");
              });
      return;
    }
    context
        .response()
        .addCookie(cookie(context, sessions.open(holder)).setMaxAge(Sessions.LIFE.toSeconds()))
        .setStatusCode(SEE_OTHER)
        .putHeader("Location", "/")
        .end();
  }

  private void leave(RoutingContext context) {
    Cookie cookie = context.request().getCookie(Sessions.COOKIE);
    if (cookie != null) {
      sessions.close(cookie.getValue());
    }
    context
        .response()
        .addCookie(cookie(context, "").setMaxAge(0))
        .setStatusCode(SEE_OTHER)
        .putHeader("Location", Doorkeeper.LOGIN)
        .end();
  }

  private static Cookie cookie(RoutingContext context, String value) {
    String origin = context.request().getHeader("Origin");
    return Cookie.cookie(Sessions.COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(origin != null && origin.startsWith("https://"));
  }
}
