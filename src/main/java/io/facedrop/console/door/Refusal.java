package io.facedrop.console.door;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Says no in words, and repeats nothing of what was asked. */
public final class Refusal {
  private static final Map<Integer, String> WORDS =
      Map.of(
          400, "This request cannot be read.",
          404, "There is nothing here. See /, /metrics, /health/live and /health/ready.",
          405, "This method is not for this path.",
          413, "This request is too large.",
          500, "facedrop could not answer; its log says why.");

  private static final long LINGER_MILLIS = 1_000;

  private Refusal() {}

  /** Has what Vert.x refuses by itself said in the same way. */
  public static void answerErrors(Router router) {
    WORDS.forEach((status, words) -> router.errorHandler(status, context -> of(context, status)));
  }

  static void of(RoutingContext context, int status) {
    of(context, status, WORDS.get(status));
  }

  static void of(RoutingContext context, int status, String words) {
    if (context.response().ended() || context.response().headWritten()) {
      context.response().reset();
      return;
    }
    if (!context.request().isEnded()) {
      // Or somebody would send the next request where we hang up.
      context.response().putHeader("Connection", "close");
    }
    HttpResponseStatus meaning = HttpResponseStatus.valueOf(status);
    context
        .response()
        .setStatusCode(status)
        .setStatusMessage(meaning.reasonPhrase())
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(words + "\n")
        .onComplete(said -> hangUp(context));
  }

  /**
   * Nobody wants the rest of what was refused. It is let pass for a moment, or the browser would
   * find the connection broken before it has read why.
   */
  private static void hangUp(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.isEnded()) {
      request.handler(rest -> {}).endHandler(all -> request.connection().close()).resume();
      context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
    }
  }
}
