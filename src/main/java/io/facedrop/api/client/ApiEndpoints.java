package io.facedrop.api.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Camel's {@code http:} and {@code https:}, whose endpoints at the API's address all go through the
 * {@link ApiClient}: no route can leave it out. Endpoints elsewhere are Camel's own, with
 * connections of their own.
 */
public final class ApiEndpoints extends HttpComponent {
  private final ApiClient client;

  private ApiEndpoints(ApiClient client) {
    this.client = client;
  }

  /** Takes the place of Camel's components in a context that has not started. */
  public static void register(CamelContext context, ApiClient client) {
    for (String scheme : List.of("http", "https")) {
      context.addComponent(scheme, new ApiEndpoints(client));
    }
  }

  @Override
  protected synchronized Endpoint createEndpoint(
      String uri, String remaining, Map<String, Object> parameters) throws Exception {
    boolean isApi = client.isApi(URI.create(uri.replaceFirst("[?].*", "")));
    // An endpoint that finds none makes connections for itself, and reads all authorities first.
    setClientConnectionManager(isApi ? client.connections() : null);
    HttpEndpoint endpoint = (HttpEndpoint) super.createEndpoint(uri, remaining, parameters);
    if (isApi) {
      endpoint.setHttpClientConfigurer(client);
      endpoint.setHttpActivityListener(new ExchangeAtHand());
    } else {
      endpoint.setHeaderFilterStrategy(new KeyStaysHere(endpoint.getHeaderFilterStrategy()));
    }
    return endpoint;
  }

  /** A step between the key and its request would else show it to whom it calls. */
  private final class KeyStaysHere implements HeaderFilterStrategy {
    private final HeaderFilterStrategy usual;

    KeyStaysHere(HeaderFilterStrategy usual) {
      this.usual = usual;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
      return client.isKeyIn(String.valueOf(value))
          || usual.applyFilterToCamelHeaders(name, value, exchange);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
      return usual.applyFilterToExternalHeaders(name, value, exchange);
    }
  }

  /** Does nothing, but only where there is one the exchange is at hand while a request leaves. */
  private static final class ExchangeAtHand implements HttpActivityListener {
    @Override
    public void onRequestSubmitted(
        Object source, Exchange exchange, HttpHost host, HttpRequest request, HttpEntity entity) {}

    @Override
    public void onResponseReceived(
        Object source,
        Exchange exchange,
        HttpHost host,
        HttpResponse response,
        HttpEntity entity,
        long elapsed) {}
  }
}
