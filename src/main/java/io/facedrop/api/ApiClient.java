package io.facedrop.api;

import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Configures the HTTP client of an endpoint so that one attempt is one request on the wire, its
 * answer is bounded in size and time, and nothing follows a redirect with the key.
 *
 * <p>As a bean on the endpoint it holds for {@code http:} and {@code https:} alike, which options
 * on Camel's component do not.
 */
public final class ApiClient implements HttpClientConfigurer, AutoCloseable {
  private static final TimeValue IDLE_LIMIT = TimeValue.ofSeconds(20);
  private static final TimeValue CHECK_AFTER_IDLE = TimeValue.ofSeconds(1);

  /** The account is asked for while as many requests as may be are in flight. */
  private static final int BESIDE = 1;

  private final int concurrency;
  private final Timeout connectTimeout;
  private final Timeout responseTimeout;
  private final WayOut way;
  private final AnswerLimits limits;
  private final HttpClientConnectionManager connections;
  private volatile Runnable whenLeaving = () -> {};

  /**
   * @param responseTimeout total time from the request to the last byte of its answer
   */
  public ApiClient(int concurrency, Duration connectTimeout, Duration responseTimeout, WayOut way) {
    this.concurrency = concurrency;
    this.connectTimeout = Timeout.of(connectTimeout);
    this.responseTimeout = Timeout.of(responseTimeout);
    this.way = way;
    this.limits = new AnswerLimits(responseTimeout);
    this.connections = connect();
  }

  private HttpClientConnectionManager connect() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(new Handshake(new LateTls(this::tls), way.identity() != null))
        .setConnectionFactory(SilentConnection::over)
        .setMaxConnTotal(concurrency + BESIDE)
        .setMaxConnPerRoute(concurrency + BESIDE)
        .setDefaultSocketConfig(
            SocketConfig.custom().setSoTimeout(responseTimeout).setTcpNoDelay(true).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connectTimeout)
                .setSocketTimeout(responseTimeout)
                .setValidateAfterInactivity(CHECK_AFTER_IDLE)
                .build())
        .build();
  }

  /** Tells somebody of each request that leaves, at the last moment before it does. */
  public void whenLeaving(Runnable told) {
    whenLeaving = told;
  }

  /** The connections of all endpoints that this configures. */
  public HttpClientConnectionManager connections() {
    return connections;
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
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .evictExpiredConnections()
        .evictIdleConnections(IDLE_LIMIT)
        .addExecInterceptorFirst("answer-limits", limits);
    if (way.proxy() != null) {
      new ProxyAccess(way).configure(builder);
    }
    new Departure(new Obstacle(), () -> whenLeaving.run()).watch(builder);
  }

  private TlsSocketStrategy tls() {
    return way.identity() == null
        ? DefaultClientTlsStrategy.createSystemDefault()
        : new DefaultClientTlsStrategy(
            way.identity().sslContext(),
            HttpsSupport.getSystemProtocols(),
            HttpsSupport.getSystemCipherSuits(),
            SSLBufferMode.STATIC,
            HostnameVerificationPolicy.BOTH,
            HttpsSupport.getDefaultHostnameVerifier());
  }

  @Override
  public void close() {
    connections.close(CloseMode.GRACEFUL);
    limits.close();
  }
}
