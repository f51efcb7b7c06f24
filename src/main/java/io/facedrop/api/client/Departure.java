package io.facedrop.api.client;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.answer.NotSentException;
import io.facedrop.api.answer.RequestTrail;
import io.facedrop.api.gate.Departures;
import io.facedrop.api.gate.GateClosedException;
import io.facedrop.api.gate.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NameValuePair;

/**
 * Records in the {@link RequestTrail} of the exchange whether a request left and what the API
 * answered. Every failure before the request is on the wire becomes a {@link NotSentException}.
 */
public final class Departure implements ExecChainHandler {
  /**
   * Under this name camel-http leaves the exchange of an endpoint that has an activity listener.
   */
  private static final String EXCHANGE = "org.apache.camel.Exchange";

  private static final String LEFT = "facedrop.left";

  private final Obstacle obstacle = new Obstacle();
  private final AnswerReader reader;
  private final AnswerLimits limits;
  private volatile Departures departures = Departures.FREE;
  private volatile RequestWatch requests = RequestWatch.NONE;

  public Departure(AnswerReader reader, AnswerLimits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  /** From now on each request passes here. */
  public void through(Departures next) {
    departures = next;
  }

  /** Registers what to call at the end of each request that has left. */
  void tell(RequestWatch watch) {
    requests = watch;
  }

  /** Watches every request of a client, from outside all other handlers. */
  public void watch(HttpClientBuilder builder) {
    builder.addExecInterceptorFirst("departure", this);
    builder.addExecInterceptorLast("left", this::leave);
  }

  /** Of the row that a request is for; null for none. */
  public static RequestTrail trail(ExecChain.Scope scope) {
    Object exchange = scope.clientContext.getAttribute(EXCHANGE);
    return exchange instanceof Exchange row
        ? row.getProperty(RequestTrail.PROPERTY, RequestTrail.class)
        : null;
  }

  /** At the last moment: there is a connection, and nothing is written yet. */
  private ClassicHttpResponse leave(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    RequestTrail trail = trail(scope);
    RequestKind kind = trail == null ? null : trail.begin(request.getMethod(), request.getPath());
    boolean left = false;
    try {
      limits.wait(scope);
      departures.depart(
          kind == null ? null : trail.permit(), kind == null ? RequestKind.QUERY : kind);
      if (kind != null) {
        trail.left();
      }
      limits.begin(scope);
      left = true;
    } catch (GateClosedException closed) {
      throw new NotSentException(closed.getMessage(), closed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new NotSentException("interrupted before the request left", stopping);
    } finally {
      if (!left && trail != null) {
        trail.notLeft(kind);
      }
    }
    // Else a server may compress as it likes.
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    scope.clientContext.setAttribute(LEFT, kind == null ? Long.valueOf(System.nanoTime()) : kind);
    return chain.proceed(request, scope);
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    scope.clientContext.removeAttribute(LEFT);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      if (isOfTheProxy(response, scope)) {
        // Without a body it would keep its place in the pool.
        scope.execRuntime.discardEndpoint();
        throw new NotSentException(obstacle.words(scope.route, response), null);
      }
      if (isOfTheRow(scope)) {
        Answer answer = read(response);
        trail(scope).answered(answer, response.containsHeader(ApiHeaders.SANDBOX));
        over(scope, answer.code());
      } else if (isOfTheBalance(request)) {
        over(scope, read(response).code());
      }
      return response;
    } catch (NotSentException e) {
      throw obstructed(scope, e);
    } catch (IOException | HttpException | RuntimeException e) {
      if (!hasLeft(scope)) {
        throw obstructed(scope, new NotSentException(obstacle.words(scope.route, e), e));
      }
      if (isOfTheRow(scope)) {
        trail(scope).failed(e);
        over(scope, Answer.NONE);
      } else if (isOfTheBalance(request)) {
        over(scope, Answer.NONE);
      }
      throw e;
    }
  }

  private void over(ExecChain.Scope scope, int code) {
    Object left = scope.clientContext.getAttribute(LEFT);
    if (left instanceof RequestKind kind) {
      RequestTrail trail = trail(scope);
      requests.over(kind, code, trail.endedNanos() - trail.leftNanos());
    } else if (left instanceof Long nanos) {
      requests.over(null, code, System.nanoTime() - nanos);
    }
  }

  private static boolean isOfTheBalance(ClassicHttpRequest request) {
    return RequestTrail.isOfTheBalance(request.getMethod(), request.getPath());
  }

  private static NotSentException obstructed(ExecChain.Scope scope, NotSentException why) {
    RequestTrail trail = trail(scope);
    if (trail != null) {
      trail.obstructed(why);
    }
    return why;
  }

  /** Its body is in memory, and can be read again. */
  private Answer read(ClassicHttpResponse response) throws IOException {
    try (InputStream body =
        response.getEntity() == null ? null : response.getEntity().getContent()) {
      return reader.read(
          response.getCode(),
          body,
          RetryAfter.bySender(values(response, "Retry-After"), value(response, "Date")));
    }
  }

  private static String value(HttpResponse response, String name) {
    return response.containsHeader(name) ? response.getFirstHeader(name).getValue() : null;
  }

  /** All of them, for each may ask for more time. */
  private static String values(HttpResponse response, String name) {
    Header[] headers = response.getHeaders(name);
    return headers.length == 0
        ? null
        : Stream.of(headers).map(NameValuePair::getValue).collect(Collectors.joining(", "));
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

  private static boolean isOfTheRow(ExecChain.Scope scope) {
    return scope.clientContext.getAttribute(LEFT) instanceof RequestKind;
  }
}
