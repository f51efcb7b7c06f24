package io.facedrop.api.client;

import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.gate.Departures;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Configures the HTTP client of an endpoint: one attempt is one request on the wire, the size and
 * time of its answer are limited, and it follows no redirect.
 *
 * <p>As a bean on the endpoint, it applies to {@code http:} and {@code https:}; options of Camel's
 * component would apply to only one of them.
 */
public final class ApiClient implements HttpClientConfigurer, AutoCloseable {
  private static final TimeValue IDLE_LIMIT = TimeValue.of(KeptAlive.USUAL);

  /** The account is asked for while as many requests as may be are in flight. */
  private static final int BESIDE = 1;

  private static final TimeValue LOOK_FOR_IDLE = TimeValue.ofSeconds(5);

  private final int concurrency;
  private final Origin api;
  private final Timeout connectTimeout;
  private final Timeout responseTimeout;
  private final WayOut way;
  private final AnswerLimits limits;
  private final Departure departure;
  private final KeptAlive keptAlive;
  private final AnswerReader reader;
  private final PoolingHttpClientConnectionManager connections;
  private final IdleConnectionEvictor evictor;

  /**
   * @param api address of the API, the only one that gets the client certificate
   * @param responseTimeout total time from the departure of a request to the last byte of its
   *     answer
   */
  public ApiClient(
      URI api,
      int concurrency,
      Duration connectTimeout,
      Duration responseTimeout,
      WayOut way,
      AnswerReader reader) {
    this.api = Origin.of(api);
    this.concurrency = concurrency;
    this.connectTimeout = Timeout.of(connectTimeout);
    this.responseTimeout = Timeout.of(responseTimeout);
    this.way = way;
    this.limits = new AnswerLimits(responseTimeout);
    this.reader = reader;
    this.departure = new Departure(reader, limits);
    this.keptAlive = new KeptAlive(this.connectTimeout, this.responseTimeout, System::nanoTime);
    this.connections = connect();
    // HttpClient's own looks after no connections that are shared.
    this.evictor = new IdleConnectionEvictor(connections, LOOK_FOR_IDLE, IDLE_LIMIT);
    this.evictor.start();
  }

  private PoolingHttpClientConnectionManager connect() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(handshake())
        .setConnectionFactory(socket -> SilentConnection.over(socket, keptAlive))
        .setMaxConnTotal(concurrency + BESIDE)
        .setMaxConnPerRoute(concurrency + BESIDE)
        .setDefaultSocketConfig(
            SocketConfig.custom().setSoTimeout(responseTimeout).setTcpNoDelay(true).build())
        .setConnectionConfigResolver(route -> keptAlive.now())
        .build();
  }

  /** From now on each request passes here at its last moment before it is on the wire. */
  public void depart(Departures departures) {
    departure.through(departures);
  }

  /** Registers what to call at the end of each request that has left. */
  public void tell(RequestWatch watch) {
    departure.tell(watch);
  }

  /** Gives up what is asked of the API that is no row's, so that nothing waits for it. */
  public void giveUpQuestions() {
    limits.giveUpQuestions();
  }

  /** Whether a text holds the API's key. */
  public boolean isKeyIn(String text) {
    return reader.isSecretIn(text);
  }

  /** Whether an address is the API's. */
  public boolean isApi(URI address) {
    return api.equals(Origin.of(address));
  }

  /** The connections of all endpoints that this configures. */
  public HttpClientConnectionManager connections() {
    return new KeptConnections(connections);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connectTimeout)
                .setResponseTimeout(responseTimeout)
                .setRedirectsEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setAuthenticationEnabled(false)
                .build())
        .setKeepAliveStrategy(ApiClient::keptFor)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .addExecInterceptorFirst("answer-limits", limits);
    if (way.proxy() != null) {
      new ProxyAccess(way).configure(builder);
    }
    departure.watch(builder);
  }

  /** Half of what the server hints at: what is sent at the end of that time meets its closing. */
  private static TimeValue keptFor(HttpResponse response, HttpContext context) {
    TimeValue hint =
        DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
    return TimeValue.ofMilliseconds(hint.toMilliseconds() / 2);
  }

  /** The certificate is the API's to see, whatever else a route may call through this client. */
  private TlsSocketStrategy handshake() {
    TlsSocketStrategy plain =
        new Handshake(new LateTls(DefaultClientTlsStrategy::createSystemDefault), false);
    if (way.identity() == null) {
      return plain;
    }
    TlsSocketStrategy certified = new Handshake(new LateTls(this::certified), true);
    return (socket, target, port, attachment, context) ->
        (api.isAt(target, port) ? certified : plain)
            .upgrade(socket, target, port, attachment, context);
  }

  private TlsSocketStrategy certified() {
    return new DefaultClientTlsStrategy(
        way.identity().sslContext(),
        HttpsSupport.getSystemProtocols(),
        HttpsSupport.getSystemCipherSuits(),
        SSLBufferMode.STATIC,
        HostnameVerificationPolicy.BOTH,
        HttpsSupport.getDefaultHostnameVerifier());
  }

  @Override
  public void close() {
    evictor.shutdown();
    connections.close(CloseMode.GRACEFUL);
    limits.close();
  }
}
