package io.facedrop.api.client;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections that outlive the endpoints that use them, although each endpoint would close them.
 */
public record KeptConnections(HttpClientConnectionManager connections)
    implements HttpClientConnectionManager {
  @Override
  public LeaseRequest lease(String id, HttpRoute route, Timeout timeout, Object state) {
    return connections.lease(id, route, timeout, state);
  }

  @Override
  public void release(ConnectionEndpoint endpoint, Object newState, TimeValue validFor) {
    connections.release(endpoint, newState, validFor);
  }

  @Override
  public void connect(ConnectionEndpoint endpoint, TimeValue timeout, HttpContext context)
      throws IOException {
    connections.connect(endpoint, timeout, context);
  }

  @Override
  public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
    connections.upgrade(endpoint, context);
  }

  @Override
  public void close(CloseMode mode) {
    // They are closed with the client.
  }

  @Override
  public void close() {
    // They are closed with the client.
  }
}
