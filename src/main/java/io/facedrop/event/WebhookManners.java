package io.facedrop.event;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * How a webhook is called: once a try, without following it elsewhere, and with no header but what
 * the body is. Its time-outs stand in its address.
 */
public final class WebhookManners implements EndpointStrategy {
  private final String address;

  /**
   * @param uri of the Camel endpoint that events go to
   */
  public WebhookManners(String uri) {
    this.address = uri.replaceFirst("\\?.*", "");
  }

  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof HttpEndpoint http
        && uri.replaceFirst("\\?.*", "").replace("://", ":").equals(address.replace("://", ":"))) {
      apply(http);
    }
    return endpoint;
  }

  private static void apply(HttpEndpoint http) {
    http.setFollowRedirects(false);
    http.setSkipControlHeaders(true);
    http.setHeaderFilterStrategy(new OnlyWhatTheBodyIs());
    HttpClientConfigurer before = http.getHttpClientConfigurer();
    http.setHttpClientConfigurer(
        builder -> {
          if (before != null) {
            before.configureHttpClient(builder);
          }
          restrain(builder);
        });
  }

  private static void restrain(HttpClientBuilder builder) {
    builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement();
  }

  private static final class OnlyWhatTheBodyIs implements HeaderFilterStrategy {
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
      return !name.equalsIgnoreCase(Exchange.CONTENT_TYPE);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
      return true;
    }
  }
}
