package io.facedrop.api;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;

/**
 * Tells a request that never left from one of which nobody knows: all that happens before the way
 * to the API stands is a {@link NotSentException}, whoever said it and however.
 */
final class Departure implements ExecChainHandler {
  private static final String LEFT = "facedrop.left";

  private final Obstacle obstacle;
  private final Runnable whenLeaving;

  /**
   * @param whenLeaving is told of each request that leaves
   */
  Departure(Obstacle obstacle, Runnable whenLeaving) {
    this.obstacle = obstacle;
    this.whenLeaving = whenLeaving;
  }

  /** Watches every request of a client, from outside all other handlers. */
  void watch(HttpClientBuilder builder) {
    builder.addExecInterceptorFirst("departure", this);
    builder.addExecInterceptorLast(
        "left",
        (request, scope, chain) -> {
          scope.clientContext.setAttribute(LEFT, true);
          whenLeaving.run();
          return chain.proceed(request, scope);
        });
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    scope.clientContext.removeAttribute(LEFT);
    ClassicHttpResponse response;
    try {
      response = chain.proceed(request, scope);
    } catch (IOException | HttpException | RuntimeException e) {
      if (hasLeft(scope)) {
        throw e;
      }
      throw new NotSentException(obstacle.words(scope.route, e), e);
    }
    if (isOfTheProxy(response, scope)) {
      // Without a body it would keep its place in the pool.
      scope.execRuntime.discardEndpoint();
      throw new NotSentException(obstacle.words(scope.route, response), null);
    }
    return response;
  }

  /** A refused tunnel comes as the answer to the request, for which it must never be taken. */
  private static boolean isOfTheProxy(ClassicHttpResponse response, ExecChain.Scope scope) {
    return !hasLeft(scope)
        || isForwarded(scope.route)
            && response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED;
  }

  private static boolean isForwarded(HttpRoute route) {
    return route.getProxyHost() != null && !route.isTunnelled();
  }

  private static boolean hasLeft(ExecChain.Scope scope) {
    return scope.clientContext.getAttribute(LEFT) != null;
  }
}
