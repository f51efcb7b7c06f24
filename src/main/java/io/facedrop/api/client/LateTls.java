package io.facedrop.api.client;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Reads what is needed for TLS, such as all authorities that are trusted, with the first connection
 * that is to be secure: it takes a tenth of a second.
 */
public final class LateTls implements TlsSocketStrategy {
  private final Supplier<TlsSocketStrategy> source;
  private TlsSocketStrategy strategy;

  public LateTls(Supplier<TlsSocketStrategy> source) {
    this.source = source;
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    return strategy().upgrade(socket, target, port, attachment, context);
  }

  private synchronized TlsSocketStrategy strategy() {
    if (strategy == null) {
      strategy = source.get();
    }
    return strategy;
  }
}
